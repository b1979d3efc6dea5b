// The media of one place in a room: its transports, what it sends and what it is sent. Everything of it closes with its router.
import type { Consumer, DtlsParameters, MediaKind, Producer, Router, RtpCapabilities, RtpParameters, WebRtcTransport } from 'mediasoup/types'
import { type ConsumerOffer, type MediaSource, type RoomStream, type TransportOffer, WanglouError } from '../../contract/index.ts'
import type { Sfu } from '../sfu/sfu.ts'
import { lineScore, type LineSample } from './audio-floor.ts'
import type { RoomMedia, Supply } from './room-media.ts'

export interface PlaceMediaOptions {
  sfu: Sfu
  router: Router
  /** Its streams or how they arrive have changed. */
  onChange: () => void
}

/** What one page may hold at once; more is no page of ours. */
const mostTransports = 4
const mostProducers = 6
/** A picture in three sizes needs about this much up. */
const mostIncomingBps = 4_000_000
/** 0…10. */
const mostOfSoundOnly = 4

interface Sent {
  consumer: Consumer
  layer: number | null
  /** Of sound, when it was last looked at. */
  packetCount: number
}

export class PlaceMedia implements RoomMedia {
  readonly router: Router
  /** One life of this place's media: a page that hears another one makes its transports anew. */
  readonly generation = crypto.randomUUID()
  readonly #options: PlaceMediaOptions
  readonly #transports = new Map<string, { transport: WebRtcTransport; direction: 'send' | 'receive' }>()
  readonly #producers = new Map<string, { producer: Producer; source: MediaSource }>()
  readonly #consumers = new Map<string, Sent>()
  #isAudioOnly = false
  /** Of the way to the page, when it was last looked at; null = nothing is sent there. */
  #score: number | null = null

  constructor(options: PlaceMediaOptions) {
    this.router = options.router
    this.#options = options
  }

  get streams(): RoomStream[] {
    return [...this.#producers.values()].map(({ producer, source }) => ({ id: producer.id, kind: producer.kind, source, isPaused: producer.paused }))
  }

  /** The worse of both ways: what comes from the page and what goes there, 0…10; null = nothing does. */
  get quality(): number | null {
    const scores = [...this.#producers.values()].filter(({ producer }) => !producer.paused).map(({ producer }) => bestScore(producer))
    if (this.#score !== null) scores.push(this.#score)
    return scores.length === 0 ? null : Math.min(...scores)
  }

  producer(stream: string): Producer | null {
    return this.#producers.get(stream)?.producer ?? null
  }

  has(stream: string): boolean {
    return this.#producers.has(stream)
  }

  supply(stream: string): Promise<Supply> {
    return this.has(stream) ? Promise.resolve({ router: this.router, producerId: stream }) : Promise.reject(new WanglouError('NOT_FOUND'))
  }

  async connect(direction: 'send' | 'receive'): Promise<TransportOffer> {
    if (this.#transports.size >= mostTransports) throw new WanglouError('TOO_LARGE', { limit: mostTransports })
    const transport = await this.#options.sfu.webRtcTransport(this.router)
    if (direction === 'send') await transport.setMaxIncomingBitrate(mostIncomingBps)
    this.#transports.set(transport.id, { transport, direction })
    transport.observer.once('close', () => this.#transports.delete(transport.id))
    const { id, iceParameters, iceCandidates, dtlsParameters } = transport
    return { id, iceParameters, iceCandidates, dtlsParameters }
  }

  async connectTransport(id: string, dtlsParameters: unknown): Promise<void> {
    await foreign(this.#transport(id).connect({ dtlsParameters: dtlsParameters as DtlsParameters }))
  }

  async restartIce(id: string): Promise<unknown> {
    return this.#transport(id).restartIce()
  }

  async produce(input: { transport: string; kind: MediaKind; source: MediaSource; rtpParameters: unknown }): Promise<Producer> {
    const { kind, source, rtpParameters } = input
    if (this.#producers.size >= mostProducers) throw new WanglouError('TOO_LARGE', { limit: mostProducers })
    const producer = await foreign(this.#transport(input.transport).produce({ kind, rtpParameters: rtpParameters as RtpParameters }))
    this.#producers.set(producer.id, { producer, source })
    const { onChange } = this.#options
    producer.observer.once('close', () => {
      this.#producers.delete(producer.id)
      onChange()
    })
    producer.observer.on('score', onChange)
    onChange()
    return producer
  }

  async pause(stream: string, isPaused: boolean): Promise<void> {
    const producer = this.producer(stream)
    if (producer === null) throw new WanglouError('NOT_FOUND')
    await (isPaused ? producer.pause() : producer.resume())
    this.#options.onChange()
  }

  /** @returns whether anything was open */
  async muteMicrophones(): Promise<boolean> {
    const open = [...this.#producers.values()].filter(({ producer, source }) => source === 'microphone' && !producer.paused)
    for (const { producer } of open) await producer.pause()
    if (open.length > 0) this.#options.onChange()
    return open.length > 0
  }

  openMicrophones(): Promise<void> {
    return Promise.resolve()
  }

  closeStream(stream: string): void {
    this.producer(stream)?.close()
  }

  /** Begins paused: the page resumes it with the first `watch`, once it has somewhere to show it. @param producerId on our router */
  async consume(producerId: string, rtpCapabilities: unknown): Promise<ConsumerOffer> {
    const receiving = [...this.#transports.values()].find(({ direction }) => direction === 'receive')
    if (receiving === undefined) throw new WanglouError('STATE_NOT_ALLOWED', { to: 'consuming' })
    const capabilities = rtpCapabilities as RtpCapabilities
    const consumer = await foreign(receiving.transport.consume({ producerId, rtpCapabilities: capabilities, paused: true }))
    this.#consumers.set(consumer.id, { consumer, layer: null, packetCount: 0 })
    consumer.observer.once('close', () => this.#consumers.delete(consumer.id))
    return { id: consumer.id, kind: consumer.kind, rtpParameters: consumer.rtpParameters }
  }

  async watch(id: string, layer: number | null): Promise<void> {
    const held = this.#consumers.get(id)
    if (held === undefined) throw new WanglouError('NOT_FOUND')
    held.layer = layer
    await this.#show(held)
    if (layer !== null && held.consumer.type === 'simulcast') await held.consumer.setPreferredLayers({ spatialLayer: layer })
  }

  /** Pictures are held back or come again; sound goes on either way. */
  async setAudioOnly(isAudioOnly: boolean): Promise<void> {
    this.#isAudioOnly = isAudioOnly
    for (const held of this.#consumers.values()) await this.#show(held)
  }

  /** How the line to the page is, as the SFU knows it; null = nothing is sent there. */
  async line(at: number): Promise<LineSample | null> {
    const receiving = [...this.#transports.values()].find(({ direction }) => direction === 'receive')
    if (receiving === undefined || receiving.transport.closed) return null
    const [stats] = await receiving.transport.getStats()
    const lost = this.#isAudioOnly ? await this.#lostSound() : (stats?.rtpPacketLossSent ?? null)
    const sample = { at, availableBps: stats?.availableOutgoingBitrate ?? null, lost }
    this.#judge(this.#consumers.size === 0 ? null : lineScore(sample))
    return sample
  }

  /** Of sound by the page's own reports: what the SFU says of the transport comes from pictures, and stands still without them. Null = nobody speaks. */
  async #lostSound(): Promise<number | null> {
    const shares = await Promise.all(
      [...this.#consumers.values()].map(async (sent) => {
        if (sent.consumer.closed || sent.consumer.paused || sent.consumer.kind !== 'audio') return []
        const stats = (await sent.consumer.getStats()).find(({ type }) => type === 'outbound-rtp')
        const before = sent.packetCount
        sent.packetCount = stats?.packetCount ?? before
        return sent.packetCount === before ? [] : [(stats?.fractionLost ?? 0) / 256]
      }),
    )
    return shares.flat().reduce<number | null>((most, share) => Math.max(most ?? 0, share), null)
  }

  /** A line that carries sound only is no good one, however clean it is without pictures. */
  #judge(measured: number | null): void {
    const score = measured !== null && this.#isAudioOnly ? Math.min(mostOfSoundOnly, measured) : measured
    if (score === this.#score) return
    this.#score = score
    this.#options.onChange()
  }

  close(): void {
    for (const { transport } of this.#transports.values()) transport.close()
  }

  async #show({ consumer, layer }: Sent): Promise<void> {
    if (consumer.closed) return
    const isShown = layer !== null && !(this.#isAudioOnly && consumer.kind === 'video')
    if (isShown === !consumer.paused) return
    await (isShown ? consumer.resume() : consumer.pause())
  }

  #transport(id: string): WebRtcTransport {
    const held = this.#transports.get(id)
    if (held === undefined) throw new WanglouError('NOT_FOUND')
    return held.transport
  }
}

function bestScore(producer: Producer): number {
  return Math.max(0, ...producer.score.map(({ score }) => score))
}

/** mediasoup checks what comes from a page; what it refuses is the page's fault, not ours. */
async function foreign<Value>(call: Promise<Value>): Promise<Value> {
  return call.catch((cause: unknown) => {
    const isTheirs = cause instanceof TypeError || (cause instanceof Error && ['UnsupportedError', 'InvalidStateError', 'Error'].includes(cause.name))
    throw isTheirs ? new WanglouError('INVALID_INPUT', {}, { cause }) : cause
  })
}
