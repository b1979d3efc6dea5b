// Every stream that is wanted now: one owner each, kept while somebody watches and a little longer.
import type { StreamStatus } from '../../contract/index.ts'
import type { OwnedStream } from './asking.ts'

export interface Watch<Stream extends OwnedStream> {
  stream: Stream
  /** Harmless when called twice. */
  release(): void
}

interface Kept<Stream> {
  stream: Stream
  watchers: number
  lingering: NodeJS.Timeout | null
}

export class Owners<Stream extends OwnedStream> {
  readonly #lingerMs: number
  readonly #onClosed: (key: string) => void
  readonly #streams = new Map<string, Kept<Stream>>()
  readonly #closing = new Set<Promise<void>>()
  #isStopped = false

  /** @param options.lingerMs how long a stream stays that nobody watches any more @param options.onClosed nothing is left of it */
  constructor(options: { lingerMs: number; onClosed?: (key: string) => void }) {
    this.#lingerMs = options.lingerMs
    this.#onClosed = options.onClosed ?? (() => undefined)
  }

  start(): void {
    this.#isStopped = false
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    for (const key of this.#streams.keys()) this.drop(key)
    await Promise.all(this.#closing)
  }

  /** @param key which stream it is, e.g. camera and quality @param make only where nobody owns it yet */
  watch(key: string, make: () => Stream): Watch<Stream> {
    const kept = this.#streams.get(key) ?? this.#open(key, make())
    kept.watchers += 1
    if (kept.lingering !== null) clearTimeout(kept.lingering)
    kept.lingering = null
    let isHeld = true
    return {
      stream: kept.stream,
      release: () => {
        if (!isHeld) return
        isHeld = false
        kept.watchers -= 1
        if (kept.watchers === 0 && this.#streams.get(key) === kept) kept.lingering = setTimeout(() => this.drop(key), this.#lingerMs)
      },
    }
  }

  /** null = nobody watches it. */
  status(key: string): StreamStatus | null {
    return this.#streams.get(key)?.stream.status ?? null
  }

  stream(key: string): Stream | null {
    return this.#streams.get(key)?.stream ?? null
  }

  /** Keys of every stream that is open, watched or lingering. */
  get open(): string[] {
    return [...this.#streams.keys()]
  }

  /** At once, whoever watches: the camera is asked for in another way now. */
  drop(key: string): void {
    const kept = this.#streams.get(key)
    if (kept === undefined) return
    if (kept.lingering !== null) clearTimeout(kept.lingering)
    this.#streams.delete(key)
    const closing: Promise<void> = kept.stream.close().finally(() => {
      this.#closing.delete(closing)
      this.#onClosed(key)
    })
    this.#closing.add(closing)
  }

  #open(key: string, stream: Stream): Kept<Stream> {
    const kept: Kept<Stream> = { stream, watchers: 0, lingering: null }
    this.#streams.set(key, kept)
    if (!this.#isStopped) stream.start()
    return kept
  }
}
