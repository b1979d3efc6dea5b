// A foreign media server that knows UDP only and asks for Basic (`rtsp-streaming-server`): ffmpeg publishes a clock, our client plays it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { StreamError } from '../../contract/index.ts'
import { openSession } from '../../protocols/rtsp/session.ts'
import { type StreamingServer, startStreamingServer } from '../../protocols/rtsp/testing/streaming-server.ts'
import { asRtsp, ffmpegMissing, hasFfmpeg, startClockFilm } from '../testing/clock-film.ts'
import { hasWorker, testSfu, until, workerMissing } from '../testing/worker.ts'
import { nalKeySlice, nalSlice } from './h264.ts'
import { Ingest } from './ingest.ts'
import { readRtp } from './rtp.ts'

const [nalAggregate, nalFragment] = [24, 28]

/** Of the NAL units that a packet carries, or carries a piece of (RFC 6184 §5.4). */
function nalTypesOf(payload: Buffer): number[] {
  const type = payload.readUInt8(0) & 31
  if (type === nalFragment) return [payload.readUInt8(1) & 31]
  if (type !== nalAggregate) return [type]
  const types = []
  for (let at = 1; at < payload.length; at += 2 + payload.readUInt16BE(at)) types.push(payload.readUInt8(at + 2) & 31)
  return types
}

describe.skipIf(!hasFfmpeg)(`rtsp-streaming-server${hasFfmpeg ? '' : `: skipped, ${ffmpegMissing}`}`, () => {
  const closers: (() => Promise<unknown>)[] = []
  let server: StreamingServer

  beforeAll(async () => {
    server = await startStreamingServer()
    closers.push(() => server.kill())
    const film = startClockFilm([asRtsp(server.publishAddress)])
    closers.push(() => film.stop())
  })
  afterAll(async () => {
    for (const close of closers.reverse()) await close()
  })

  const open = (credentials: StreamingServer['login'] | null, onRtp: (packet: Buffer) => void = () => undefined) =>
    openSession({
      address: server.address,
      credentials,
      trust: null,
      transports: ['tcp', 'udp'],
      timeoutMs: 5000,
      onRtp,
      onRtcp: () => undefined,
      onEnd: () => undefined,
    })
  const faultOf = (credentials: StreamingServer['login'] | null) =>
    open(credentials).then(
      ({ close }) => close(),
      (error: unknown) => (error instanceof StreamError ? error.fault.code : error),
    )

  test('Basic is asked for and answered; TCP is refused, UDP taken; whole pictures come', async () => {
    // Until ffmpeg has announced it there is nothing of that name, whoever asks; who may not ask hears nothing else before.
    expect(await faultOf(null)).toBe('password-missing')
    expect(await faultOf({ ...server.login, password: 'wrong' })).toBe('unauthorised')
    await expect.poll(() => faultOf(server.login)).toBeUndefined()
    const pictures = new Map<number, { types: Set<number>; isWhole: boolean }>()
    const session = await open(server.login, (bytes) => {
      const { timestamp, payload, marker } = readRtp(bytes)!
      const picture = pictures.get(timestamp) ?? { types: new Set(), isWhole: false }
      for (const type of nalTypesOf(payload)) picture.types.add(type)
      picture.isWhole ||= marker
      pictures.set(timestamp, picture)
    })
    try {
      expect(session.transport).toBe('udp')
      expect(session.video).toMatchObject({ codec: 'H264', clockRateHz: 90_000 })
      const whole = () => [...pictures.values()].filter(({ isWhole }) => isWhole)
      await expect.poll(() => whole().filter(({ types }) => types.has(nalSlice)).length).toBeGreaterThan(30)
      await expect.poll(() => whole().filter(({ types }) => types.has(nalKeySlice)).length).toBeGreaterThan(0)
    } finally {
      session.close()
    }
  })

  test.skipIf(!hasWorker)(`into the SFU: live by UDP, its size known, nothing lost${hasWorker ? '' : `: skipped, ${workerMissing}`}`, async () => {
    const sfu = testSfu({ workerCount: 1 })
    await sfu.start()
    const errors: unknown[] = []
    const ingest = new Ingest({ sfu, onChange: () => undefined, onError: (error) => errors.push(error) })
    try {
      const { stream } = ingest.watch('clock', async () => ({ address: server.address, credentials: server.login, trust: null, transport: 'auto' }))
      await until(() => expect(stream.status).toMatchObject({ state: 'live', fault: null }))
      expect(stream.status.evidence).toMatchObject({ widthPx: 320, heightPx: 240, transport: 'udp' })
      const { producer } = stream.outlet!
      await expect.poll(async () => (await producer.getStats())[0]?.packetCount ?? 0).toBeGreaterThan(20)
      expect((await producer.getStats())[0]?.packetsLost).toBe(0)
    } finally {
      await ingest.stop()
      await sfu.stop()
    }
    expect(errors).toEqual([])
  })
})
