// Simulated stations that write, delete, import, lose and re-send; and the oracle that watches them with full version vectors.
import { Readable } from 'node:stream'
import { type Conflict, DELETED, type EntryId, WanglouError } from '../../contract/index.ts'
import { importedId } from '../../kernel/ids.ts'
import { openTestStation, type TestStation } from '../../testing/station.ts'
import { canonical, entryId } from '../encode.ts'
import { boatDatasets, boatMigrations } from './boats.ts'

export const stationCount = 4
export const columns = ['name', 'phone', 'crew'] as const
const personal = ['phone', 'crew']
/** Rows that imports name too, and one that only persons write. */
export const rows = ['k0', 'k1', 'k2'].map((key) => importedId('boats', 'ledger', key))

interface OracleWrite {
  entry: EntryId
  cell: string
  value: string
  /** Every write the writer's station held: its version vector, written out. */
  held: ReadonlySet<EntryId>
}

/** Happened-before by what each station held, kept by the test and never shown to the journal. */
export class Oracle {
  readonly #writes: OracleWrite[] = []

  note(
    entry: { station: string; scope: string; seq: number; cells: readonly (readonly [string, string, string, ...unknown[]])[] },
    held: ReadonlySet<EntryId>,
  ): void {
    for (const [, row, column, value] of entry.cells)
      this.#writes.push({ entry: entryId(entry), cell: `${row}/${column}`, value: canonical(value as string), held })
  }

  /** Whatever the eraser's station held of a row's personal columns says nothing any more. */
  erase(row: string, held: ReadonlySet<EntryId>): void {
    for (const write of this.#writes) if (held.has(write.entry) && personal.some((column) => write.cell === `${row}/${column}`)) write.value = 'null'
  }

  /** The writes of a cell that no other had seen, directly or through a write it had seen. */
  heads(row: string, column: string): OracleWrite[] {
    const writes = this.#writes.filter((write) => write.cell === `${row}/${column}`)
    return writes.filter((write) => !writes.some((later) => later !== write && this.#saw(later, write, writes)))
  }

  #saw(later: OracleWrite, earlier: OracleWrite, writes: readonly OracleWrite[]): boolean {
    if (later.held.has(earlier.entry)) return true
    return writes.some((between) => between !== later && between !== earlier && later.held.has(between.entry) && this.#saw(between, earlier, writes))
  }

  /** Cells a person has to decide, as `row/column`. */
  conflicts(): string[] {
    return rows.flatMap((row) => this.#conflictsOf(row)).sort()
  }

  #conflictsOf(row: string): string[] {
    const deletes = this.heads(row, DELETED)
    const true_ = deletes.filter((write) => write.value === 'true')
    const edits = columns.flatMap((column) => this.heads(row, column))
    const unseen = true_.length === 0 ? [] : edits.filter((edit) => !true_.some((one) => one.entry === edit.entry || one.held.has(edit.entry)))
    const isDeleteOpen = differ(deletes) || unseen.length > 0
    const isSettled = deletes.length > 0 && true_.length === deletes.length && unseen.length === 0
    const open = columns.filter((column) => !isSettled && differ(this.heads(row, column))).map((column) => `${row}/${column}`)
    return isDeleteOpen ? [...open, `${row}/${DELETED}`] : open
  }
}

function differ(writes: readonly OracleWrite[]): boolean {
  return new Set(writes.map((write) => write.value)).size > 1
}

export class Replicas {
  readonly stations: TestStation[]
  readonly oracle = new Oracle()
  readonly wall: { ms: number }[]

  private constructor(stations: TestStation[], wall: { ms: number }[]) {
    this.stations = stations
    this.wall = wall
  }

  static async open(): Promise<Replicas> {
    const migrations = await boatMigrations()
    const wall = Array.from({ length: stationCount }, () => ({ ms: 1_800_000_000_000 }))
    const stations = await Promise.all(
      wall.map((clock) => openTestStation({ datasets: boatDatasets, migrations, isQuick: true, now: () => (clock.ms += 1) })),
    )
    for (const one of stations) {
      for (const { journal } of stations) await one.journal.trust({ station: journal.station, publicKey: journal.publicKey, certifiedBy: null })
    }
    return new Replicas(stations, wall)
  }

  async close(): Promise<void> {
    await Promise.all(this.stations.map((station) => station.close()))
  }

  at(index: number): TestStation {
    const station = this.stations[index % stationCount]
    if (station === undefined) throw new Error('no such station')
    return station
  }

  /** A person's act, as the page would let her do it: in a conflict only as a decision, on a deleted row only as a restore. */
  async write(index: number, row: string, set: Record<string, string | boolean>): Promise<void> {
    const { journal, store } = this.at(index)
    const open = await journal.conflicts({ dataset: 'boats', row })
    const values: Record<string, string | boolean> = { ...set }
    if (open.some((one) => one.column === DELETED)) values[DELETED] ??= false
    const shown = await store.get<{ _deleted: number }>('SELECT _deleted FROM boats WHERE id = ?', [row])
    if (shown?._deleted === 1) values[DELETED] ??= false
    const held = await this.#held(index)
    const entry = await journal.write({
      actor: `person ${index}`,
      action: 'boats.write',
      subject: { dataset: 'boats', row },
      rows: [{ dataset: 'boats', row, set: values }],
      isDecision: open.length > 0,
    })
    this.oracle.note(entry, held)
  }

  async decide(index: number): Promise<void> {
    const [first]: Conflict[] = await this.at(index).journal.conflicts()
    if (first === undefined) return
    const rival = first.heads.find((head) => head.column === first.column)
    await this.write(index, first.row, { [first.column]: (rival?.value ?? false) as string | boolean })
  }

  async erase(index: number, row: string): Promise<void> {
    const held = await this.#held(index, [0, 1])
    try {
      await this.at(index).journal.erase({ rows: [{ dataset: 'boats', row }], actor: `person ${index}`, reason: 'asked for' })
      this.oracle.erase(row, held)
    } catch (error) {
      if (!(error instanceof WanglouError && error.code === 'NOT_FOUND')) throw error
    }
  }

  /** One station takes in a ledger; its blob reaches the others with the settling. */
  async import(index: number, names: readonly string[], given: readonly string[], value: string): Promise<void> {
    // The same bytes never mean two things: an erasure would take both.
    const lines = given.map(
      (key) => `${JSON.stringify([key, ...names.map((name) => (name === 'crew' ? value.length : `${name}-${value}-${key}`))])}\n`,
    )
    const { blobs, journal } = this.at(index)
    const put = await blobs.put(Readable.from([Buffer.from(lines.join(''))]), { limitBytes: 1e6 })
    const subject = { dataset: 'boats', row: importedId('boats', 'ledger', '') }
    const entry = await journal.writeBulk({
      actor: 'i',
      action: 'boats.import',
      subject,
      dataset: 'boats',
      source: 'ledger',
      columns: [...names],
      blob: put.sha256,
      rows: given.length,
    })
    await journal.bulkIdle()
    this.#blobs.set(put.sha256, Buffer.from(lines.join('')))
    this.oracle.note(entry, new Set())
  }

  readonly #blobs = new Map<string, Buffer>()

  /** Sends a piece of one station's chain to another: from before, at or beyond what it has. */
  async deliver(author: number, to: number, options: { skip: number; limit: number; isAhead?: boolean; through?: number }): Promise<void> {
    if (author % stationCount === to % stationCount) return
    const { journal } = this.at(author)
    const have = (await this.at(to).journal.heads()).find((head) => head.station === journal.station)?.seq ?? 0
    const range = { station: journal.station, scope: 'shared' as const, after: Math.max(0, have + options.skip), limit: options.limit }
    // Another may pass it on, as far as it has it.
    const carrier = this.at(options.through ?? author).journal
    const batch = await carrier.sealedBatch({ ...range, isAhead: options.isAhead ?? false })
    if (batch !== null) await this.at(to).journal.apply([batch])
  }

  /** Everything reaches everybody: each gets the others' chains in another order, some twice. */
  async settle(): Promise<void> {
    for (const to of this.stations.keys()) {
      for (const [sha256, bytes] of this.#blobs) {
        const { blobs } = this.at(to)
        if (!(await blobs.has(sha256))) await blobs.put(Readable.from([bytes]), { limitBytes: 1e6 })
      }
      for (let step = 1; step < stationCount; step += 1) {
        const author = to % 2 === 0 ? to + step : to + stationCount - step
        await this.deliver(author, to, { skip: -2, limit: 1_000 })
        await this.deliver(author, to, { skip: -1_000, limit: 1_000 })
      }
      const waiting = await this.at(to).store.all<{ id: EntryId }>(`SELECT station || '/' || scope || '/' || seq AS id FROM journal WHERE state = 1`)
      if (waiting.length > 0) await this.at(to).journal.letIn({ entries: waiting.map((one) => one.id), actor: 'a', reason: 'the clock was wrong' })
      this.at(to).journal.blobArrived()
      await this.at(to).journal.bulkIdle()
      await this.at(to).journal.filesErased()
    }
  }

  async #held(index: number, states: readonly number[] = [0]): Promise<ReadonlySet<EntryId>> {
    const found = await this.at(index).store.all<{ id: EntryId }>(
      `SELECT station || '/' || scope || '/' || seq AS id FROM journal WHERE state IN (SELECT value FROM json_each(?))`,
      [JSON.stringify(states)],
    )
    return new Set(found.map((one) => one.id))
  }
}
