// One transaction at a time on the only writing connection; what waits together is synced together.
import type { Writes } from './types.ts'
import { endsTransaction } from './sqlite-errors.ts'

interface Job {
  work: (tx: Writes) => Promise<unknown>
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}

/** A group is closed after this many works or this long, in milliseconds, so that nobody waits for a long train. */
const groupLimit = 64
const groupMs = 10

/**
 * Runs works in order, each whole or not at all. Works that wait share one commit (one sync of the disk), each behind its own savepoint;
 * all resolve after the commit is on disk.
 */
export class WriteQueue {
  readonly #connection: Writes
  readonly #explain: (error: unknown) => unknown
  readonly #waiting: Job[] = []
  #running: Promise<void> | null = null
  #isClosed = false

  constructor(options: { connection: Writes; explain: (error: unknown) => unknown }) {
    this.#connection = options.connection
    this.#explain = options.explain
  }

  push<T>(work: (tx: Writes) => Promise<T>): Promise<T> {
    if (this.#isClosed) return Promise.reject(new Error('the store is closed'))
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    this.#waiting.push({ work, resolve: resolve as (value: unknown) => void, reject })
    this.#running ??= this.#drain()
    return promise
  }

  /** Refuses new works and resolves when the last has ended. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#running
  }

  async #drain(): Promise<void> {
    // Works queued in the same turn of the event loop travel together.
    await Promise.resolve()
    while (this.#waiting.length > 0) await this.#group()
    this.#running = null
  }

  async #group(): Promise<void> {
    const done: { job: Job; value: unknown }[] = []
    const taken: Job[] = []
    try {
      await this.#connection.run('BEGIN IMMEDIATE')
      const until = performance.now() + groupMs
      do {
        const job = this.#waiting.shift()
        if (job === undefined) break
        taken.push(job)
        const result = done.length === 0 ? await this.#first(job) : await this.#saved(job)
        if (result !== null) done.push({ job, value: result.value })
      } while (taken.length < groupLimit && performance.now() < until)
      await this.#connection.run(done.length > 0 ? 'COMMIT' : 'ROLLBACK')
    } catch (error) {
      await this.#fail(error, taken)
      return
    }
    for (const { job, value } of done) job.resolve(value)
  }

  /** Nothing stands before it in this transaction, so a refusal rolls back to the beginning and no savepoint is needed. */
  async #first(job: Job): Promise<{ value: unknown } | null> {
    try {
      return { value: await job.work(this.#connection) }
    } catch (error) {
      if (endsTransaction(error)) throw error
      await this.#connection.run('ROLLBACK')
      await this.#connection.run('BEGIN IMMEDIATE')
      job.reject(this.#explain(error))
      return null
    }
  }

  async #saved(job: Job): Promise<{ value: unknown } | null> {
    await this.#connection.run('SAVEPOINT work')
    try {
      const value = await job.work(this.#connection)
      await this.#connection.run('RELEASE work')
      return { value }
    } catch (error) {
      if (endsTransaction(error)) throw error
      await this.#connection.run('ROLLBACK TO work')
      await this.#connection.run('RELEASE work')
      job.reject(this.#explain(error))
      return null
    }
  }

  async #fail(error: unknown, taken: Job[]): Promise<void> {
    // BEGIN itself failed: nobody has been taken, the first in the row is told.
    if (taken.length === 0) taken.push(...this.#waiting.splice(0, 1))
    const told = this.#explain(error)
    for (const job of taken) job.reject(told)
    try {
      await this.#connection.run('ROLLBACK')
    } catch (rollbackError) {
      // SQLite has already rolled back after a full disk or an input/output error; anything else is a bug.
      if (!String(rollbackError).includes('no transaction is active')) throw rollbackError
    }
  }
}
