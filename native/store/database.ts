// One connection to SQLite; the only file that knows the driver.
import { pathToFileURL } from 'node:url'
import sqlite3 from 'sqlite3'
import type { SqlParams, SqlValue, Writes } from './types.ts'

/** Statements kept prepared for each connection. */
const statementLimit = 256

export interface ConnectionOptions {
  isReadOnly: boolean
  /** How long a statement waits for another program's lock, in milliseconds. */
  busyTimeoutMs?: number
}

/** One connection; statements run one after another in the order of the calls, off the event loop. */
export class Connection implements Writes {
  readonly #database: sqlite3.Database
  readonly #statements = new Map<string, sqlite3.Statement>()
  /** What has been asked and not answered. */
  readonly #pending = new Set<Promise<unknown>>()
  #isClosed = false

  private constructor(database: sqlite3.Database) {
    this.#database = database
  }

  /** Opens (and, unless read-only, creates) the file. Throws the driver's error with its `SQLITE_…` code. */
  static async open(path: string, options: ConnectionOptions): Promise<Connection> {
    const mode = options.isReadOnly ? sqlite3.OPEN_READONLY : sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE
    const { promise, resolve, reject } = Promise.withResolvers<sqlite3.Database>()
    const database = new sqlite3.Database(path, mode, (error) => (error ? reject(error) : resolve(database)))
    const connection = new Connection(await promise)
    database.configure('busyTimeout', options.busyTimeoutMs ?? 5_000)
    return connection
  }

  /** Opens a stranger's file for reading only: nothing is written beside it, and its schema is not trusted. */
  static async openForeign(path: string): Promise<Connection> {
    const { promise, resolve, reject } = Promise.withResolvers<sqlite3.Database>()
    const mode = sqlite3.OPEN_READONLY | sqlite3.OPEN_URI
    const database = new sqlite3.Database(`${pathToFileURL(path).href}?immutable=1`, mode, (error) => (error ? reject(error) : resolve(database)))
    const connection = new Connection(await promise)
    await connection.exec('PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA query_only = ON')
    return connection
  }

  all<Row = Record<string, SqlValue>>(sql: string, params: SqlParams = []): Promise<Row[]> {
    return this.#with(sql, (statement, resolve: (rows: Row[]) => void, reject) => {
      statement.all<Row>(params as SqlValue[], (error, rows) => (error ? reject(error) : resolve(rows)))
    })
  }

  async get<Row = Record<string, SqlValue>>(sql: string, params: SqlParams = []): Promise<Row | null> {
    return (await this.all<Row>(sql, params))[0] ?? null
  }

  run(sql: string, params: SqlParams = []): Promise<{ changes: number }> {
    return this.#with(sql, (statement, resolve: (result: { changes: number }) => void, reject) => {
      statement.run(params as SqlValue[], function (this: sqlite3.RunResult, error: Error | null) {
        if (error) reject(error)
        else resolve({ changes: this.changes })
      })
    })
  }

  exec(sql: string): Promise<void> {
    return this.#track(() => {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      this.#database.exec(sql, (error) => (error ? reject(error) : resolve()))
      return promise
    })
  }

  /** Stops what is running; it rejects with SQLITE_INTERRUPT. */
  interrupt(): void {
    this.#database.interrupt()
  }

  /** Answers what has been asked, refuses what is asked from now on, and closes. */
  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.allSettled(this.#pending)
    for (const statement of this.#statements.values()) statement.finalize()
    this.#statements.clear()
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.#database.close((error) => (error ? reject(error) : resolve()))
    await promise
  }

  /** A statement still being prepared while the database closes would make SQLite refuse to close it. */
  async #track<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new Error('the connection is closed')
    const pending = work()
    this.#pending.add(pending)
    try {
      return await pending
    } finally {
      this.#pending.delete(pending)
    }
  }

  #with<T>(sql: string, act: (statement: sqlite3.Statement, resolve: (value: T) => void, reject: (error: Error) => void) => void): Promise<T> {
    return this.#track(async () => {
      const statement = this.#statements.get(sql) ?? (await this.#prepare(sql))
      const { promise, resolve, reject } = Promise.withResolvers<T>()
      act(statement, resolve, reject)
      return promise
    })
  }

  async #prepare(sql: string): Promise<sqlite3.Statement> {
    const { promise, resolve, reject } = Promise.withResolvers<sqlite3.Statement>()
    const statement = this.#database.prepare(sql, (error: Error | null) => (error ? reject(error) : resolve(statement)))
    await promise
    const known = this.#statements.get(sql)
    if (known !== undefined) {
      statement.finalize()
      return known
    }
    this.#statements.set(sql, statement)
    const [oldest] = this.#statements
    if (this.#statements.size > statementLimit && oldest !== undefined) {
      this.#statements.delete(oldest[0])
      oldest[1].finalize()
    }
    return statement
  }
}
