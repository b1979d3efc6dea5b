// Folds the write-ahead log into the database beside the writer, so that nobody's commit has to wait for it.
import type { Connection } from './database.ts'

/** Pages of 4 KiB not yet folded in that make it worth while: a page written often is folded in once. */
const foldBeyondPages = 8_000
/** At most one look in this time, in milliseconds. */
const lookEveryMs = 200

interface Log {
  /** Pages in the log, and how many of them are folded in. */
  log: number
  checkpointed: number
}

export class Checkpointer {
  readonly #connection: Connection
  readonly #hold: (work: () => Promise<unknown>) => Promise<unknown>
  #running: Promise<void> | null = null
  #lookedAt = 0
  /** Why folding failed; null while it goes well. The log only grows meanwhile, and the writer folds it in itself when it is very large. */
  failure: unknown = null

  /** @param hold does a work while only acts are written */
  constructor(connection: Connection, hold: (work: () => Promise<unknown>) => Promise<unknown>) {
    this.#connection = connection
    this.#hold = hold
  }

  /** Called after each commit. */
  look(): void {
    const now = performance.now()
    if (this.#running !== null || now - this.#lookedAt < lookEveryMs) return
    this.#lookedAt = now
    this.#running = this.#fold().finally(() => (this.#running = null))
  }

  async close(): Promise<void> {
    await this.#running
    await this.#connection.close()
  }

  async #fold(): Promise<void> {
    try {
      if (unfolded(await this.#checkpoint('NOOP')) >= foldBeyondPages) await this.#hold(() => this.#foldWhole())
      this.failure = null
    } catch (error) {
      this.failure = error
    }
  }

  /**
   * SQLite begins the log anew only when all of it has been folded in, which under a long load beside it never happens: so the load is held meanwhile.
   * What was being written when it was held comes with the second round.
   */
  async #foldWhole(): Promise<void> {
    for (let round = 0; round < 2; round += 1) {
      await this.#checkpoint('PASSIVE')
      if (unfolded(await this.#checkpoint('NOOP')) === 0) return
    }
  }

  async #checkpoint(mode: 'NOOP' | 'PASSIVE'): Promise<Log> {
    return (await this.#connection.get<Log & { busy: number }>(`PRAGMA wal_checkpoint(${mode})`)) ?? { log: 0, checkpointed: 0 }
  }
}

function unfolded({ log, checkpointed }: Log): number {
  return log - checkpointed
}
