// Every camera stream that is wanted now: one owner each, kept while somebody watches and a little longer.
import type { StreamStatus } from '../../contract/index.ts'
import type { Sfu } from '../sfu/sfu.ts'
import { CameraStream } from './camera-stream.ts'
import type { RtspSource } from './session-run.ts'
import { type StreamTiming, streamTiming } from './timing.ts'

export interface IngestOptions {
  sfu: Sfu
  onChange: (key: string) => void
  onError: (error: unknown) => void
  timing?: Partial<StreamTiming>
}

export interface Watch {
  stream: CameraStream
  /** Harmless when called twice. */
  release(): void
}

interface Kept {
  stream: CameraStream
  watchers: number
  lingering: NodeJS.Timeout | null
}

export class Ingest {
  readonly name = 'ingest'
  readonly #options: IngestOptions
  readonly #timing: StreamTiming
  readonly #streams = new Map<string, Kept>()
  readonly #closing = new Set<Promise<void>>()
  #isStopped = false

  constructor(options: IngestOptions) {
    this.#options = options
    this.#timing = { ...streamTiming, ...options.timing }
  }

  async start(): Promise<void> {
    this.#isStopped = false
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    for (const key of this.#streams.keys()) this.#drop(key)
    await Promise.all(this.#closing)
  }

  /** @param key which stream it is, e.g. camera and quality @param source how to ask for it, read before every attempt */
  watch(key: string, source: () => Promise<RtspSource>): Watch {
    const kept = this.#streams.get(key) ?? this.#open(key, source)
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
        if (kept.watchers === 0) kept.lingering = setTimeout(() => this.#drop(key), this.#timing.lingerMs)
      },
    }
  }

  /** null = nobody watches it. */
  status(key: string): StreamStatus | null {
    return this.#streams.get(key)?.stream.status ?? null
  }

  stream(key: string): CameraStream | null {
    return this.#streams.get(key)?.stream ?? null
  }

  /** Keys of every stream that is open, watched or lingering. */
  get open(): string[] {
    return [...this.#streams.keys()]
  }

  #open(key: string, source: () => Promise<RtspSource>): Kept {
    const { sfu, onChange, onError } = this.#options
    const stream = new CameraStream({ source, sfu, timing: this.#timing, onChange: () => onChange(key), onError })
    const kept: Kept = { stream, watchers: 0, lingering: null }
    this.#streams.set(key, kept)
    if (!this.#isStopped) stream.start()
    return kept
  }

  #drop(key: string): void {
    const kept = this.#streams.get(key)
    if (kept === undefined) return
    if (kept.lingering !== null) clearTimeout(kept.lingering)
    this.#streams.delete(key)
    const closing: Promise<void> = kept.stream.close().finally(() => this.#closing.delete(closing))
    this.#closing.add(closing)
  }
}
