// A camera whose H.265 the SFU cannot pass is given to pages as FLV: what arrives there is decoded by ffmpeg and tells the time of now.
import { spawn } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clockOfFrame, ffmpegMissing, hasFfmpeg } from '../../media/testing/clock-film.ts'
import { FlvReader, readFlvVideo } from '../../protocols/flv/codec.ts'
import { gstreamerMissing, hasGstreamer, type GstCameraOptions, startGstCamera } from '../../protocols/rtsp/testing/gst-camera.ts'
import { openTestApp, type Seat, type TestApp } from '../../testing/app.ts'
import { plainCamera } from './testing/plain-camera.ts'

const [widthPx, heightPx] = [320, 240]
/** More than one key picture, 25 a second. */
const pictureCount = 40
let app: TestApp
let admin: Seat
let officer: Seat

beforeAll(async () => {
  app = await openTestApp()
  admin = await app.as('system-admin')
  officer = await app.as('duty-officer')
})
afterAll(() => app.close())

const startCode = Buffer.from([0, 0, 0, 1])

/** Length-prefixed NAL units as a byte stream. */
function asByteStream(data: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = 0; at + 4 <= data.length;) {
    const length = data.readUInt32BE(at)
    parts.push(startCode, data.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return Buffer.concat(parts)
}

function setsOf(record: Buffer): Buffer {
  const parts: Buffer[] = []
  let at = 23
  for (let array = 0; array < record[22]!; array += 1) {
    const length = record.readUInt16BE(at + 3)
    parts.push(startCode, record.subarray(at + 5, at + 5 + length))
    at += 5 + length
  }
  return Buffer.concat(parts)
}

/** The clock of every picture that ffmpeg makes of it. */
async function clocksOf(stream: Buffer): Promise<(number | null)[]> {
  const child = spawn(
    'ffmpeg',
    ['-hide_banner', '-loglevel', 'error', '-f', 'hevc', '-i', 'pipe:0', '-f', 'rawvideo', '-pix_fmt', 'gray', 'pipe:1'],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  )
  child.stdin.end(stream)
  const chunks: Buffer[] = []
  for await (const chunk of child.stdout) chunks.push(chunk as Buffer)
  const frames = Buffer.concat(chunks)
  return Array.from({ length: Math.floor(frames.length / (widthPx * heightPx)) }, (_, index) =>
    clockOfFrame(frames.subarray(index * widthPx * heightPx, (index + 1) * widthPx * heightPx)),
  )
}

async function carried(id: string): Promise<{ stream: Buffer; timesMs: number[] }> {
  const breaking = new AbortController()
  const response = await fetch(`${app.door.origin}/camera-media/${id}/main/live.flv`, {
    signal: breaking.signal,
    headers: { Authorization: `Bearer ${officer.token}` },
  })
  expect(response.status).toBe(200)
  const reader = new FlvReader()
  const [parts, timesMs]: [Buffer[], number[]] = [[], []]
  for await (const chunk of response.body!) {
    for (const { type, data, timestampMs } of reader.push(Buffer.from(chunk as Uint8Array))) {
      const video = type === 9 ? readFlvVideo(data) : null
      if (video === null) continue
      expect(video.codec).toBe('H.265')
      if (video.isHeader) parts.push(setsOf(video.configuration!))
      else {
        parts.push(asByteStream(data.subarray(5)))
        timesMs.push(timestampMs)
      }
    }
    if (timesMs.length >= pictureCount) break
  }
  breaking.abort()
  return { stream: Buffer.concat(parts), timesMs }
}

async function stateOf(id: string) {
  return (await officer.rpc.cameras.states.query({ streams: [{ id, quality: 'main' }] }))[`${id}/main`]
}

const missing = hasFfmpeg ? gstreamerMissing : ffmpegMissing
describe.skipIf(!hasFfmpeg || !hasGstreamer)(`H.265${hasFfmpeg && hasGstreamer ? '' : `: skipped, ${missing}`}`, () => {
  test.each<GstCameraOptions>([
    { transport: 'tcp', mtu: 500 },
    { transport: 'udp', login: { username: 'admin', password: 'Geheim-4711', scheme: 'digest' } },
  ])('from GStreamer by $transport', async (options) => {
    const camera = await startGstCamera({ ...options, codec: 'h265' })
    try {
      const login = options.login ?? null
      const { id } = await admin.rpc.cameras.save.mutate({ ...plainCamera, login, name: '枪机', sourceKind: 'rtsp', address: camera.address })
      const startedAt = Date.now()
      const { stream, timesMs } = await carried(id)
      const clocks = await clocksOf(stream)
      expect(clocks.length).toBeGreaterThanOrEqual(pictureCount - 2)
      expect(clocks).not.toContain(null)
      const agesMs = clocks.map((clock) => (clock! - (startedAt % 2 ** 28) + 2 ** 28) % 2 ** 28)
      // All of them were taken since it was asked for, but for what stood ready at the camera; each is later than the one before.
      expect(Math.max(...agesMs)).toBeLessThan(60_000)
      expect(agesMs).toEqual(agesMs.toSorted((a, b) => a - b))
      expect(timesMs).toEqual(timesMs.toSorted((a, b) => a - b))
      expect(timesMs.at(-1)! - timesMs[0]!).toBeGreaterThan((pictureCount - 2) * 30)
      expect(await stateOf(id)).toMatchObject({ state: 'live', evidence: { codec: 'H.265', widthPx, heightPx } })
    } finally {
      await camera.kill()
    }
  })

  test('whoever asks the SFU hears that it cannot, while it is live for the others; H.264 is not given that way', async () => {
    const [camera, plain] = await Promise.all([startGstCamera({ codec: 'h265' }), startGstCamera()])
    try {
      const how = { ...plainCamera, sourceKind: 'rtsp' as const }
      const { id } = await admin.rpc.cameras.save.mutate({ ...how, name: '球机', address: camera.address })
      const own = await app.cameras.watch(id, 'main')
      try {
        await expect.poll(async () => (await stateOf(id))?.fault?.code, { timeout: 20_000 }).toBe('codec-unplayable')
        await carried(id)
        expect(await stateOf(id)).toMatchObject({ state: 'live', fault: null })
        expect(own.stream.status.fault?.code).toBe('codec-unplayable')
      } finally {
        own.release()
      }
      const other = await admin.rpc.cameras.save.mutate({ ...how, name: '旧枪机', address: plain.address })
      const watch = await app.cameras.watchPulled(other.id, 'main')
      try {
        await expect.poll(() => watch.stream.status.fault, { timeout: 20_000 }).toMatchObject({ code: 'codec-unplayable', params: { codec: 'H264' } })
      } finally {
        watch.release()
      }
    } finally {
      await camera.kill()
      await plain.kill()
    }
  })
})
