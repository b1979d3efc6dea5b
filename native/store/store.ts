// The store of one data directory: one writing connection behind a queue, three for reading, WAL with synchronous FULL.
import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { EpochMs, Health } from '../contract/index.ts'
import { Checkpointer } from './checkpointer.ts'
import { copyDatabase, copyFolders, stamp } from './copy.ts'
import { Connection } from './database.ts'
import { migrate, type Migration, readMigrations } from './migrate.ts'
import { acknowledgeRestored, readRestored, type Restored, restoredHealth, setAsideAndRestore, suspect, suspectedFaults } from './restore.ts'
import { storeError } from './sqlite-errors.ts'
import type { SqlParams, SqlValue, Store, Writes } from './types.ts'
import { type Synchronous, WriteQueue } from './write-queue.ts'

const readerCount = 3
/** The log is folded in beside the writer; only beyond this many pages of 4 KiB does the writer do it itself. */
const writerFoldsBeyondPages = 16_000
export const databaseName = 'wanglou.db'
export const migrationsFolder = new URL('./migrations/', import.meta.url)

export interface StoreOptions {
  /** The data directory; made when absent. */
  directory: string
  /** Default: the numbered files of this folder's `migrations/`. */
  migrations?: readonly Migration[]
  now?: () => EpochMs
  /** Only tests set another: NORMAL to show what it would lose at a power cut, OFF to open many stations. */
  synchronous?: Synchronous
}

export interface StoreInfo {
  /** Version of SQLite, e.g. `3.52.0`. */
  sqlite: string
  /** Number of migrations applied. */
  schema: number
  /** Size of the database and its write-ahead log in bytes. */
  bytes: number
}

interface Reader {
  connection: Connection
  /** Questions it has not answered yet. */
  waiting: number
}

export class SqliteStore implements Store {
  readonly directory: string
  readonly path: string
  readonly #writer: Connection
  readonly #readers: readonly Reader[]
  readonly #queue: WriteQueue
  readonly #checkpointer: Checkpointer
  readonly #now: () => EpochMs
  #noting: Promise<unknown> = Promise.resolve()
  #restored: Restored | null
  #trouble: Health | null = null

  private constructor(options: {
    directory: string
    path: string
    writer: Connection
    readers: readonly Connection[]
    folder: Connection
    synchronous: Synchronous
    now: () => EpochMs
    restored: Restored | null
  }) {
    this.directory = options.directory
    this.path = options.path
    this.#writer = options.writer
    this.#readers = options.readers.map((connection) => ({ connection, waiting: 0 }))
    this.#now = options.now
    this.#restored = options.restored
    this.#queue = new WriteQueue({
      connection: options.writer,
      synchronous: options.synchronous,
      explain: (error) => this.#explain(error),
    })
    this.#checkpointer = new Checkpointer(options.folder, (work) => this.#queue.holdDerived(work))
  }

  /**
   * Opens, migrates and readies the database; a corrupt one is set aside and the newest whole copy takes its place (see `restored`).
   * Throws READ_ONLY, DISK_FULL, DATABASE_NEWER, DATABASE_BUSY.
   */
  static async open(options: StoreOptions): Promise<SqliteStore> {
    const { directory } = options
    const path = join(directory, databaseName)
    const now = options.now ?? Date.now
    try {
      await mkdir(directory, { recursive: true })
      const faults = await suspectedFaults(directory, path)
      if (faults.length > 0) await setAsideAndRestore({ directory, path, faults, now: now() })
      const connections = await connect(path, options)
      const synchronous = options.synchronous ?? 'FULL'
      return new SqliteStore({ directory, path, ...connections, synchronous, now, restored: await readRestored(directory) })
    } catch (error) {
      throw storeError(error, directory)
    }
  }

  async all<Row = Record<string, SqlValue>>(sql: string, params: SqlParams = []): Promise<Row[]> {
    // The first idle one, so that its pages are warm and nothing waits behind a long question while another stands idle.
    const reader = this.#readers.reduce((least, one) => (one.waiting < least.waiting ? one : least))
    reader.waiting += 1
    try {
      return await reader.connection.all<Row>(sql, params)
    } catch (error) {
      throw this.#explain(error)
    } finally {
      reader.waiting -= 1
    }
  }

  async get<Row = Record<string, SqlValue>>(sql: string, params: SqlParams = []): Promise<Row | null> {
    return (await this.all<Row>(sql, params))[0] ?? null
  }

  write<T>(work: (tx: Writes) => Promise<T>): Promise<T> {
    return this.#written(this.#queue.push(work))
  }

  writeDerived<T>(work: (tx: Writes) => Promise<T>): Promise<T> {
    return this.#written(this.#queue.pushDerived(work))
  }

  async #written<T>(writing: Promise<T>): Promise<T> {
    const value = await writing
    this.#trouble = null
    this.#checkpointer.look()
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
    const fine: Health = {
      subject: 'store',
      state: 'ok',
      since: now,
      lastEvidenceAt: now,
      reason: 'store.ok',
      params: {},
      nextStep: null,
      capability: null,
    }
    return [this.#trouble ?? fine, ...(this.#restored === null ? [] : [restoredHealth(this.#restored)])]
  }

  /** What was done about a corrupt database at this start or an earlier one; null once acknowledged. */
  get restored(): Restored | null {
    return this.#restored
  }

  /** Somebody has read what was done. */
  async acknowledgeRestored(): Promise<void> {
    await acknowledgeRestored(this.directory)
    this.#restored = null
  }

  /** Lets the queue run dry, folds the write-ahead log into the database and closes. */
  async close(): Promise<void> {
    await this.#queue.close()
    await this.#noting
    await this.#checkpointer.close()
    for (const { connection } of this.#readers) await connection.close()
    await this.#writer.close()
  }

  #explain(error: unknown): unknown {
    const told = storeError(error, this.directory)
    const code = (told as { code?: string } | null)?.code
    const reasons: Record<string, string> = { DISK_FULL: 'store.full', READ_ONLY: 'store.readOnly', DATABASE_CORRUPT: 'store.corrupt' }
    const reason = code === undefined ? undefined : reasons[code]
    // Should the note fail too (a full disk), a small database is checked at the next start anyway and a large one in the night.
    if (code === 'DATABASE_CORRUPT') this.#noting = suspect(this.directory).catch((failure: unknown) => failure)
    if (reason !== undefined) {
      const since = this.#trouble?.reason === reason ? this.#trouble.since : this.#now()
      this.#trouble = {
        subject: 'store',
        state: 'down',
        since,
        lastEvidenceAt: this.#now(),
        reason,
        params: {},
        nextStep: `${reason}.next`,
        capability: 'writing',
      }
    }
    return told
  }
}

/** The connections of an open, migrated database; closes what it opened when it fails. */
async function connect(path: string, options: StoreOptions): Promise<{ writer: Connection; readers: Connection[]; folder: Connection }> {
  const opened: Connection[] = []
  try {
    const writer = await Connection.open(path, { isReadOnly: false })
    opened.push(writer)
    await writer.exec('PRAGMA journal_mode = WAL')
    await writer.exec(
      `PRAGMA synchronous = ${options.synchronous ?? 'FULL'}; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = ${writerFoldsBeyondPages}`,
    )
    await migrate(writer, options.migrations ?? (await readMigrations(migrationsFolder)), (name) =>
      copyDatabase(path, join(options.directory, copyFolders.copies, `${name}-${stamp(Date.now())}.db`)),
    )
    const readers: Connection[] = []
    for (let index = 0; index < readerCount; index += 1) {
      const reader = await Connection.open(path, { isReadOnly: true })
      opened.push(reader)
      readers.push(reader)
      await reader.exec('PRAGMA query_only = ON; PRAGMA cache_size = -8000; PRAGMA temp_store = MEMORY')
    }
    const folder = await Connection.open(path, { isReadOnly: false })
    opened.push(folder)
    await folder.exec(`PRAGMA synchronous = ${options.synchronous ?? 'FULL'}`)
    return { writer, readers, folder }
  } catch (error) {
    for (const connection of opened.reverse()) await connection.close()
    throw error
  }
}

async function size(path: string): Promise<number> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0
    throw error
  }
}
