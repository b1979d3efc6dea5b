// Motion JPEG, or a still image asked for again and again: one owner, which holds the newest picture for whoever watches.
import { StreamError, type StreamEvidence } from '../../contract/index.ts'
import { askHttpFor, readAll } from '../../protocols/http/ask.ts'
import { jpegOf, MultipartReader } from '../../protocols/http/multipart.ts'
import { type AskedCall, type AskedOptions, AskedStream } from '../ingest/asked-stream.ts'
import { type Condition, noEvidence } from '../ingest/asking.ts'
import { Rates } from '../ingest/rates.ts'
import type { PullSource } from './flv-sources.ts'

export interface PictureStreamOptions extends AskedOptions {
  source: () => Promise<PullSource>
  /** null = the camera sends them by itself (MJPEG); else how often one is asked for, milliseconds. */
  everyMs: number | null
}

export interface Picture {
  /** From 1, one more for each. */
  number: number
  bytes: Buffer
}

const stillLimitBytes = 8_000_000

export class PictureStream extends AskedStream {
  readonly #source: PictureStreamOptions['source']
  readonly #everyMs: number | null
  readonly #waiting = new Set<() => void>()
  #rates = new Rates()
  #latest: Picture | null = null
  #lastAt: number | null = null

  constructor({ source, everyMs, ...common }: PictureStreamOptions) {
    super(common)
    this.#source = source
    this.#everyMs = everyMs
  }

  override async close(): Promise<void> {
    for (const wake of this.#waiting) wake()
    await super.close()
  }

  /** The newest picture, as soon as it is newer than the one that is known. @returns null: none came in time */
  async next(after: number, waitMs: number): Promise<Picture | null> {
    if (this.#latest !== null && this.#latest.number > after) return this.#latest
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#waiting.add(resolve)
    const timer = setTimeout(resolve, waitMs)
    await promise
    clearTimeout(timer)
    this.#waiting.delete(resolve)
    return this.#latest !== null && this.#latest.number > after ? this.#latest : null
  }

  protected override attempt(call: AskedCall): Promise<never> {
    this.#rates = new Rates()
    const startedAt = Date.now()
    const everyMs = this.#everyMs
    const run = (signal: AbortSignal) => (everyMs === null ? this.#listen(signal) : this.#askAgain(signal, everyMs))
    return this.judged(call, { judge: () => this.#judge(startedAt), run })
  }

  async #listen(signal: AbortSignal): Promise<never> {
    const { body, headers } = await askHttpFor({ ...(await this.#source()), timeoutMs: this.timing.answerMs, signal })
    try {
      const reader = new MultipartReader(headers['content-type'] ?? '')
      for await (const chunk of body as AsyncIterable<Buffer>) for (const picture of reader.push(chunk)) this.#take(picture)
    } catch (error) {
      if (error instanceof StreamError) throw error
      throw new StreamError('connection-lost', {}, { cause: error })
    } finally {
      body.destroy()
    }
    throw new StreamError('connection-lost')
  }

  async #askAgain(signal: AbortSignal, everyMs: number): Promise<never> {
    const { answerMs } = this.timing
    for (;;) {
      const { body } = await askHttpFor({ ...(await this.#source()), timeoutMs: answerMs, signal })
      this.#take(jpegOf(await readAll(body, { limitBytes: stillLimitBytes, timeoutMs: answerMs })))
      const { promise, resolve } = Promise.withResolvers<void>()
      const timer = setTimeout(resolve, everyMs)
      signal.addEventListener('abort', () => resolve(), { once: true })
      await promise
      clearTimeout(timer)
      if (signal.aborted) throw new StreamError('connection-lost')
    }
  }

  #take(bytes: Buffer): void {
    this.#lastAt = Date.now()
    this.#rates.add(this.#lastAt, { bytes: bytes.length, packets: 1, frames: 1 })
    this.#latest = { number: (this.#latest?.number ?? 0) + 1, bytes }
    for (const wake of this.#waiting) wake()
  }

  /** @throws StreamError stalled · no-media */
  #judge(startedAt: number): Condition | null {
    const { timing } = this
    const everyMs = this.#everyMs
    const now = Date.now()
    if (this.#lastAt === null || this.#lastAt < startedAt) {
      const waitedMs = now - startedAt
      if (waitedMs > timing.answerMs + timing.firstPacketMs) throw new StreamError('no-media', { seconds: Math.round(waitedMs / 1000) })
      return null
    }
    const silentMs = now - this.#lastAt - (everyMs ?? 0)
    const seconds = Math.round(silentMs / 1000)
    if (silentMs > timing.silentMs + (everyMs ?? 0)) throw new StreamError('stalled', { seconds })
    return silentMs > timing.stalledMs ? { state: 'stalled', fault: { code: 'stalled', params: { seconds } } } : { state: 'live', fault: null }
  }

  protected override evidence(): StreamEvidence {
    return {
      ...noEvidence,
      lastPacketAt: this.#lastAt,
      lastKeyFrameAt: this.#lastAt,
      ...this.#rates.read(Date.now()),
      codec: 'JPEG',
      transport: 'tcp',
    }
  }
}
