// One transaction at a time on the only writing connection; what waits together is synced together, and what can be made again is not synced at all.
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

/** FULL: a commit is on disk before it is told. NORMAL: it is whole, but a power cut may take the last of them. OFF: tests that open many stations. */
export type Synchronous = 'FULL' | 'NORMAL' | 'OFF'

/**
 * Runs works in order, each whole or not at all. Works that wait share one commit (one sync of the disk), each behind its own savepoint;
 * all resolve after the commit is on disk. Derived works go one by one between them, in commits of their own that do not wait for the disk:
 * the next commit that does covers them, because the log is one file and is synced from its beginning.
 */
export class WriteQueue {
  readonly #connection: Writes
  readonly #explain: (error: unknown) => unknown
  readonly #levels: { acts: Synchronous; derived: Synchronous }
  readonly #waiting: Job[] = []
  readonly #derived: Job[] = []
  #level: Synchronous
  #holding: Promise<unknown> | null = null
  #running: Promise<void> | null = null
  #isClosed = false

  /** @param options.synchronous the level the connection is at; derived works are committed at NORMAL where it is FULL */
  constructor(options: { connection: Writes; synchronous: Synchronous; explain: (error: unknown) => unknown }) {
    this.#connection = options.connection
    this.#explain = options.explain
    this.#level = options.synchronous
    this.#levels = { acts: options.synchronous, derived: options.synchronous === 'FULL' ? 'NORMAL' : options.synchronous }
  }

  push<T>(work: (tx: Writes) => Promise<T>): Promise<T> {
    return this.#enter(this.#waiting, work)
  }

  /** Resolves when it is committed, which is before it is on disk. */
  pushDerived<T>(work: (tx: Writes) => Promise<T>): Promise<T> {
    return this.#enter(this.#derived, work)
  }

  /** Derived works wait until this is done; acts do not. */
  async holdDerived<T>(work: () => Promise<T>): Promise<T> {
    const held = work()
    this.#holding = held
    try {
      return await held
    } finally {
      this.#holding = null
      this.#running ??= this.#drain()
    }
  }

  #enter<T>(jobs: Job[], work: (tx: Writes) => Promise<T>): Promise<T> {
    if (this.#isClosed) return Promise.reject(new Error('the store is closed'))
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    jobs.push({ work, resolve: resolve as (value: unknown) => void, reject })
    this.#running ??= this.#drain()
    return promise
  }

  /** Refuses new works and resolves when the last has ended. */
  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.allSettled([this.#holding])
    await this.#running
  }

  async #drain(): Promise<void> {
    // Works queued in the same turn of the event loop travel together.
    await Promise.resolve()
    for (;;) {
      // One between two groups: acts never wait for more, and it is never starved.
      const derived = this.#holding === null ? this.#derived.splice(0, 1) : []
      if (this.#waiting.length + derived.length === 0) break
      if (this.#waiting.length > 0) await this.#group(this.#waiting, this.#levels.acts)
      if (derived.length > 0) await this.#group(derived, this.#levels.derived)
    }
    this.#running = null
  }

  async #group(jobs: Job[], level: Synchronous): Promise<void> {
    const done: { job: Job; value: unknown }[] = []
    const taken: Job[] = []
    try {
      await this.#setLevel(level)
      await this.#connection.run('BEGIN IMMEDIATE')
      const until = performance.now() + groupMs
      do {
        const job = jobs.shift()
        if (job === undefined) break
        taken.push(job)
        const result = done.length === 0 ? await this.#first(job) : await this.#saved(job)
        if (result !== null) done.push({ job, value: result.value })
      } while (taken.length < groupLimit && performance.now() < until)
      await this.#connection.run(done.length > 0 ? 'COMMIT' : 'ROLLBACK')
    } catch (error) {
      await this.#fail(error, taken, jobs)
      return
    }
    for (const { job, value } of done) job.resolve(value)
  }

  /** Outside a transaction alone: SQLite refuses it inside one. */
  async #setLevel(level: Synchronous): Promise<void> {
    if (level === this.#level) return
    await this.#connection.run(`PRAGMA synchronous = ${level}`)
    this.#level = level
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

  async #fail(error: unknown, taken: Job[], jobs: Job[]): Promise<void> {
    // BEGIN itself failed: nobody has been taken, the first in the row is told.
    if (taken.length === 0) taken.push(...jobs.splice(0, 1))
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
