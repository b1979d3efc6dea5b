// The page's end of the media: one life of it, from one generation of the station's to the next. mediasoup-client speaks WebRTC for us.
import type { types } from 'mediasoup-client'
import type { MediaSource } from '../../../../native/contract/index.ts'
import type { Signalling } from './signalling.ts'

export interface PeerOptions {
  generation: string
  rtpCapabilities: unknown
  signalling: Signalling
  /** It takes and sends nothing: a screen of a wall. */
  isWatching?: boolean
  onError: (error: unknown) => void
}

/** Three sizes of one picture: the SFU sends each viewer the one that fits. */
const cameraEncodings = [
  { scaleResolutionDownBy: 4, maxBitrate: 120_000, scalabilityMode: 'L1T3' },
  { scaleResolutionDownBy: 2, maxBitrate: 450_000, scalabilityMode: 'L1T3' },
  { scaleResolutionDownBy: 1, maxBitrate: 1_500_000, scalabilityMode: 'L1T3' },
]
const screenEncodings = [{ maxBitrate: 2_500_000 }]
const restartAgainMs = 1_000

export class Peer {
  readonly generation: string
  readonly #options: PeerOptions
  readonly #producers = new Map<MediaSource, types.Producer>()
  readonly #consumers = new Map<string, types.Consumer>()
  #device: types.Device | null = null
  #send: types.Transport | null = null
  #receive: types.Transport | null = null
  #isClosed = false

  constructor(options: PeerOptions) {
    this.#options = options
    this.generation = options.generation
  }

  async open(): Promise<void> {
    const { Device } = await import('mediasoup-client')
    const device = new Device()
    await device.load({ routerRtpCapabilities: this.#options.rtpCapabilities as types.RtpCapabilities })
    this.#device = device
    const { signalling } = this.#options
    const isWatching = this.#options.isWatching === true
    const [send, receive] = await Promise.all([isWatching ? null : signalling.connect('send'), signalling.connect('receive')])
    if (this.#isClosed) return
    this.#receive = device.createRecvTransport(receive as types.TransportOptions)
    this.#attend(this.#receive)
    if (send === null) return
    this.#send = device.createSendTransport(send as types.TransportOptions)
    this.#attend(this.#send)
    this.#send.on('produce', ({ kind, rtpParameters, appData }, done, failed) => {
      signalling.produce({ transport: send.id, kind, source: appData['source'] as MediaSource, rtpParameters }).then(done, failed)
    })
  }

  /** Sends a track; one that was sent as the same source before is replaced. @returns the stream's id */
  async send(source: MediaSource, track: MediaStreamTrack): Promise<void> {
    const known = this.#producers.get(source)
    if (known !== undefined) return known.replaceTrack({ track })
    if (this.#send === null) return
    const encodings = source === 'camera' ? cameraEncodings : source === 'screen' ? screenEncodings : undefined
    const codecOptions = source === 'microphone' ? { opusDtx: true, opusFec: true } : { videoGoogleStartBitrate: 600 }
    // Tracks outlive a peer: they are stopped by whoever opened them.
    const producer = await this.#send.produce({ track, encodings, codecOptions, stopTracks: false, appData: { source } })
    this.#producers.set(source, producer)
  }

  async setPaused(source: MediaSource, isPaused: boolean): Promise<void> {
    const producer = this.#producers.get(source)
    if (producer === undefined) return
    if (isPaused) producer.pause()
    else producer.resume()
    await this.#options.signalling.pause(producer.id, isPaused)
  }

  async stop(source: MediaSource): Promise<void> {
    const producer = this.#producers.get(source)
    if (producer === undefined) return
    this.#producers.delete(source)
    producer.close()
    await this.#options.signalling.closeStream(producer.id)
  }

  has(stream: string): boolean {
    return this.#consumers.has(stream)
  }

  get taken(): string[] {
    return [...this.#consumers.keys()]
  }

  /** Takes somebody's stream; nothing of it comes before the first `watch`. */
  async take(stream: string): Promise<MediaStreamTrack | null> {
    if (this.#device === null || this.#receive === null) return null
    const offer = await this.#options.signalling.consume(stream, this.#device.recvRtpCapabilities)
    if (this.#isClosed) return null
    const consumer = await this.#receive.consume({
      id: offer.id,
      producerId: stream,
      kind: offer.kind,
      rtpParameters: offer.rtpParameters as types.RtpParameters,
    })
    this.#consumers.set(stream, consumer)
    return consumer.track
  }

  async watch(stream: string, layer: number | null): Promise<void> {
    const consumer = this.#consumers.get(stream)
    if (consumer !== undefined) await this.#options.signalling.watch(consumer.id, layer)
  }

  drop(stream: string): void {
    this.#consumers.get(stream)?.close()
    this.#consumers.delete(stream)
  }

  /** New addresses for the same media: after a cut, or when the machine has changed its network. */
  async restartIce(): Promise<void> {
    for (const transport of [this.#send, this.#receive]) if (transport !== null) await this.#restart(transport)
  }

  close(): void {
    this.#isClosed = true
    this.#send?.close()
    this.#receive?.close()
    this.#consumers.clear()
    this.#producers.clear()
  }

  #attend(transport: types.Transport): void {
    const { signalling, onError } = this.#options
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      signalling.connectTransport(transport.id, dtlsParameters).then(done, failed)
    })
    transport.on('connectionstatechange', (state) => {
      if (state === 'disconnected' || state === 'failed') void this.#comeBack(transport).catch(onError)
    })
  }

  /** Tries until it stands again; nobody has to click. */
  async #comeBack(transport: types.Transport): Promise<void> {
    while (!this.#isClosed && !transport.closed && transport.connectionState !== 'connected') {
      await this.#restart(transport).catch(this.#options.onError)
      await new Promise((resolve) => setTimeout(resolve, restartAgainMs))
    }
  }

  async #restart(transport: types.Transport): Promise<void> {
    if (transport.closed || transport.connectionState === 'new') return
    const iceParameters = (await this.#options.signalling.restartIce(transport.id)) as types.IceParameters
    if (!transport.closed) await transport.restartIce({ iceParameters })
  }
}
