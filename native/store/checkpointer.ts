// Folds the write-ahead log into the database beside the writer, so that nobody's commit has to wait for it.
import { stat } from 'node:fs/promises'
import type { Connection } from './database.ts'

/** The log is folded in when it has grown beyond this; bytes. */
const foldBeyondBytes = 4 * 1024 * 1024
/** At most one look in this time, in milliseconds. */
const lookEveryMs = 200

export class Checkpointer {
  readonly #connection: Connection
  readonly #log: string
  #running: Promise<void> | null = null
  #lookedAt = 0
  /** Why folding failed; null while it goes well. The log only grows meanwhile, and the writer folds it in itself when it is very large. */
  failure: unknown = null

  /** @param path the database file */
  constructor(connection: Connection, path: string) {
    this.#connection = connection
    this.#log = `${path}-wal`
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
      if ((await stat(this.#log)).size < foldBeyondBytes) return
      await this.#connection.all('PRAGMA wal_checkpoint(PASSIVE)')
      this.failure = null
    } catch (error) {
      this.failure = error
    }
  }
}
