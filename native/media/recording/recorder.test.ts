// A recording on the real SFU and the real ffmpeg: a picture that moves goes in, ffprobe reads it out; ffmpeg killed in the middle leaves what was written.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RoomStream } from '../../contract/index.ts'
import { findProgram } from '../../kernel/binaries.ts'
import type { Sfu } from '../sfu/sfu.ts'
import { hasWorker, testSfu, until, workerMissing } from '../testing/worker.ts'
import { partsIn, Recorder } from './recorder.ts'
import { recordingSdp } from './sdp.ts'

const find = (name: string) => findProgram({ name, variable: `WANGLOU_${name.toUpperCase()}`, setting: null }).path
const [ffmpeg, ffprobe] = [find('ffmpeg'), find('ffprobe')]
let folder: string
let sfu: Sfu
let source: ChildProcess | null
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wanglou-recording-'))
  sfu = testSfu({ workerCount: 1 })
  await sfu.start()
  source = null
})
afterEach(async () => {
  source?.kill('SIGKILL')
  await sfu.stop()
  await rm(folder, { recursive: true, force: true })
})

async function framesIn(file: string): Promise<number> {
  const entries = [
    '-v',
    'error',
    '-count_packets',
    '-select_streams',
    'v:0',
    '-show_entries',
    'stream=nb_read_packets,codec_name',
    '-of',
    'json',
    file,
  ]
  const { stdout } = await promisify(execFile)(ffprobe ?? '', entries)
  const { streams } = JSON.parse(stdout) as { streams: { codec_name: string; nb_read_packets: string }[] }
  expect(streams[0]?.codec_name).toBe('vp8')
  return Number(streams[0]?.nb_read_packets)
}

test('what is described to ffmpeg', () => {
  const rtpParameters = { codecs: [{ mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2, parameters: { useinbandfec: 1 } }] }
  expect(recordingSdp([{ kind: 'audio', rtpParameters, port: 20_000 }])).toContain(
    'm=audio 20000 RTP/AVP 100\r\na=rtpmap:100 opus/48000/2\r\na=fmtp:100 useinbandfec=1\r\n',
  )
})

const isAble = hasWorker && ffmpeg !== null && ffprobe !== null
describe.skipIf(!isAble)(`recording${isAble ? '' : `: skipped, ${hasWorker ? 'no ffmpeg' : workerMissing}`}`, () => {
  test('ffmpeg killed leaves a file that plays, and the next part follows by itself; stopped, the last one is whole', async () => {
    const router = await sfu.router()
    const plain = await sfu.plainTransport(router, { rtcpMux: true })
    const producer = await plain.produce({
      kind: 'video',
      rtpParameters: { codecs: [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000 }], encodings: [{ ssrc: 6_001 }] },
    })
    const camera = [
      '-re',
      '-f',
      'lavfi',
      '-i',
      'testsrc2=size=160x120:rate=15',
      '-c:v',
      'libvpx',
      '-deadline',
      'realtime',
      '-g',
      '15',
      '-b:v',
      '200k',
    ]
    source = spawn(
      ffmpeg ?? '',
      [
        '-loglevel',
        'error',
        ...camera,
        '-f',
        'rtp',
        '-payload_type',
        '96',
        '-ssrc',
        '6001',
        `rtp://127.0.0.1:${plain.tuple.localPort}?pkt_size=1200`,
      ],
      { stdio: 'ignore' },
    )
    const stream: RoomStream = { id: producer.id, kind: 'video', source: 'camera', isPaused: false }
    const recorder = new Recorder({
      sfu,
      ffmpeg: ffmpeg ?? '',
      folder,
      streams: () => [stream],
      supply: async (producerId) => ({ router, producerId }),
      onError: (error) => expect.fail(String(error)),
    })
    await recorder.start()
    await until(async () => expect((await partsIn(folder, { isOver: false }))[0]?.sizeBytes ?? 0).toBeGreaterThan(20_000))
    process.kill(recorder.pid ?? 0, 'SIGKILL')
    await until(async () => expect((await partsIn(folder, { isOver: false }))[1]?.sizeBytes ?? 0).toBeGreaterThan(10_000))
    expect(await framesIn(join(folder, '001.mkv'))).toBeGreaterThan(10)
    const parts = await recorder.stop()
    expect(parts.map(({ file }) => file)).toEqual(['001.mkv', '002.mkv'])
    expect(await framesIn(join(folder, '002.mkv'))).toBeGreaterThan(5)
    expect(recorder.pid === null || isGone(recorder.pid)).toBe(true)
  })

  test('a stream that is gone as it begins holds up nothing: it is tried again, and what was opened for it is closed', async () => {
    const router = await sfu.router()
    const plain = await sfu.plainTransport(router, { rtcpMux: true })
    const producer = await plain.produce({
      kind: 'video',
      rtpParameters: { codecs: [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000 }], encodings: [{ ssrc: 6_002 }] },
    })
    const gone = [() => Promise.reject(new Error('the stream is gone')), () => Promise.resolve({ router, producerId: 'nobody' })]
    const errors: unknown[] = []
    const stream: RoomStream = { id: producer.id, kind: 'video', source: 'camera', isPaused: false }
    const recorder = new Recorder({
      sfu,
      ffmpeg: ffmpeg ?? '',
      folder,
      streams: () => [stream],
      supply: () => gone.shift()?.() ?? Promise.resolve({ router, producerId: producer.id }),
      onError: (error) => errors.push(error),
    })
    await recorder.start()
    await until(() => expect(recorder.pid).not.toBeNull())
    expect(errors).toHaveLength(2)
    // Its own and the one that ffmpeg listens to; the failed one's is closed.
    expect((await router.dump()).transportIds).toHaveLength(2)
    await recorder.stop()
  })
})

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return false
  } catch {
    return true
  }
}
