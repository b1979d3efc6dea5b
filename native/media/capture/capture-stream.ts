// The one owner of a captured picture: taken from a page of this console, or fetched from the console where the card is.
import { setTimeout as sleep } from 'node:timers/promises'
import { type CapturePlace, StreamError, type StreamEvidence } from '../../contract/index.ts'
import { type AskedCall, type AskedOptions, AskedStream } from '../ingest/asked-stream.ts'
import { noEvidence } from '../ingest/asking.ts'
import type { SfuStream, Supplied } from '../ingest/outlet.ts'
import type { CaptureDesk } from './desk.ts'
import type { FarCapture } from './far.ts'

export interface CaptureStreamOptions extends AskedOptions {
  camera: string
  /** Where the card is plugged in now. @throws StreamError no-such-stream */
  place: () => Promise<CapturePlace>
  /** This station. */
  here: () => string
  desk: CaptureDesk
  far: FarCapture
}

export class CaptureStream extends AskedStream implements SfuStream {
  readonly #options: CaptureStreamOptions
  #outlet: Supplied | null = null
  #evidence: StreamEvidence = noEvidence

  constructor(options: CaptureStreamOptions) {
    super(options)
    this.#options = options
  }

  get outlet(): Supplied | null {
    return this.#outlet
  }

  protected override evidence(): StreamEvidence {
    return this.#evidence
  }

  protected override async attempt(call: AskedCall): Promise<never> {
    const place = await this.#options.place()
    try {
      return place.station === this.#options.here() ? await this.#fromPage(place, call) : await this.#fromFar(place, call)
    } finally {
      this.#give(null)
    }
  }

  async #fromPage({ device, sound }: CapturePlace, call: AskedCall): Promise<never> {
    const capture = this.#options.desk.want({ camera: this.#options.camera, device, sound })
    const ending = new AbortController()
    try {
      return await Promise.race([capture.over, this.#follow(capture, { ...call, signal: AbortSignal.any([call.signal, ending.signal]) })])
    } finally {
      ending.abort()
      capture.release()
    }
  }

  /** Looks at what comes, again and again. */
  async #follow(capture: ReturnType<CaptureDesk['want']>, { signal, onCondition }: AskedCall): Promise<never> {
    let before = { bytes: 0, at: Date.now() }
    for (;;) {
      await sleep(this.timing.tickMs, null, { signal }).catch(() => {
        throw new StreamError('connection-lost')
      })
      const { picture, figures } = capture
      this.#give(picture)
      if (picture === null) {
        onCondition({ state: 'connecting', fault: null })
        continue
      }
      // One that has just closed is told of by `over`.
      const [stats] = picture.producer.closed ? [] : await picture.producer.getStats().catch(() => [])
      if (stats === undefined) continue
      const now = Date.now()
      const isMoving = stats.byteCount > before.bytes
      this.#evidence = {
        ...noEvidence,
        lastPacketAt: isMoving ? now : this.#evidence.lastPacketAt,
        bitrateKbps: Math.round(stats.bitrate / 1000),
        framesPerSecond: figures.framesPerSecond,
        widthPx: figures.widthPx || null,
        heightPx: figures.heightPx || null,
        codec: picture.codec.name === 'VP8' ? 'VP8' : 'H.264',
      }
      if (isMoving) before = { bytes: stats.byteCount, at: now }
      const silentMs = now - before.at
      if (silentMs > this.timing.stalledMs)
        onCondition({ state: 'stalled', fault: { code: 'stalled', params: { seconds: Math.round(silentMs / 1000) } } })
      else if (before.bytes === 0) onCondition({ state: 'connecting', fault: null })
      else if (figures.soundTrouble !== null) onCondition({ state: 'degraded', fault: this.#options.desk.silent(capture.job) })
      else onCondition({ state: 'live', fault: null })
    }
  }

  #fromFar(place: CapturePlace, { signal, onCondition }: AskedCall): Promise<never> {
    return this.#options.far.fetch(this.#options.camera, {
      station: place.station,
      signal,
      onPicture: (picture) => this.#give(picture),
      onStatus: ({ state, fault, evidence }) => {
        this.#evidence = evidence
        if (state === 'live' || state === 'degraded' || state === 'connecting') onCondition({ state, fault })
        else onCondition({ state: 'stalled', fault })
      },
    })
  }

  #give(picture: Supplied | null): void {
    if (this.#outlet?.producer === picture?.producer && this.#outlet?.sound === picture?.sound) return
    this.#outlet = picture
    this.#options.onChange()
  }
}
