// Stand-in for the journal until the whole one lands: local writes, generic projection, time line; no merging.
import { createHash, randomUUID } from 'node:crypto'
import { type Change, datasets, DELETED, type Entry, type EntryId, type Scope, type Subject, WanglouError } from '../contract/index.ts'
import { readFile } from 'node:fs/promises'
import { importedId } from '../kernel/ids.ts'
import type { Blobs, SqlValue, Store, Writes } from '../store/types.ts'
import type { Act, BulkAct, Journal, Projection } from './types.ts'

export class StandInJournal implements Journal {
  readonly station = randomUUID()
  readonly #store: Store
  readonly #blobs: Blobs
  readonly #projections: Projection[] = []
  readonly #listeners = new Set<(changes: Change[]) => void>()
  #revision = 0

  constructor(options: { store: Store; blobs: Blobs }) {
    this.#store = options.store
    this.#blobs = options.blobs
  }

  async start(): Promise<void> {}
  async stop(): Promise<void> {}

  async write(act: Act): Promise<Entry> {
    const [entry] = await this.writeAll([act])
    if (entry === undefined) throw new Error('no entry')
    return entry
  }

  async writeAll(acts: Act[]): Promise<Entry[]> {
    const touched = new Map<string, Set<string>>()
    const entries = await this.#store.write(async (tx) => {
      const written: Entry[] = []
      for (const act of acts) written.push(await this.#one(tx, act, touched))
      for (const [dataset, rows] of touched) for (const projection of this.#projections) if (projection.dataset === dataset) await projection.update(tx, [...rows])
      return written
    })
    this.#announce(touched)
    return entries
  }

  async #one(tx: Writes, act: Act, touched: Map<string, Set<string>>): Promise<Entry> {
    await act.check?.(tx)
    const at = Date.now()
    const scope: Scope = act.scope ?? 'centre:local'
    const last = await tx.get<{ seq: number; entry: string }>('SELECT seq, entry FROM journal WHERE station=? AND scope=? ORDER BY seq DESC LIMIT 1', [this.station, scope])
    const seq = (last?.seq ?? 0) + 1
    const cells: Entry['cells'] = []
    for (const write of act.rows) for (const [column, value] of Object.entries(write.set)) cells.push([write.dataset, write.row, column, value, []])
    for (const gone of act.deletes ?? []) cells.push([gone.dataset, gone.row, DELETED, true, []])
    const prev = last === null ? '0'.repeat(64) : (JSON.parse(last.entry) as Entry).hash
    const body = { v: 1, station: this.station, scope, seq, hlc: { ms: at, counter: seq }, at, happenedAt: act.happenedAt ?? null, actor: act.actor, action: act.action, subject: act.subject, cells, note: act.note ?? null, prev }
    const entry: Entry = { ...body, hash: createHash('sha256').update(JSON.stringify(body)).digest('hex') }
    const { changes } = await tx.run('INSERT INTO journal (station, scope, seq, subjectDataset, subjectRow, at, happenedAt, entry) VALUES (?,?,?,?,?,?,?,?)', [this.station, scope, seq, act.subject.dataset, act.subject.row, at, entry.happenedAt?.at ?? at, JSON.stringify(entry)])
    if (changes !== 1) throw new Error('not written')
    const arrival = (await tx.get<{ n: number }>('SELECT max(arrival) n FROM journal'))?.n ?? 0
    for (const [dataset, row, column, value] of cells) {
      const declared = datasets[dataset]
      if (declared === undefined) throw new Error(`unknown dataset ${dataset}`)
      await tx.run(`INSERT INTO "${dataset}" (id) VALUES (?) ON CONFLICT DO NOTHING`, [row])
      const name = column === DELETED ? '_deleted' : column
      const type = column === DELETED ? 'boolean' : declared.columns[column]?.type
      if (type === undefined) throw new Error(`unknown column ${dataset}.${column}`)
      const stored: SqlValue = value === null ? null : type === 'json' ? JSON.stringify(value) : type === 'boolean' ? (value === true ? 1 : 0) : (value as SqlValue)
      await tx.run(`UPDATE "${dataset}" SET "${name}"=?, _entry=? WHERE id=?`, [stored, arrival, row])
      const rows = touched.get(dataset) ?? new Set()
      touched.set(dataset, rows.add(row))
    }
    return entry
  }

  async writeBulk(act: BulkAct): Promise<Entry> {
    const lines = (await readFile(this.#blobs.pathOf(act.blob), 'utf8')).split('\n').filter((line) => line !== '')
    const rows = lines.map((line) => {
      const [key, ...values] = JSON.parse(line) as [string, ...never[]]
      return { dataset: act.dataset, row: importedId(act.dataset, act.source, key), set: Object.fromEntries(act.columns.map((column, index) => [column, values[index] ?? null])) }
    })
    return this.write({ actor: act.actor, action: act.action, subject: act.subject, rows, note: { ...act.note, bulk: { blob: act.blob, rows: act.rows } } })
  }

  bulkProgress(): [] {
    return []
  }
  async bulkIdle(): Promise<void> {}

  async timeline(subject: Subject, options: { by: 'happened' | 'known'; before?: number; limit?: number }): Promise<Entry[]> {
    const order = options.by === 'happened' ? 'happenedAt' : 'arrival'
    const rows = await this.#store.all<{ entry: string }>(`SELECT entry FROM journal WHERE subjectDataset=? AND subjectRow=? ORDER BY ${order}, arrival LIMIT ?`, [subject.dataset, subject.row, options.limit ?? 1000])
    return rows.map((row) => JSON.parse(row.entry) as Entry)
  }

  async entry(id: EntryId): Promise<Entry | null> {
    const [station, scope, seq] = id.split('/')
    const row = await this.#store.get<{ entry: string }>('SELECT entry FROM journal WHERE station=? AND scope=? AND seq=?', [station ?? '', scope ?? '', Number(seq)])
    return row === null ? null : (JSON.parse(row.entry) as Entry)
  }

  async stateAt(): Promise<null> {
    return null
  }
  async conflicts(): Promise<[]> {
    return []
  }
  async undo(): Promise<Entry> {
    throw new WanglouError('UNDO_STALE')
  }
  async length(): Promise<number> {
    return (await this.#store.get<{ n: number }>('SELECT count(*) n FROM journal'))?.n ?? 0
  }
  onChange(listener: (changes: Change[]) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  project(projection: Projection): void {
    this.#projections.push(projection)
  }

  #announce(touched: Map<string, Set<string>>): void {
    this.#revision += 1
    const changes = [...touched].map(([dataset, rows]) => ({ dataset, ids: rows.size > 100 ? null : [...rows], revision: this.#revision }))
    for (const listener of this.#listeners) listener(changes)
  }
}
