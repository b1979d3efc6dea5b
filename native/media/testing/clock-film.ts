// Pictures that carry the time as black and white blocks, encoded by ffmpeg into whatever a test asks for, as a camera would send them.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'

export const hasFfmpeg = spawnSync('ffmpeg', ['-version'], { stdio: 'ignore' }).status === 0
/** For the name of a skipped group. */
export const ffmpegMissing = 'ffmpeg is not installed'

const widthPx = 320
const heightPx = 240
const framesPerSecond = 25
const columns = 16

/** Two rows of 16 blocks: 28 bits of epoch milliseconds, most significant first, then the sum of their seven nibbles mod 16. */
export function clockFrame(nowMs: number): Buffer {
  const value = nowMs % 2 ** 28
  let sum = 0
  for (let nibble = 0; nibble < 7; nibble += 1) sum += Math.floor(value / 16 ** nibble) % 16
  const bits = [...value.toString(2).padStart(28, '0'), ...(sum % 16).toString(2).padStart(4, '0')]
  const row = (index: number) =>
    Buffer.concat(bits.slice(index * columns, (index + 1) * columns).map((bit) => Buffer.alloc(widthPx / columns, bit === '1' ? 235 : 16)))
  return Buffer.concat([0, 1].flatMap((index) => Array.from({ length: heightPx / 2 }, () => row(index))))
}

/** The time in a decoded grey frame of that size; null = it is not one of ours, or damaged. */
export function clockOfFrame(frame: Uint8Array): number | null {
  const bits = Array.from({ length: 32 }, (_, bit) => {
    const [x, y] = [((bit % columns) + 0.5) * (widthPx / columns), (Math.floor(bit / columns) + 0.5) * (heightPx / 2)]
    return (frame[Math.floor(y) * widthPx + Math.floor(x)] ?? 0) > 128 ? '1' : '0'
  }).join('')
  const value = Number.parseInt(bits.slice(0, 28), 2)
  let sum = 0
  for (let nibble = 0; nibble < 7; nibble += 1) sum += Math.floor(value / 16 ** nibble) % 16
  return sum % 16 === Number.parseInt(bits.slice(28), 2) && value > 0 ? value : null
}

/** Takes RTP as an SDP describes it and gives the clock of every picture it decodes. */
export function startClockDecoder(sdp: string): { clocks: number[]; stop(): Promise<void> } {
  const input = ['-protocol_whitelist', 'pipe,udp,rtp', '-fflags', 'nobuffer', '-analyzeduration', '200000', '-f', 'sdp', '-i', 'pipe:0']
  const output = ['-f', 'rawvideo', '-pix_fmt', 'gray', 'pipe:1']
  const child = spawn('ffmpeg', ['-hide_banner', '-loglevel', 'fatal', ...input, ...output], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(sdp)
  const clocks: number[] = []
  let kept = Buffer.alloc(0)
  child.stdout.on('data', (chunk: Buffer) => {
    kept = Buffer.concat([kept, chunk])
    for (; kept.length >= widthPx * heightPx; kept = kept.subarray(widthPx * heightPx)) {
      const clock = clockOfFrame(kept)
      if (clock !== null) clocks.push(clock)
    }
  })
  return { clocks, stop: () => killed(child) }
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

export interface ClockFilm {
  child: ChildProcess
  /** What a `pipe:1` among the outputs gives. */
  output: Readable
  stop(): Promise<void>
}

/** One encoding for each output of ffmpeg: its arguments, without the input. */
export function startClockFilm(outputs: readonly (readonly string[])[]): ClockFilm {
  const input = ['-f', 'rawvideo', '-pix_fmt', 'gray', '-video_size', `${widthPx}x${heightPx}`, '-framerate', String(framesPerSecond)]
  const child = spawn('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-fflags', 'nobuffer', ...input, '-i', 'pipe:0', ...outputs.flat()], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  // It ends in the middle of a frame when the test does.
  child.stdin.on('error', () => undefined)
  const timer = setInterval(() => {
    if (child.stdin.writableLength < widthPx * heightPx * 4) child.stdin.write(clockFrame(Date.now()))
  }, 1000 / framesPerSecond)
  return {
    child,
    output: child.stdout,
    async stop() {
      clearInterval(timer)
      await killed(child)
    },
  }
}

const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-profile:v', 'baseline', '-g', '25', '-pix_fmt', 'yuv420p']

export const asRtmp = (address: string) => ['-map', '0:v', ...h264, '-f', 'flv', address]
/** Bare RTP, as a media server takes it. */
export const asRtp = (port: number, ssrc = 1) => [
  ...['-map', '0:v', ...h264, '-payload_type', '96', '-ssrc', `${ssrc}`, '-f', 'rtp'],
  `rtp://127.0.0.1:${port}?pkt_size=1200`,
]
/** Published by RTSP (ANNOUNCE, RECORD), as to a media server that takes UDP only. */
export const asRtsp = (address: string) => ['-map', '0:v', ...h264, '-f', 'rtsp', '-rtsp_transport', 'udp', address]
export const asHls = (playlist: string) => [
  ...['-map', '0:v', ...h264, '-f', 'hls', '-hls_time', '1', '-hls_list_size', '4'],
  ...['-hls_flags', 'delete_segments', playlist],
]
/** What few pages can play. */
export const asHlsOfH265 = (playlist: string) => [
  ...['-map', '0:v', '-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'keyint=25:log-level=error', '-pix_fmt', 'yuv420p'],
  ...['-f', 'hls', '-hls_time', '1', '-hls_list_size', '4', '-hls_flags', 'delete_segments', playlist],
]
export const asJpegs = ['-map', '0:v', '-c:v', 'mjpeg', '-q:v', '3', '-pix_fmt', 'yuvj420p', '-f', 'image2pipe', '-flush_packets', '1', 'pipe:1']

/** A finished film of so many seconds. */
export async function writeClockFilm(path: string, seconds: number): Promise<void> {
  const input = ['-f', 'rawvideo', '-pix_fmt', 'gray', '-video_size', `${widthPx}x${heightPx}`, '-framerate', String(framesPerSecond), '-i', 'pipe:0']
  const child = spawn('ffmpeg', ['-hide_banner', '-loglevel', 'error', ...input, ...h264, '-movflags', '+faststart', '-y', path], {
    stdio: ['pipe', 'ignore', 'inherit'],
  })
  const startedAt = Date.now()
  for (let index = 0; index < seconds * framesPerSecond; index += 1) child.stdin.write(clockFrame(startedAt + (index * 1000) / framesPerSecond))
  child.stdin.end()
  await once(child, 'exit')
}
