// A film on this machine that stands in for a camera in drills: it is there or not, and every page plays it at the same moment.
import { stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { StreamError, type StreamStatus } from '../../contract/index.ts'
import { Asking, type Condition, noEvidence, type OwnedStream } from '../ingest/asking.ts'
import type { StreamTiming } from '../ingest/timing.ts'

export interface FileStreamOptions {
  /** Where films lie; nothing outside is given. */
  folder: string
  /** Name of the file, read before every attempt. */
  source: () => Promise<string>
  timing: StreamTiming
  onChange: () => void
  onError: (error: unknown) => void
}

const lookEveryMs = 5_000

export class FileStream implements OwnedStream {
  readonly #options: FileStreamOptions
  readonly #asking: Asking

  constructor(options: FileStreamOptions) {
    this.#options = options
    const { timing, onChange, onError } = options
    this.#asking = new Asking({ attempt: (call) => this.#attempt(call), evidence: () => noEvidence, settledMs: timing.settledMs, onChange, onError })
  }

  get status(): StreamStatus {
    return this.#asking.status
  }

  start(): void {
    this.#asking.start()
  }

  close(): Promise<void> {
    return this.#asking.close()
  }

  retryNow(): void {
    this.#asking.retryNow()
  }

  restart(): void {
    this.#asking.restart()
  }

  /** @throws StreamError no-such-stream */
  async find(): Promise<{ path: string; bytes: number }> {
    // The name alone: no address leads out of the folder.
    const path = join(this.#options.folder, basename(await this.#options.source()))
    const found = await stat(path).catch(() => null)
    if (found === null || !found.isFile()) throw new StreamError('no-such-stream')
    return { path, bytes: found.size }
  }

  async #attempt({ signal, onCondition }: { signal: AbortSignal; onCondition: (condition: Condition) => void }): Promise<never> {
    for (;;) {
      await this.find()
      onCondition({ state: 'live', fault: null })
      await sleep(lookEveryMs, null, { signal }).catch(() => {
        throw new StreamError('connection-lost')
      })
    }
  }
}
