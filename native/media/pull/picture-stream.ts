// Motion JPEG, or a still image asked for again and again: one owner, which holds the newest picture for whoever watches.
import { StreamError, type StreamEvidence, type StreamStatus } from '../../contract/index.ts'
import { askHttpFor, readAll } from '../../protocols/http/ask.ts'
import { jpegOf, MultipartReader } from '../../protocols/http/multipart.ts'
import { Asking, type Condition, noEvidence, type OwnedStream } from '../ingest/asking.ts'
import { Rates } from '../ingest/rates.ts'
import type { StreamTiming } from '../ingest/timing.ts'
import type { PullSource } from './flv-sources.ts'

export interface PictureStreamOptions {
  source: () => Promise<PullSource>
  /** null = the camera sends them by itself (MJPEG); else how often one is asked for, milliseconds. */
  everyMs: number | null
  timing: StreamTiming
  onChange: () => void
  onError: (error: unknown) => void
}

export interface Picture {
  /** From 1, one more for each. */
  number: number
  bytes: Buffer
}

const stillLimitBytes = 8_000_000

export class PictureStream implements OwnedStream {
  readonly #options: PictureStreamOptions
  readonly #asking: Asking
  readonly #waiting = new Set<() => void>()
  #rates = new Rates()
  #latest: Picture | null = null
  #lastAt: number | null = null

  constructor(options: PictureStreamOptions) {
    this.#options = options
    const { timing, onChange, onError } = options
    const evidence = () => this.#evidence()
    this.#asking = new Asking({ attempt: (call) => this.#attempt(call), evidence, settledMs: timing.settledMs, onChange, onError })
  }

  get status(): StreamStatus {
    return this.#asking.status
  }

  start(): void {
    this.#asking.start()
  }

  async close(): Promise<void> {
    for (const wake of this.#waiting) wake()
    await this.#asking.close()
  }

  retryNow(): void {
    this.#asking.retryNow()
  }

  restart(): void {
    this.#asking.restart()
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

  async #attempt({ signal, onCondition }: { signal: AbortSignal; onCondition: (condition: Condition) => void }): Promise<never> {
    this.#rates = new Rates()
    const over = Promise.withResolvers<never>()
    const ending = new AbortController()
    const startedAt = Date.now()
    const timer = setInterval(() => {
      try {
        const condition = this.#judge(startedAt)
        if (condition !== null) onCondition(condition)
      } catch (error) {
        over.reject(error)
      }
    }, this.#options.timing.tickMs)
    try {
      const both = AbortSignal.any([signal, ending.signal])
      return await Promise.race([this.#options.everyMs === null ? this.#listen(both) : this.#askAgain(both, this.#options.everyMs), over.promise])
    } finally {
      clearInterval(timer)
      ending.abort()
    }
  }

  async #listen(signal: AbortSignal): Promise<never> {
    const { body, headers } = await askHttpFor({ ...(await this.#options.source()), timeoutMs: this.#options.timing.answerMs, signal })
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
    const { answerMs } = this.#options.timing
    for (;;) {
      const { body } = await askHttpFor({ ...(await this.#options.source()), timeoutMs: answerMs, signal })
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
    const { timing, everyMs } = this.#options
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

  #evidence(): StreamEvidence {
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
