// One file of a recording: streams of a room leave the SFU as RTP on loopback, ffmpeg writes them as they are. Whatever ends it, what is written so far plays.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Consumer, PlainTransport } from 'mediasoup/types'
import type { Supply } from '../rooms/room-media.ts'
import { capabilitiesForPages } from '../sfu/codecs.ts'
import type { Sfu } from '../sfu/sfu.ts'
import { freePortPair } from './ports.ts'
import { recordingSdp } from './sdp.ts'

export interface PartOptions {
  sfu: Sfu
  ffmpeg: string
  /** Matroska, made here. */
  file: string
  streams: readonly Supply[]
  /** Ffmpeg has ended by itself; not called after `stop`. */
  onEnded: () => void
}

/** Without packets for so long ffmpeg ends, so that none is left over when the station was killed. */
const silentS = 20
const keyFrameAfterMs = [400, 1_000, 2_000, 4_000]
const stopMs = 4_000
/** One cluster a second, each on disk at once; a stream that is silent holds the others up for half a second at most. */
const output = ['-map', '0', '-c', 'copy', '-f', 'matroska', '-cluster_time_limit', '1000', '-flush_packets', '1', '-max_interleave_delta', '500000']
const taken = new Set<number>()

interface Sending {
  transport: PlainTransport
  consumer: Consumer
  port: number
}

export class Part {
  readonly #options: PartOptions
  readonly #sendings: Sending[] = []
  readonly #timers: NodeJS.Timeout[] = []
  #process: ChildProcess | null = null
  #isStopping = false

  constructor(options: PartOptions) {
    this.#options = options
  }

  get pid(): number | null {
    return this.#process?.pid ?? null
  }

  async start(): Promise<void> {
    const { ffmpeg, file, streams } = this.#options
    for (const stream of streams) this.#sendings.push(await this.#send(stream))
    const input = [
      '-protocol_whitelist',
      'pipe,udp,rtp',
      '-analyzeduration',
      '1000000',
      '-listen_timeout',
      String(silentS),
      '-f',
      'sdp',
      '-i',
      'pipe:0',
    ]
    const child = spawn(ffmpeg, ['-hide_banner', '-loglevel', 'error', '-y', ...input, ...output, file], { stdio: ['pipe', 'ignore', 'ignore'] })
    this.#process = child
    // A program that cannot be run ends like one that ended.
    child.once('error', () => this.#ended())
    child.once('exit', () => this.#ended())
    child.stdin.on('error', () => undefined)
    child.stdin.end(recordingSdp(this.#sendings.map(({ consumer, port }) => ({ kind: consumer.kind, rtpParameters: consumer.rtpParameters, port }))))
    for (const ms of keyFrameAfterMs) this.#timers.push(setTimeout(() => void this.#flow(), ms))
  }

  /** Resolves when the file is whole. */
  async stop(): Promise<void> {
    if (this.#isStopping) return
    this.#isStopping = true
    const child = this.#process
    if (child !== null && child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit')
      child.kill('SIGINT')
      const hurry = setTimeout(() => child.kill('SIGKILL'), stopMs)
      await gone
      clearTimeout(hurry)
    }
    this.#close()
  }

  async #send({ router, producerId }: Supply): Promise<Sending> {
    const port = await freePortPair((one) => taken.has(one))
    taken.add(port)
    let transport: PlainTransport | null = null
    try {
      transport = await this.#options.sfu.plainTransport(router, { comedia: false })
      await transport.connect({ ip: '127.0.0.1', port, rtcpPort: port + 1 })
      const consumer = await transport.consume({ producerId, rtpCapabilities: withoutRepeats(router.rtpCapabilities), paused: true })
      if (consumer.type === 'simulcast') await consumer.setPreferredLayers({ spatialLayer: 2 })
      return { transport, consumer, port }
    } catch (error) {
      transport?.close()
      taken.delete(port)
      throw error
    }
  }

  /** Ffmpeg needs a moment until it listens, and a picture begins with a key frame. */
  async #flow(): Promise<void> {
    for (const { consumer } of this.#sendings) {
      if (consumer.closed) continue
      if (consumer.paused) await consumer.resume().catch(() => undefined)
      if (consumer.kind === 'video') await consumer.requestKeyFrame().catch(() => undefined)
    }
  }

  #ended(): void {
    if (this.#isStopping) return
    this.#isStopping = true
    this.#close()
    this.#options.onEnded()
  }

  #close(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    for (const { transport, port } of this.#sendings) {
      transport.close()
      taken.delete(port)
    }
  }
}

/** A file asks for nothing again. */
function withoutRepeats(capabilities: Parameters<typeof capabilitiesForPages>[0]) {
  const { codecs = [], headerExtensions } = capabilitiesForPages(capabilities)
  return { headerExtensions, codecs: codecs.filter(({ mimeType }) => !mimeType.endsWith('/rtx')).map((codec) => ({ ...codec, rtcpFeedback: [] })) }
}
