// What one person says, from her page to a camera: G.711 as the browser makes it, packet by packet, nothing transcoded.
import type { DtlsParameters } from 'mediasoup/types'
import { StreamError, type TransportOffer } from '../../contract/index.ts'
import { type TalkCodec, talkPayloadTypes } from '../../protocols/rtsp/talk-channel.ts'
import { readRtp, writeRtp } from '../ingest/rtp.ts'
import { PlaceMedia } from '../rooms/place-media.ts'
import { capabilitiesForPages } from '../sfu/codecs.ts'
import type { Sfu } from '../sfu/sfu.ts'

export interface TalkOffer {
  rtpCapabilities: Record<string, unknown>
  transport: TransportOffer
}

export interface TalkLineOptions {
  sfu: Sfu
  codec: TalkCodec
  /** As the camera numbers it. */
  payloadType: number
  onRtp: (packet: Buffer) => void
  /** The SFU is gone. */
  onLost: () => void
}

export class TalkLine {
  readonly offer: TalkOffer
  readonly #options: TalkLineOptions
  readonly #media: PlaceMedia
  #isClosed = false

  private constructor(options: TalkLineOptions, { media, transport }: { media: PlaceMedia; transport: TransportOffer }) {
    this.#options = options
    this.#media = media
    this.offer = { rtpCapabilities: { ...capabilitiesForPages(media.router.rtpCapabilities) }, transport }
    media.router.observer.once('close', () => !this.#isClosed && options.onLost())
  }

  /** @throws StreamError sfu-missing */
  static async open(options: TalkLineOptions): Promise<TalkLine> {
    const { sfu, codec } = options
    // The only codec there is: the page can send no other.
    const router = await sfu
      .router([{ kind: 'audio', mimeType: `audio/${codec}`, clockRate: 8000, channels: 1, preferredPayloadType: talkPayloadTypes[codec] }])
      .catch((cause: unknown) => {
        throw new StreamError('sfu-missing', {}, { cause })
      })
    const media = new PlaceMedia({ sfu, router, onChange: () => undefined })
    return new TalkLine(options, { media, transport: await media.connect('send') })
  }

  connectTransport({ transport, dtlsParameters }: { transport: string; dtlsParameters: unknown }): Promise<void> {
    return this.#media.connectTransport(transport, dtlsParameters as DtlsParameters)
  }

  async produce({ transport, rtpParameters }: { transport: string; rtpParameters: unknown }): Promise<{ id: string }> {
    const { router } = this.#media
    const producer = await this.#media.produce({ transport, kind: 'audio', source: 'microphone', rtpParameters })
    const direct = await router.createDirectTransport()
    const consumer = await direct.consume({ producerId: producer.id, rtpCapabilities: router.rtpCapabilities })
    consumer.on('rtp', (bytes) => this.#pass(bytes))
    return { id: producer.id }
  }

  close(): void {
    this.#isClosed = true
    this.#media.router.close()
  }

  /** Without the browser's header extensions, under the camera's number. */
  #pass(bytes: Buffer): void {
    const packet = readRtp(bytes)
    const { payloadType, onRtp } = this.#options
    if (packet !== null && packet.payload.length > 0) onRtp(writeRtp({ ...packet, payloadType }))
  }
}
