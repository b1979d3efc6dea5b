// One stream of a room on its way to a recorder: RTP over loopback to a port of its own, for as long as the stream lives, whichever ffmpeg listens there.
import type { Consumer, PlainTransport } from 'mediasoup/types'
import type { Supply } from '../rooms/room-media.ts'
import { capabilitiesForPages } from '../sfu/codecs.ts'
import type { Sfu } from '../sfu/sfu.ts'
import { freePortPair } from './ports.ts'

export interface SendingOptions {
  sfu: Sfu
  supply: Supply
  /** A key frame has gone by for the first time, or again after `doubt`; or the stream is gone. */
  onChange: () => void
}

const taken = new Set<number>()
/** A picture of which no key frame was seen yet is asked for one so often. */
const askEveryMs = 2_000

export class Sending {
  /** UDP on loopback; RTCP is one above. */
  readonly port: number
  readonly consumer: Consumer
  readonly openedAt = Date.now()
  readonly #transport: PlainTransport
  readonly #onChange: () => void
  #hasKeyFrame = false
  #timer: NodeJS.Timeout | null = null

  private constructor(port: number, transport: PlainTransport, consumer: Consumer, onChange: () => void) {
    this.port = port
    this.consumer = consumer
    this.#transport = transport
    this.#onChange = onChange
    consumer.on('trace', ({ type }) => this.#seen(type))
    consumer.observer.once('close', onChange)
  }

  static async open({ sfu, supply, onChange }: SendingOptions): Promise<Sending> {
    const { router, producerId } = supply
    const port = await freePortPair((one) => taken.has(one))
    taken.add(port)
    let transport: PlainTransport | null = null
    try {
      transport = await sfu.plainTransport(router, { comedia: false })
      await transport.connect({ ip: '127.0.0.1', port, rtcpPort: port + 1 })
      const consumer = await transport.consume({ producerId, rtpCapabilities: withoutRepeats(router.rtpCapabilities), paused: true })
      const sending = new Sending(port, transport, consumer, onChange)
      if (consumer.kind === 'video') await consumer.enableTraceEvent(['keyframe'])
      if (consumer.type === 'simulcast') await consumer.setPreferredLayers({ spatialLayer: 2 })
      await consumer.resume()
      sending.#ask()
      return sending
    } catch (error) {
      transport?.close()
      taken.delete(port)
      throw error
    }
  }

  /** A file begins with what is known of each stream: of a picture that is not known before its first key frame, of a sound at once. */
  get isKnown(): boolean {
    return this.consumer.kind === 'audio' || this.#hasKeyFrame
  }

  /** Gone with its stream. */
  get isOver(): boolean {
    return this.consumer.closed
  }

  /** Ffmpeg did not find a picture in it after all. */
  doubt(): void {
    this.#hasKeyFrame = false
    this.#ask()
  }

  async requestKeyFrame(): Promise<void> {
    if (this.consumer.kind === 'video' && !this.consumer.closed) await this.consumer.requestKeyFrame().catch(() => undefined)
  }

  close(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.consumer.observer.off('close', this.#onChange)
    this.#transport.close()
    taken.delete(this.port)
  }

  #seen(what: string): void {
    if (what !== 'keyframe' || this.#hasKeyFrame) return
    this.#hasKeyFrame = true
    this.#onChange()
  }

  #ask(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    if (this.consumer.kind === 'audio') return
    this.#timer = setInterval(() => {
      if (!this.#hasKeyFrame) void this.requestKeyFrame()
    }, askEveryMs)
  }
}

/** A file asks for nothing again. */
function withoutRepeats(capabilities: Parameters<typeof capabilitiesForPages>[0]) {
  const { codecs = [], headerExtensions } = capabilitiesForPages(capabilities)
  return { headerExtensions, codecs: codecs.filter(({ mimeType }) => !mimeType.endsWith('/rtx')).map((codec) => ({ ...codec, rtcpFeedback: [] })) }
}
