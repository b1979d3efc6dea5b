// One end of the pipe between two SFUs: whatever is watched at the other end crosses it once, in one size, however many watch it there.
import type { Consumer, MediaKind, PlainTransport, Producer, Router, RtpParameters, SrtpParameters } from 'mediasoup/types'
import { z } from 'zod'
import { WanglouError } from '../../contract/index.ts'
import { capabilitiesForPages } from '../sfu/codecs.ts'
import type { Sfu } from '../sfu/sfu.ts'

/** Where an end is and how what comes from it is encrypted; crosses the sealed talk only. */
export const TrunkOffer = z.object({
  ip: z.string().max(80),
  port: z.int().min(1).max(65_535),
  srtpParameters: z.object({ cryptoSuite: z.string().max(40), keyBase64: z.string().max(200) }),
})
export type TrunkOffer = z.infer<typeof TrunkOffer>

/** A stream on its way: what the other end must know to take it. */
export const Crossing = z.object({ kind: z.enum(['audio', 'video']), rtpParameters: z.record(z.string(), z.unknown()) })
export interface Crossing {
  kind: MediaKind
  rtpParameters: RtpParameters
}

export class Trunk {
  readonly id = crypto.randomUUID()
  readonly router: Router
  readonly #sfu: Sfu
  readonly #transport: PlainTransport
  readonly #sent = new Map<string, Promise<Consumer>>()
  readonly #received = new Map<string, Promise<Producer>>()

  private constructor(options: { sfu: Sfu; router: Router; transport: PlainTransport }) {
    this.router = options.router
    this.#sfu = options.sfu
    this.#transport = options.transport
  }

  static async open(sfu: Sfu, router: Router): Promise<Trunk> {
    return new Trunk({ sfu, router, transport: await sfu.trunkTransport(router) })
  }

  get offer(): TrunkOffer {
    const { tuple, srtpParameters } = this.#transport
    if (srtpParameters === undefined) throw new Error('a trunk without SRTP')
    return { ip: tuple.localAddress, port: tuple.localPort, srtpParameters }
  }

  async connect({ ip, port, srtpParameters }: TrunkOffer): Promise<void> {
    await this.#transport.connect({ ip, port, srtpParameters: srtpParameters as SrtpParameters })
  }

  get isClosed(): boolean {
    return this.#transport.closed
  }

  /** Streams that cross it now, each way. */
  get crossing(): { sent: number; received: number } {
    return { sent: this.#sent.size, received: this.#received.size }
  }

  onClosed(listener: () => void): void {
    this.#transport.observer.once('close', listener)
  }

  /** Sends a stream over; asked again it is the same one. */
  async send(stream: string, from: { router: Router; producerId: string }): Promise<Crossing> {
    const { kind, rtpParameters } = await this.#once(this.#sent, stream, async () => {
      const producerId = await this.#sfu.pipe({ producerId: from.producerId, from: from.router, to: this.router })
      return this.#transport.consume({ producerId, rtpCapabilities: capabilitiesForPages(this.router.rtpCapabilities) })
    })
    return { kind, rtpParameters }
  }

  /** Takes a stream that comes over; only the first who asks makes it cross. @returns its producer here */
  async receive(stream: string, ask: () => Promise<Crossing>): Promise<string> {
    const producer = await this.#once(this.#received, stream, async () => {
      const { kind, rtpParameters } = await ask()
      return this.#transport.produce({ kind, rtpParameters })
    })
    return producer.id
  }

  /** How large the largest picture is that anybody over there looks at: that size crosses, no other. @param layer null = nobody looks */
  async size(stream: string, layer: number | null): Promise<void> {
    const consumer = await this.#sent.get(stream)
    if (consumer === undefined || consumer.closed) throw new WanglouError('NOT_FOUND')
    if (layer === null) return consumer.pause()
    if (consumer.type === 'simulcast') await consumer.setPreferredLayers({ spatialLayer: layer })
    await consumer.resume()
  }

  /** A stream of theirs has gone. */
  forget(stream: string): void {
    const received = this.#received.get(stream)
    this.#received.delete(stream)
    // One that never came needs no closing.
    received?.then((producer) => producer.close()).catch(() => undefined)
  }

  /** What has come over; null = it is not asked for. */
  async producer(stream: string): Promise<Producer | null> {
    return (await this.#received.get(stream)) ?? null
  }

  get received(): string[] {
    return [...this.#received.keys()]
  }

  close(): void {
    this.#transport.close()
  }

  async #once<Half extends Consumer | Producer>(known: Map<string, Promise<Half>>, stream: string, make: () => Promise<Half>): Promise<Half> {
    const there = known.get(stream)
    if (there !== undefined) return there
    const made = make()
    known.set(stream, made)
    const forget = () => {
      if (known.get(stream) === made) known.delete(stream)
    }
    made.then((half) => (half as Producer).observer.once('close', forget), forget)
    return made
  }
}
