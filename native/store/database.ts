// SQLite behind one file: one writing connection with a queue, three reading ones; the only importer of sqlite3.
import sqlite3 from 'sqlite3'
import { WanglouError } from '../contract/index.ts'
import type { Reads, SqlParams, SqlValue, Store, Writes } from './types.ts'

const readers = 3
/** How long a connection waits for another program's lock before it gives up. */
const busyTimeoutMs = 5_000

export class Database implements Store {
  readonly #writer: sqlite3.Database
  readonly #readers: sqlite3.Database[]
  #turn = 0
  #queue: Promise<unknown> = Promise.resolve()
  #isClosed = false

  private constructor(writer: sqlite3.Database, reading: sqlite3.Database[]) {
    this.#writer = writer
    this.#readers = reading
  }

  /** Opens or creates the file. Throws READ_ONLY, DISK_FULL, DATABASE_CORRUPT, DATABASE_BUSY. */
  static async open(options: { file: string }): Promise<Database> {
    const writer = await connect(options.file, sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE)
    try {
      await execute(writer, 'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=OFF; PRAGMA temp_store=MEMORY;')
      const reading = await Promise.all(Array.from({ length: readers }, () => connect(options.file, sqlite3.OPEN_READONLY)))
      return new Database(writer, reading)
    } catch (error) {
      await closeConnection(writer)
      throw error
    }
  }

  all<Row = Record<string, SqlValue>>(sql: string, params: SqlParams = []): Promise<Row[]> {
    return query<Row>(this.#reader(), sql, params)
  }

  async get<Row = Record<string, SqlValue>>(sql: string, params: SqlParams = []): Promise<Row | null> {
    return (await query<Row>(this.#reader(), sql, params))[0] ?? null
  }

  write<T>(work: (tx: Writes) => Promise<T>): Promise<T> {
    const result = this.#queue.then(() => this.#transaction(work))
    this.#queue = result.catch(() => undefined)
    return result
  }

  /** Waits for the queue, then closes every connection. */
  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    await this.#queue
    await Promise.all(this.#readers.map(closeConnection))
    await closeConnection(this.#writer)
  }

  #reader(): sqlite3.Database {
    this.#turn = (this.#turn + 1) % this.#readers.length
    const reader = this.#readers[this.#turn]
    if (reader === undefined) throw new Error('no reading connection')
    return reader
  }

  async #transaction<T>(work: (tx: Writes) => Promise<T>): Promise<T> {
    await execute(this.#writer, 'BEGIN IMMEDIATE')
    try {
      const value = await work(writes(this.#writer))
      await execute(this.#writer, 'COMMIT')
      return value
    } catch (error) {
      await execute(this.#writer, 'ROLLBACK').catch(() => undefined)
      throw error
    }
  }
}

function writes(connection: sqlite3.Database): Writes {
  const reads: Reads = {
    all: (sql, params = []) => query(connection, sql, params),
    get: async <Row>(sql: string, params: SqlParams = []) => (await query<Row>(connection, sql, params))[0] ?? null,
  }
  return {
    ...reads,
    exec: (sql) => execute(connection, sql),
    run: (sql, params = []) =>
      new Promise((resolve, reject) => {
        connection.run(sql, params, function (this: sqlite3.RunResult, error: Error | null) {
          if (error === null) resolve({ changes: this.changes })
          else reject(translated(error))
        })
      }),
  }
}

function connect(file: string, mode: number): Promise<sqlite3.Database> {
  return new Promise((resolve, reject) => {
    const connection = new sqlite3.Database(file, mode, (error) => {
      if (error !== null) return reject(translated(error))
      connection.configure('busyTimeout', busyTimeoutMs)
      resolve(connection)
    })
  })
}

function query<Row>(connection: sqlite3.Database, sql: string, params: SqlParams): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    connection.all(sql, params, (error: Error | null, rows: Row[]) => (error === null ? resolve(rows) : reject(translated(error))))
  })
}

function execute(connection: sqlite3.Database, sql: string): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.exec(sql, (error) => (error === null ? resolve() : reject(translated(error))))
  })
}

function closeConnection(connection: sqlite3.Database): Promise<void> {
  return new Promise((resolve, reject) => connection.close((error) => (error === null ? resolve() : reject(translated(error)))))
}

/** SQLite's own code as one of ours; a fault of our SQL stays what it is. */
function translated(error: Error & { code?: string }): Error {
  switch (error.code) {
    case 'SQLITE_FULL':
      return new WanglouError('DISK_FULL', {}, { cause: error })
    case 'SQLITE_READONLY':
    case 'SQLITE_CANTOPEN':
      return new WanglouError('READ_ONLY', {}, { cause: error })
    case 'SQLITE_CORRUPT':
    case 'SQLITE_NOTADB':
      return new WanglouError('DATABASE_CORRUPT', {}, { cause: error })
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
      return new WanglouError('DATABASE_BUSY', {}, { cause: error })
    default:
      return error
  }
}
