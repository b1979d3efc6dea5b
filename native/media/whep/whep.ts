// Gives a camera of ours to a page by WHEP: one POST, one answer, and a session that ends with DELETE, with the page, or with the stream.
import { randomBytes } from 'node:crypto'
import type { Router, WebRtcTransport } from 'mediasoup/types'
import { StreamError, WanglouError } from '../../contract/index.ts'
import type { PictureCodec, SfuStream, Supplied } from '../ingest/outlet.ts'
import type { Watch } from '../ingest/owners.ts'
import type { Sfu } from '../sfu/sfu.ts'
import { writeAnswer } from './answer.ts'
import { codecFor, type Offer, type OfferedCodec, readOffer } from './offer.ts'

/** Whose a session is: another person's, or another browser's, is not to be found. */
export interface Viewer {
  account: string
  session: string | null
}

export interface WhepOptions {
  sfu: Sfu
  /** How long a page waits for a stream that is only just asked for, milliseconds. */
  waitMs?: number
  /** A session that no page has joined by then is closed, milliseconds. */
  joinMs?: number
}

interface Session {
  viewer: Viewer
  close(): void
}

const mostSessions = 200
const mostSessionsOfOne = 64

export class Whep {
  readonly #options: Required<WhepOptions>
  readonly #sessions = new Map<string, Session>()
  /** A router for each number that pages give a codec: mediasoup numbers codecs by router, an answer must use the offer's number. */
  readonly #routers = new Map<string, Promise<Router>>()
  readonly #pipes = new Map<string, Promise<string>>()

  constructor(options: WhepOptions) {
    this.#options = { waitMs: 8000, joinMs: 20_000, ...options }
  }

  get sessionCount(): number {
    return this.#sessions.size
  }

  stop(): void {
    for (const { close } of [...this.#sessions.values()]) close()
    for (const router of this.#routers.values()) void router.then((open) => open.close()).catch(() => undefined)
    this.#routers.clear()
  }

  /**
   * @param watch held while the session lives, released in any case
   * @throws StreamError why there is no picture yet · codec-unplayable; WanglouError INVALID_INPUT · TOO_LARGE
   */
  async play({ sdp, watch, viewer }: { sdp: string; watch: Watch<SfuStream>; viewer: Viewer }): Promise<{ id: string; answer: string }> {
    try {
      const offer = readOffer(sdp)
      const mine = [...this.#sessions.values()].filter((one) => isSame(one.viewer, viewer)).length
      if (this.#sessions.size >= mostSessions || mine >= mostSessionsOfOne) throw new WanglouError('TOO_LARGE', { limit: mostSessionsOfOne })
      const outlet = await this.#outletOf(watch.stream)
      const codec = codecFor(offer, outlet.codec)
      if (codec === null) throw new StreamError('codec-unplayable', { codec: watch.stream.status.evidence.codec ?? 'H.264' })
      const { transport, answer } = await this.#connect({ offer, codec, outlet })
      return { id: this.#keep({ transport, watch, viewer }), answer }
    } catch (error) {
      watch.release()
      throw error
    }
  }

  /** @returns false: there is no such session of this viewer */
  end(id: string, viewer: Viewer): boolean {
    const session = this.#sessions.get(id)
    if (session === undefined || !isSame(session.viewer, viewer)) return false
    session.close()
    return true
  }

  async #outletOf(stream: SfuStream): Promise<Supplied> {
    const { waitMs } = this.#options
    for (const until = Date.now() + waitMs; ;) {
      if (stream.outlet !== null) return stream.outlet
      const { state, fault } = stream.status
      if ((state === 'failed' || state === 'stalled') && fault !== null) throw new StreamError(fault.code, fault.params)
      if (Date.now() > until)
        throw new StreamError(fault?.code ?? 'no-answer', fault?.params ?? { method: 'PLAY', seconds: Math.round(waitMs / 1000) })
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  async #connect({
    offer,
    codec,
    outlet,
  }: {
    offer: Offer
    codec: OfferedCodec
    outlet: Supplied
  }): Promise<{ transport: WebRtcTransport; answer: string }> {
    const { sfu } = this.#options
    const router = await this.#routerFor(codec.payloadType, outlet.codec)
    const producerId = await this.#piped(outlet, router)
    const transport = await sfu.webRtcTransport(router)
    try {
      const consumer = await transport.consume({
        producerId,
        rtpCapabilities: {
          codecs: [{ ...routed(codec.payloadType, outlet.codec), rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }] }],
        },
      })
      await transport.connect({ dtlsParameters: { role: 'client', fingerprints: offer.fingerprints as never } })
      consumer.on('producerclose', () => transport.close())
      const ice = { parameters: transport.iceParameters, candidates: transport.iceCandidates }
      return { transport, answer: writeAnswer({ offer, codec, ice, dtls: transport.dtlsParameters, rtp: consumer.rtpParameters }) }
    } catch (error) {
      transport.close()
      throw error
    }
  }

  /** Under an id of its own: both routers may live in one worker, where an id is taken once. @returns the producer to consume there */
  #piped(outlet: Supplied, router: Router): Promise<string> {
    const key = `${outlet.producer.id} ${router.id}`
    const known = this.#pipes.get(key)
    if (known !== undefined) return known
    const made = outlet.router
      .pipeToRouter({ producerId: outlet.producer.id, router, keepId: false, listenInfo: { protocol: 'udp', ip: '127.0.0.1' } })
      .then(({ pipeProducer }) => {
        if (pipeProducer === undefined) throw new StreamError('sfu-lost')
        pipeProducer.observer.once('close', () => this.#pipes.delete(key))
        return pipeProducer.id
      })
    made.catch(() => this.#pipes.delete(key))
    this.#pipes.set(key, made)
    return made
  }

  #routerFor(payloadType: number, codec: PictureCodec): Promise<Router> {
    const key = `${payloadType} ${codec.name === 'H264' ? codec.profileLevelId.slice(0, 4) : codec.name}`
    const known = this.#routers.get(key)
    if (known !== undefined) return known
    const made = this.#options.sfu.router([routed(payloadType, codec)]).then((router) => {
      router.observer.once('close', () => this.#routers.delete(key))
      return router
    })
    made.catch(() => this.#routers.delete(key))
    this.#routers.set(key, made)
    return made
  }

  #keep({ transport, watch, viewer }: { transport: WebRtcTransport; watch: Watch<SfuStream>; viewer: Viewer }): string {
    const id = randomBytes(16).toString('hex')
    const timer = setTimeout(() => transport.dtlsState !== 'connected' && transport.close(), this.#options.joinMs)
    transport.observer.once('close', () => {
      clearTimeout(timer)
      this.#sessions.delete(id)
      watch.release()
    })
    transport.on('dtlsstatechange', (state) => (state === 'closed' || state === 'failed') && transport.close())
    transport.on('icestatechange', (state) => (state === 'disconnected' || state === 'closed') && transport.close())
    this.#sessions.set(id, { viewer, close: () => transport.close() })
    return id
  }
}

function routed(payloadType: number, codec: PictureCodec) {
  const common = { kind: 'video' as const, clockRate: 90_000, preferredPayloadType: payloadType }
  if (codec.name === 'VP8') return { ...common, mimeType: 'video/VP8' as const }
  const parameters = { 'packetization-mode': 1, 'profile-level-id': codec.profileLevelId, 'level-asymmetry-allowed': 1 }
  return { ...common, mimeType: 'video/H264' as const, parameters }
}

function isSame(a: Viewer, b: Viewer): boolean {
  return a.account === b.account && a.session === b.session
}
