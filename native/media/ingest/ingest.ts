// Every RTSP camera that is brought into the SFU now.
import type { StreamStatus } from '../../contract/index.ts'
import type { Sfu } from '../sfu/sfu.ts'
import { CameraStream } from './camera-stream.ts'
import { Owners, type Watch as WatchOf } from './owners.ts'
import type { RtspSource } from './session-run.ts'
import { type StreamTiming, streamTiming } from './timing.ts'

export interface IngestOptions {
  sfu: Sfu
  onChange: (key: string) => void
  /** Nobody watches it any more, and nothing is left of it. */
  onClosed?: (key: string) => void
  onError: (error: unknown) => void
  timing?: Partial<StreamTiming>
}

export type Watch = WatchOf<CameraStream>

export class Ingest {
  readonly name = 'ingest'
  readonly #options: IngestOptions
  readonly #timing: StreamTiming
  readonly #owners: Owners<CameraStream>

  constructor(options: IngestOptions) {
    this.#options = options
    this.#timing = { ...streamTiming, ...options.timing }
    this.#owners = new Owners({ lingerMs: this.#timing.lingerMs, ...(options.onClosed === undefined ? {} : { onClosed: options.onClosed }) })
  }

  async start(): Promise<void> {
    this.#owners.start()
  }

  stop(): Promise<void> {
    return this.#owners.stop()
  }

  /** @param key which stream it is, e.g. camera and quality @param source how to ask for it, read before every attempt */
  watch(key: string, source: () => Promise<RtspSource>): Watch {
    const { sfu, onChange, onError } = this.#options
    return this.#owners.watch(key, () => new CameraStream({ source, sfu, timing: this.#timing, onChange: () => onChange(key), onError }))
  }

  /** null = nobody watches it. */
  status(key: string): StreamStatus | null {
    return this.#owners.status(key)
  }

  stream(key: string): CameraStream | null {
    return this.#owners.stream(key)
  }

  drop(key: string): void {
    this.#owners.drop(key)
  }

  /** Keys of every stream that is open, watched or lingering. */
  get open(): string[] {
    return this.#owners.open
  }
}
