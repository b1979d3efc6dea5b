// A recording on the real SFU and the real ffmpeg: a picture that moves goes in, ffprobe reads it out; ffmpeg killed in the middle leaves what was written.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RoomStream } from '../../contract/index.ts'
import { findProgram } from '../../kernel/binaries.ts'
import type { Sfu } from '../sfu/sfu.ts'
import { hasWorker, testSfu, until, workerMissing } from '../testing/worker.ts'
import { partsIn, Recorder, type RecorderOptions } from './recorder.ts'
import { recordingSdp } from './sdp.ts'

const find = (name: string) => findProgram({ name, variable: `WANGLOU_${name.toUpperCase()}`, setting: null }).path
const [ffmpeg, ffprobe] = [find('ffmpeg'), find('ffprobe')]
let folder: string
let sfu: Sfu
let sources: ChildProcess[]
let errors: string[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wanglou-recording-'))
  sfu = testSfu({ workerCount: 1 })
  await sfu.start()
  sources = []
  errors = []
})
afterEach(async () => {
  for (const source of sources) source.kill('SIGKILL')
  await sfu.stop()
  await rm(folder, { recursive: true, force: true })
})

/** A place for a picture in a room; nothing is sent there yet. */
async function openCamera(ssrc: number) {
  const router = await sfu.router()
  const plain = await sfu.plainTransport(router, { rtcpMux: true })
  const producer = await plain.produce({
    kind: 'video',
    rtpParameters: { codecs: [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000 }], encodings: [{ ssrc }] },
  })
  const stream: RoomStream = { id: producer.id, kind: 'video', source: 'camera', isPaused: false }
  return { router, producer, stream, ssrc, port: plain.tuple.localPort }
}
type Camera = Awaited<ReturnType<typeof openCamera>>

/** A picture that moves, 15 a second. Whoever asks for a key frame is not heard. */
function film({ ssrc, port }: Camera, { keyFrameEvery }: { keyFrameEvery: number }): void {
  const encode = ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-g', String(keyFrameEvery), '-keyint_min', String(keyFrameEvery)]
  const input = ['-re', '-f', 'lavfi', '-i', 'testsrc2=size=160x120:rate=15', ...encode, '-b:v', '200k']
  const output = ['-f', 'rtp', '-payload_type', '96', '-ssrc', String(ssrc), `rtp://127.0.0.1:${port}?pkt_size=1200`]
  sources.push(spawn(ffmpeg ?? '', ['-loglevel', 'error', ...input, ...output], { stdio: 'ignore' }))
}

/** A place for a voice in a room. */
async function openMicrophone(ssrc: number, { isMuted = false } = {}) {
  const router = await sfu.router()
  const plain = await sfu.plainTransport(router, { rtcpMux: true })
  const opus = { mimeType: 'audio/opus', payloadType: 97, clockRate: 48_000, channels: 2 }
  const producer = await plain.produce({ kind: 'audio', rtpParameters: { codecs: [opus], encodings: [{ ssrc }] } })
  const stream: RoomStream = { id: producer.id, kind: 'audio', source: 'microphone', isPaused: isMuted }
  return { router, producer, stream, ssrc, port: plain.tuple.localPort }
}

function speak({ ssrc, port, stream }: Awaited<ReturnType<typeof openMicrophone>>): void {
  stream.isPaused = false
  const input = ['-re', '-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000', '-c:a', 'libopus', '-ac', '2', '-b:a', '32k']
  const output = ['-f', 'rtp', '-payload_type', '97', '-ssrc', String(ssrc), `rtp://127.0.0.1:${port}`]
  sources.push(spawn(ffmpeg ?? '', ['-loglevel', 'error', ...input, ...output], { stdio: 'ignore' }))
}

function recorderOf(cameras: readonly Pick<Camera, 'router' | 'stream'>[], options: Partial<RecorderOptions> = {}): Recorder {
  return new Recorder({
    sfu,
    ffmpeg: ffmpeg ?? '',
    folder,
    streams: () => cameras.map(({ stream }) => stream),
    supply: async (id) => ({ router: cameras.find(({ stream }) => stream.id === id)!.router, producerId: id }),
    onFailing: () => expect.fail('it can be written'),
    onError: (error) => errors.push(String(error)),
    ...options,
  })
}

const sizeOf = async (index: number) => (await partsIn(folder, { isOver: false }))[index]?.sizeBytes ?? 0

async function packetsIn(file: string, which = 'v:0'): Promise<number> {
  const entries = [
    '-v',
    'error',
    '-count_packets',
    '-select_streams',
    which,
    '-show_entries',
    'stream=nb_read_packets,codec_name',
    '-of',
    'json',
    file,
  ]
  const { stdout } = await promisify(execFile)(ffprobe ?? '', entries)
  const { streams } = JSON.parse(stdout) as { streams: { codec_name: string; nb_read_packets: string }[] }
  expect(streams[0]?.codec_name).toBe(which.startsWith('v') ? 'vp8' : 'opus')
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
    const camera = await openCamera(6_001)
    film(camera, { keyFrameEvery: 15 })
    const recorder = recorderOf([camera])
    await recorder.start()
    await until(async () => expect(await sizeOf(0)).toBeGreaterThan(20_000))
    process.kill(recorder.pid ?? 0, 'SIGKILL')
    await until(async () => expect(await sizeOf(1)).toBeGreaterThan(10_000))
    expect(await packetsIn(join(folder, '001.mkv'))).toBeGreaterThan(10)
    const parts = await recorder.stop()
    expect(parts.map(({ file }) => file)).toEqual(['001.mkv', '002.mkv'])
    expect(await packetsIn(join(folder, '002.mkv'))).toBeGreaterThan(5)
    expect(recorder.pid).toBeNull()
    expect(errors).toEqual([expect.stringContaining('SIGKILL')])
  })

  test('a camera whose key frames are four seconds apart comes into one part with the sound beside it, which is recorded before', async () => {
    const [camera, microphone] = [await openCamera(6_003), await openMicrophone(6_103)]
    film(camera, { keyFrameEvery: 60 })
    speak(microphone)
    const packetCount = async () => (await camera.producer.getStats())[0]?.packetCount ?? 0
    await until(async () => expect(await packetCount()).toBeGreaterThan(15))
    const recorder = recorderOf([camera, microphone])
    await recorder.start()
    await until(async () => expect(await sizeOf(1)).toBeGreaterThan(60_000))
    const parts = await recorder.stop()
    // Sound alone, then both: none that failed between them.
    expect(parts.map(({ file }) => file)).toEqual(['001.mkv', '002.mkv'])
    expect(await packetsIn(join(folder, '002.mkv'))).toBeGreaterThan(10)
    expect(errors).toEqual([])
  })

  test('a muted microphone makes nobody wait, and what is said after it was opened is in the same part', async () => {
    const [camera, microphone] = [await openCamera(6_007), await openMicrophone(6_107, { isMuted: true })]
    film(camera, { keyFrameEvery: 15 })
    const recorder = recorderOf([camera, microphone])
    await recorder.start()
    await until(async () => expect(await sizeOf(0)).toBeGreaterThan(20_000))
    speak(microphone)
    const packets = () => packetsIn(join(folder, '001.mkv'), 'a:0').catch(() => 0)
    await until(async () => expect(await packets()).toBeGreaterThan(20))
    expect(await recorder.stop()).toHaveLength(1)
  })

  test('a picture that does not come keeps none of the others out; once it comes, both are in the next part', async () => {
    const cameras = [await openCamera(6_004), await openCamera(6_005)] as const
    film(cameras[1], { keyFrameEvery: 15 })
    const recorder = recorderOf(cameras)
    await recorder.start()
    await until(async () => expect(await sizeOf(0)).toBeGreaterThan(20_000))
    film(cameras[0], { keyFrameEvery: 15 })
    await until(async () => expect(await sizeOf(1)).toBeGreaterThan(40_000))
    // It ends without a part of its own: the file is silent there.
    cameras[0].producer.close()
    await recorder.stop()
    expect(await packetsIn(join(folder, '001.mkv'))).toBeGreaterThan(10)
    for (const which of ['v:0', 'v:1'] as const) expect(await packetsIn(join(folder, '002.mkv'), which)).toBeGreaterThan(5)
    expect(await partsIn(folder, { isOver: true })).toHaveLength(2)
    expect(errors).toEqual([])
  })

  test('what cannot be written is said, once, and so is that it can be written again', async () => {
    const camera = await openCamera(6_006)
    film(camera, { keyFrameEvery: 15 })
    const told: boolean[] = []
    const recorder = recorderOf([camera], { onFailing: (isFailing) => told.push(isFailing), livesMs: 1_500 })
    await recorder.start()
    await until(() => expect(recorder.pid).not.toBeNull())
    await rename(folder, `${folder}-away`)
    process.kill(recorder.pid ?? 0, 'SIGKILL')
    await until(() => expect(told).toEqual([true]))
    await rename(`${folder}-away`, folder)
    await until(() => expect(told).toEqual([true, false]))
    await recorder.stop()
    expect(errors.filter((words) => words.includes('No such file'))).toHaveLength(1)
  })

  test('a stream that is gone as it begins holds up nothing: it is tried again, and what was opened for it is closed', async () => {
    const camera = await openCamera(6_002)
    const gone = [() => Promise.reject(new Error('the stream is gone')), () => Promise.resolve({ router: camera.router, producerId: 'nobody' })]
    const supply = () => gone.shift()?.() ?? Promise.resolve({ router: camera.router, producerId: camera.producer.id })
    film(camera, { keyFrameEvery: 15 })
    const recorder = recorderOf([camera], { supply })
    await recorder.start()
    await until(() => expect(recorder.pid).not.toBeNull())
    expect(errors).toHaveLength(2)
    // Its own and the one that ffmpeg listens to; the failed one's is closed.
    expect((await camera.router.dump()).transportIds).toHaveLength(2)
    await recorder.stop()
    expect((await camera.router.dump()).transportIds).toHaveLength(1)
  })
})
