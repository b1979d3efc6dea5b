// The store of one data directory: one writing connection behind a queue, three for reading, WAL with synchronous FULL.
import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { EpochMs, Health } from '../contract/index.ts'
import { Connection } from './database.ts'
import { migrate, type Migration, readMigrations } from './migrate.ts'
import { storeError } from './sqlite-errors.ts'
import type { SqlParams, SqlValue, Store, Writes } from './types.ts'
import { WriteQueue } from './write-queue.ts'

const readers = 3
export const databaseName = 'wanglou.db'
export const migrationsFolder = new URL('./migrations/', import.meta.url)

export interface StoreOptions {
  /** The data directory; made when absent. */
  directory: string
  /** Default: the numbered files of this folder's `migrations/`. */
  migrations?: readonly Migration[]
  now?: () => EpochMs
  /** Only tests set another: NORMAL to show what it would lose at a power cut, OFF to open many stations. */
  synchronous?: 'FULL' | 'NORMAL' | 'OFF'
}

export interface StoreInfo {
  /** Version of SQLite, e.g. `3.52.0`. */
  sqlite: string
  /** Number of migrations applied. */
  schema: number
  /** Size of the database and its write-ahead log in bytes. */
  bytes: number
}

export class SqliteStore implements Store {
  readonly directory: string
  readonly path: string
  readonly #writer: Connection
  readonly #readers: readonly Connection[]
  readonly #queue: WriteQueue
  readonly #now: () => EpochMs
  #turn = 0
  #trouble: Health | null = null

  private constructor(options: { directory: string; path: string; writer: Connection; readers: readonly Connection[]; now: () => EpochMs }) {
    this.directory = options.directory
    this.path = options.path
    this.#writer = options.writer
    this.#readers = options.readers
    this.#now = options.now
    this.#queue = new WriteQueue({ connection: options.writer, explain: (error) => this.#explain(error) })
  }

  /** Opens, migrates and readies the database. Throws READ_ONLY, DISK_FULL, DATABASE_CORRUPT, DATABASE_NEWER, DATABASE_BUSY. */
  static async open(options: StoreOptions): Promise<SqliteStore> {
    const path = join(options.directory, databaseName)
    const opened: Connection[] = []
    try {
      await mkdir(options.directory, { recursive: true })
      const writer = await Connection.open(path, { isReadOnly: false })
      opened.push(writer)
      await ready(writer, options.synchronous ?? 'FULL')
      await migrate(writer, options.migrations ?? (await readMigrations(migrationsFolder)), (name) => copyAside(writer, options.directory, name))
      for (let index = 0; index < readers; index += 1) {
        const reader = await Connection.open(path, { isReadOnly: true })
        opened.push(reader)
        await reader.exec('PRAGMA query_only = ON; PRAGMA cache_size = -8000; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0')
      }
      return new SqliteStore({ directory: options.directory, path, writer, readers: opened.slice(1), now: options.now ?? Date.now })
    } catch (error) {
      for (const connection of opened.reverse()) await connection.close()
      throw storeError(error, options.directory)
    }
  }

  async all<Row = Record<string, SqlValue>>(sql: string, params: SqlParams = []): Promise<Row[]> {
    this.#turn = (this.#turn + 1) % this.#readers.length
    const reader = this.#readers[this.#turn] ?? this.#writer
    try {
      return await reader.all<Row>(sql, params)
    } catch (error) {
      throw this.#explain(error)
    }
  }

  async get<Row = Record<string, SqlValue>>(sql: string, params: SqlParams = []): Promise<Row | null> {
    return (await this.all<Row>(sql, params))[0] ?? null
  }

  async write<T>(work: (tx: Writes) => Promise<T>): Promise<T> {
    const value = await this.#queue.push(work)
    this.#trouble = null
    return value
  }

  async info(): Promise<StoreInfo> {
    const version = await this.get<{ version: string }>('SELECT sqlite_version() AS version')
    const schema = await this.get<{ count: number }>('SELECT count(*) AS count FROM _migrations')
    return { sqlite: version?.version ?? '', schema: schema?.count ?? 0, bytes: (await size(this.path)) + (await size(`${this.path}-wal`)) }
  }

  /** How the store stands: whether the last write went through and, if not, what to do. */
  health(): Health[] {
    const now = this.#now()
    const fine: Health = { subject: 'store', state: 'ok', since: now, lastEvidenceAt: now, reason: 'store.ok', params: {}, nextStep: null, capability: null }
    return [this.#trouble ?? fine]
  }

  /** Lets the queue run dry, folds the write-ahead log into the database and closes. */
  async close(): Promise<void> {
    await this.#queue.close()
    for (const reader of this.#readers) await reader.close()
    await this.#writer.close()
  }

  #explain(error: unknown): unknown {
    const told = storeError(error, this.directory)
    const code = (told as { code?: string } | null)?.code
    const reasons: Record<string, string> = { DISK_FULL: 'store.full', READ_ONLY: 'store.readOnly', DATABASE_CORRUPT: 'store.corrupt' }
    const reason = code === undefined ? undefined : reasons[code]
    if (reason !== undefined) {
      const since = this.#trouble?.reason === reason ? this.#trouble.since : this.#now()
      this.#trouble = { subject: 'store', state: 'down', since, lastEvidenceAt: this.#now(), reason, params: {}, nextStep: `${reason}.next`, capability: 'writing' }
    }
    return told
  }
}

async function ready(writer: Connection, synchronous: 'FULL' | 'NORMAL' | 'OFF'): Promise<void> {
  await writer.exec('PRAGMA journal_mode = WAL')
  await writer.exec(`PRAGMA synchronous = ${synchronous}; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000`)
}

/** A whole copy of the database under `copies/`, named after what it precedes and the time. */
async function copyAside(writer: Connection, directory: string, name: string): Promise<void> {
  const folder = join(directory, 'copies')
  await mkdir(folder, { recursive: true })
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-')
  await writer.run('VACUUM INTO ?', [join(folder, `${name}-${stamp}.db`)])
}

async function size(path: string): Promise<number> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0
    throw error
  }
}
