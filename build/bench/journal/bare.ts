// The bare thing the journal is measured against: the same driver and settings writing the same rows (entry, cells, row) by hand into the same tables.
// What it leaves out is what the journal adds: reading heads, bases, rules, hashes, chains, conflicts, savepoints, the change feed.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { boatMigrations } from '../../../native/journal/testing/boats.ts'
import { Connection } from '../../../native/store/database.ts'
import { migrate } from '../../../native/store/migrate.ts'

const columns = ['name', 'length', 'crew', 'isReady', 'kit', 'seenAt', 'phone'] as const

export interface BoatAct {
  row: string
  set: Record<string, string | number | boolean | null | { [key: string]: number }>
}

export class Bare {
  readonly connection: Connection
  readonly #directory: string
  #seq = 0

  private constructor(connection: Connection, directory: string) {
    this.connection = connection
    this.#directory = directory
  }

  static async open(): Promise<Bare> {
    const directory = await mkdtemp(join(tmpdir(), 'wanglou-bare-'))
    const connection = await Connection.open(join(directory, 'bare.db'), { isReadOnly: false })
    await connection.exec('PRAGMA journal_mode = WAL')
    await connection.exec('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000')
    await migrate(connection, await boatMigrations(), () => Promise.resolve())
    return new Bare(connection, directory)
  }

  /** One act, one transaction, one sync. */
  async write(act: BoatAct): Promise<void> {
    await this.connection.run('BEGIN IMMEDIATE')
    this.#seq += 1
    const now = Date.now()
    await this.connection.run(entrySql, [
      this.#seq,
      1,
      station,
      'shared',
      this.#seq,
      now,
      0,
      now,
      now,
      null,
      'person',
      'boats.write',
      'boats',
      act.row,
      bodyOf(act),
      hash,
      hash,
      0,
    ])
    await this.connection.run(cellsSql, [JSON.stringify(cellsOf(act, this.#seq))])
    await this.connection.run(upsert, [act.row, ...columns.map((name) => plain(act.set[name] ?? null))])
    await this.connection.run('COMMIT')
  }

  /** Many acts in one transaction, each table in one bulk statement: the fastest way this driver has. */
  async writeAll(acts: readonly BoatAct[]): Promise<void> {
    await this.connection.run('BEGIN IMMEDIATE')
    const now = Date.now()
    const first = this.#seq + 1
    const entries = acts.map((act, index) => [
      first + index,
      1,
      station,
      'shared',
      first + index,
      now,
      0,
      now,
      now,
      null,
      'person',
      'boats.write',
      'boats',
      act.row,
      bodyOf(act),
      hashText,
      hashText,
      0,
    ])
    this.#seq += acts.length
    await this.connection.run(entriesSql, [JSON.stringify(entries)])
    await this.connection.run(cellsSql, [JSON.stringify(acts.flatMap((act, index) => cellsOf(act, first + index)))])
    await this.connection.run(bulkUpsert, [JSON.stringify(acts.map((act) => [act.row, ...columns.map((name) => act.set[name] ?? null)]))])
    await this.connection.run('COMMIT')
  }

  async close(): Promise<void> {
    await this.connection.close()
    await rm(this.#directory, { recursive: true, force: true })
  }
}

const station = '01890000-0000-7000-8000-000000000000'
const hash = Buffer.alloc(32, 7)
const hashText = hash.toString('hex')
const entryColumns =
  'arrival, v, station, scope, seq, hlcMs, hlcCounter, at, receivedAt, happenedAt, actor, action, dataset, row, body, bodyHash, hash, state'
const entrySql = `INSERT INTO journal (${entryColumns}) VALUES (?${', ?'.repeat(17)})`
const fields = Array.from({ length: 18 }, (_, index) => (index === 15 || index === 16 ? `unhex(value ->> ${index})` : `value ->> ${index}`))
const entriesSql = `INSERT INTO journal (${entryColumns}) SELECT ${fields.join(', ')} FROM json_each(?)`
const cellsSql = `INSERT INTO cell_history (dataset, row, replacedBy, "column", arrival, value)
  SELECT 'boats', value ->> 0, 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?)`

function bodyOf(act: BoatAct): string {
  return JSON.stringify({
    happenedAt: null,
    cells: Object.entries(act.set).map(([column, value]) => ['boats', act.row, column, value, []]),
    note: null,
  })
}

function cellsOf(act: BoatAct, arrival: number): (string | number)[][] {
  return Object.entries(act.set).map(([column, value]) => [act.row, column, arrival, JSON.stringify(value)])
}

const updates = columns.map((name) => `${name} = excluded.${name}`).join(', ')
const upsert = `INSERT INTO boats (id, ${columns.join(', ')}) VALUES (?${', ?'.repeat(columns.length)}) ON CONFLICT (id) DO UPDATE SET ${updates}`
const bulkUpsert = `INSERT INTO boats (id, ${columns.join(', ')}) SELECT value ->> 0, ${columns.map((_, index) => `value ->> ${index + 1}`).join(', ')}
  FROM json_each(?) WHERE true ON CONFLICT (id) DO UPDATE SET ${updates}`

function plain(value: BoatAct['set'][string]): string | number | null {
  if (typeof value === 'boolean') return value ? 1 : 0
  return value !== null && typeof value === 'object' ? JSON.stringify(value) : value
}
