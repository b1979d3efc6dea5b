// One file of a recording: ffmpeg writes what streams of a room send to its ports, as it is. Whatever ends it, what is written so far plays.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { recordingSdp } from './sdp.ts'
import type { Sending } from './sending.ts'

export interface PartOptions {
  ffmpeg: string
  /** Matroska, made here. */
  file: string
  sendings: readonly Sending[]
  /** Ffmpeg has ended by itself, with these last words of its own; not called after `stop`. */
  onEnded: (words: string) => void
}

/** Without packets for so long ffmpeg ends, so that none is left over when the station was killed. */
const silentS = 20
/** Cameras send a key frame when they like: some every ten seconds. What comes until all pictures are known is kept and written. */
const mostUntilKnownS = 30
const mostUntilKnownBytes = 200_000_000
const keyFrameAfterMs = [400, 1_000, 2_000, 4_000]
const stopMs = 4_000
const input = [
  ...['-protocol_whitelist', 'pipe,udp,rtp', '-listen_timeout', String(silentS)],
  // Begins as soon as the pictures are known; how many come in a second is not waited for, nor is a muted microphone's first packet.
  ...['-analyzeduration', String(mostUntilKnownS * 1_000_000), '-probesize', String(mostUntilKnownBytes), '-fpsprobesize', '0', '-max_ts_probe', '0'],
  ...['-f', 'sdp', '-i', 'pipe:0'],
]
/** One cluster a second, each on disk at once; a stream that is silent holds the others up for half a second at most. */
const output = ['-map', '0', '-c', 'copy', '-f', 'matroska', '-cluster_time_limit', '1000', '-flush_packets', '1', '-max_interleave_delta', '500000']

export class Part {
  readonly #child: ChildProcess
  readonly #timers: NodeJS.Timeout[]
  #words = ''
  #isStopping = false

  constructor({ ffmpeg, file, sendings, onEnded }: PartOptions) {
    const child = spawn(ffmpeg, ['-hide_banner', '-nostats', '-loglevel', 'error', '-y', ...input, ...output, file], {
      stdio: ['pipe', 'ignore', 'pipe'],
    })
    this.#child = child
    const ended = (words: string) => {
      if (this.#isStopping) return
      this.#isStopping = true
      this.#clear()
      onEnded(words)
    }
    // A program that cannot be run ends like one that ended.
    child.once('error', (error) => ended(error.message))
    // Once its words are read to the end.
    child.once('close', (code, signal) => ended(`ffmpeg ${String(code ?? signal)}: ${this.#words}`))
    createInterface({ input: child.stderr }).on('line', (line) => (this.#words = line))
    child.stdin.on('error', () => undefined)
    child.stdin.end(recordingSdp(sendings.map(({ consumer, port }) => ({ kind: consumer.kind, rtpParameters: consumer.rtpParameters, port }))))
    // It needs a moment until it listens, and a picture begins with a key frame.
    this.#timers = keyFrameAfterMs.map((ms) => setTimeout(() => sendings.forEach((one) => void one.requestKeyFrame()), ms))
  }

  get pid(): number | null {
    return this.#child.pid ?? null
  }

  /** Resolves when the file is whole. */
  async stop(): Promise<void> {
    if (this.#isStopping) return
    this.#isStopping = true
    this.#clear()
    const child = this.#child
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGINT')
    const hurry = setTimeout(() => child.kill('SIGKILL'), stopMs)
    await gone
    clearTimeout(hurry)
  }

  #clear(): void {
    for (const timer of this.#timers) clearTimeout(timer)
  }
}
