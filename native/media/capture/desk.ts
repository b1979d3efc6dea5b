// The pages of this console that can capture: the first one that is open does, the next takes over when it goes.
import type { DtlsParameters, Producer } from 'mediasoup/types'
import { type CaptureJob, type CaptureTell, type CaptureTrouble, StreamError, type StreamFault, WanglouError } from '../../contract/index.ts'
import type { Supplied } from '../ingest/outlet.ts'
import { PlaceMedia } from '../rooms/place-media.ts'
import { capabilitiesForPages } from '../sfu/codecs.ts'
import type { Sfu } from '../sfu/sfu.ts'

export interface CaptureDeskOptions {
  sfu: Sfu
  /** What people call this console. */
  consoleName: () => string
  /** A page came, or devices were plugged in: whoever waits may ask again. */
  onPage: () => void
}

/** A page is known by itself and by the session that opened it: no other speaks for it. */
export interface CapturePage {
  page: string
  session: string
}

type Figures = Pick<CaptureTell, 'widthPx' | 'heightPx' | 'framesPerSecond' | 'soundTrouble'>

/** One device that is captured as long as somebody wants it. */
export interface Capture {
  readonly job: CaptureJob
  /** null = nothing has come yet. */
  readonly picture: Supplied | null
  readonly figures: Figures
  /** Never resolves. @throws StreamError why there is no picture */
  readonly over: Promise<never>
  release(): void
}

interface Held extends Capture {
  job: CaptureJob
  picture: Supplied | null
  sound: Producer | undefined
  figures: Figures
  media: PlaceMedia | null
  end: (fault: StreamFault) => void
}

const mostPages = 32

export class CaptureDesk {
  readonly #options: CaptureDeskOptions
  /** In the order in which they came. */
  readonly #pages = new Map<string, { session: string; wake: () => void }>()
  readonly #held = new Map<string, Held>()

  constructor(options: CaptureDeskOptions) {
    this.#options = options
  }

  /** What the page is to capture, again whenever that changes; nothing while another page does it. @throws WanglouError TOO_LARGE, DUPLICATE */
  async *attend({ page, session }: CapturePage, signal: AbortSignal): AsyncGenerator<CaptureJob[], void, void> {
    if (this.#pages.size >= mostPages) throw new WanglouError('TOO_LARGE', { limit: mostPages })
    if (this.#pages.has(page)) throw new WanglouError('DUPLICATE')
    let wake: () => void = () => undefined
    this.#pages.set(page, { session, wake: () => wake() })
    const stop = () => wake()
    signal.addEventListener('abort', stop, { once: true })
    this.#options.onPage()
    try {
      while (!signal.aborted) {
        const changed = new Promise<void>((resolve) => (wake = resolve))
        yield this.#first === page ? [...this.#held.values()].map(({ job }) => job) : []
        if (!signal.aborted) await changed
      }
    } finally {
      signal.removeEventListener('abort', stop)
      this.#leave(page)
    }
  }

  /** @throws StreamError capture-away while no page is open */
  want(job: CaptureJob): Capture {
    if (this.#first === null) throw new StreamError('capture-away', { console: this.#options.consoleName() })
    const over = Promise.withResolvers<never>()
    over.promise.catch(() => undefined)
    const held: Held = {
      job,
      picture: null,
      sound: undefined,
      figures: { widthPx: 0, heightPx: 0, framesPerSecond: 0, soundTrouble: null },
      media: null,
      over: over.promise,
      end: ({ code, params }) => over.reject(new StreamError(code, params)),
      release: () => {
        if (this.#held.get(job.camera) === held) this.#held.delete(job.camera)
        this.#close(held)
        this.#tell()
      },
    }
    this.#held.set(job.camera, held)
    this.#tell()
    return held
  }

  /** @throws WanglouError NOT_FOUND when this page is not asked to capture that, SFU_UNAVAILABLE */
  async connect(by: CapturePage, camera: string) {
    const held = this.#mine(by, camera)
    const router = await this.#options.sfu.router()
    this.#close(held)
    const media = new PlaceMedia({ sfu: this.#options.sfu, router, onChange: () => undefined })
    held.media = media
    router.observer.once('close', () => held.media === media && held.end({ code: 'sfu-lost', params: {} }))
    return { rtpCapabilities: { ...capabilitiesForPages(router.rtpCapabilities) }, transport: await media.connect('send') }
  }

  async connectTransport(by: CapturePage, input: { camera: string; transport: string; dtlsParameters: unknown }): Promise<void> {
    await this.#media(by, input.camera).connectTransport(input.transport, input.dtlsParameters as DtlsParameters)
  }

  async produce(
    by: CapturePage,
    input: { camera: string; transport: string; kind: 'audio' | 'video'; rtpParameters: unknown },
  ): Promise<{ id: string }> {
    const held = this.#mine(by, input.camera)
    const media = this.#media(by, input.camera)
    const producer = await media.produce({ ...input, source: input.kind === 'video' ? 'camera' : 'microphone' })
    const { id, rtpParameters } = producer
    if (input.kind === 'video') {
      held.picture = { router: media.router, producer, codec: codecOf(rtpParameters.codecs[0]), sound: held.sound }
      producer.observer.once('close', () => held.media === media && held.end({ code: 'connection-lost', params: {} }))
    } else this.#hear(held, producer)
    return { id }
  }

  tell(by: CapturePage, { camera, trouble, ...figures }: Omit<CaptureTell, 'page'>): void {
    const held = this.#mine(by, camera)
    held.figures = figures
    if (trouble !== null) held.end(this.#fault(trouble, held.job.device))
  }

  /** Something was plugged into the console. */
  devicesChanged(by: CapturePage): void {
    if (this.#first === by.page) this.#options.onPage()
  }

  /** Sound that goes takes no picture with it. */
  #hear(held: Held, sound: Producer | undefined): void {
    held.sound?.close()
    held.sound = sound
    if (held.picture !== null) held.picture = { ...held.picture, sound }
    sound?.observer.once('close', () => held.sound === sound && this.#hear(held, undefined))
  }

  get #first(): string | null {
    return this.#pages.keys().next().value ?? null
  }

  #leave(page: string): void {
    const wasFirst = this.#first === page
    this.#pages.delete(page)
    if (!wasFirst) return
    const fault = { code: 'capture-away' as const, params: { console: this.#options.consoleName() } }
    for (const held of this.#held.values()) held.end(fault)
    // The next page is there already.
    if (this.#first !== null) setImmediate(this.#options.onPage)
  }

  #tell(): void {
    for (const { wake } of this.#pages.values()) wake()
  }

  #close(held: Held): void {
    const { media } = held
    held.media = null
    held.picture = null
    held.sound = undefined
    media?.router.close()
  }

  #mine({ page, session }: CapturePage, camera: string): Held {
    const held = this.#held.get(camera)
    if (held === undefined || this.#first !== page || this.#pages.get(page)?.session !== session) throw new WanglouError('NOT_FOUND')
    return held
  }

  #media(by: CapturePage, camera: string): PlaceMedia {
    const { media } = this.#mine(by, camera)
    if (media === null) throw new WanglouError('NOT_FOUND')
    return media
  }

  /** What is said of one whose picture comes alone. */
  silent({ sound }: CaptureJob): StreamFault {
    return { code: 'capture-no-sound', params: { console: this.#options.consoleName(), device: sound } }
  }

  #fault(trouble: CaptureTrouble, device: string): StreamFault {
    const params = { console: this.#options.consoleName() }
    if (trouble === 'denied') return { code: 'capture-denied', params }
    return { code: trouble === 'none' ? 'capture-no-device' : 'capture-busy', params: { ...params, device } }
  }
}

function codecOf(codec: { mimeType: string; parameters?: Record<string, unknown> } | undefined): Supplied['codec'] {
  if (codec?.mimeType.toLowerCase() === 'video/vp8') return { name: 'VP8' }
  return { name: 'H264', profileLevelId: String(codec?.parameters?.['profile-level-id'] ?? '42e01f') }
}
