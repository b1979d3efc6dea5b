// The rows a batch of entries touches, loaded in one query, changed in memory by the rules, written back in bulk.
import { type Cell, DELETED, type EntryId, type Hlc } from '../contract/index.ts'
import type { Reads } from '../store/types.ts'
import { canonical } from './encode.ts'
import { type HeadWrite, type PendingBase, RowState } from './row-state.ts'

export interface HistoryInsert {
  dataset: string
  row: string
  column: string
  replacedBy: number
  head: HeadWrite
}

/** `[dataset, row, column, arrival, replacedBy]` */
export type Replacement = [string, string, string, number, number]
/** `[base, dataset, row, column, arrival]` */
export type PendingRow = [EntryId, string, string, string, number]

/** An entry as the working set takes it: where it stands here and what it writes. */
export interface Arriving {
  entry: EntryId
  arrival: number
  station: string
  hlc: Hlc
  cells: Cell[]
  /** Canonical JSON of the cells' values, where it is known already. */
  values?: readonly string[]
}

interface LoadedRow {
  dataset: string
  row: string
  column: string
  arrival: number
  value: string | null
  bases: string | null
  entry: EntryId
  station: string | null
  hlcMs: number
  hlcCounter: number
}

const loadSql = `
  SELECT h.dataset, h.row, h."column", h.arrival, h.value, h.bases, j.station || '/' || j.scope || '/' || j.seq AS entry, j.station, j.hlcMs, j.hlcCounter
    FROM jsonb_each(?1) AS wanted CROSS JOIN cell_history AS h CROSS JOIN journal AS j
   WHERE h.dataset = wanted.value ->> 0 AND h.row = wanted.value ->> 1 AND h.replacedBy = 0 AND j.arrival = h.arrival
  UNION ALL
  SELECT p.dataset, p.row, p."column", p.arrival, NULL, NULL, p.base, NULL, 0, 0
    FROM jsonb_each(?1) AS wanted CROSS JOIN cell_pending AS p
   WHERE p.dataset = wanted.value ->> 0 AND p.row = wanted.value ->> 1`

export class WorkingSet {
  readonly #states = new Map<string, RowState>()
  /** Rows by the entry they wait for. */
  readonly #awaiting = new Map<EntryId, Set<RowState>>()
  readonly #fresh = new Map<HeadWrite, HistoryInsert>()
  readonly replaced: Replacement[] = []
  readonly pendingAdded = new Map<string, PendingRow>()
  readonly pendingGone: PendingRow[] = []

  get rows(): Iterable<RowState> {
    return this.#states.values()
  }

  get history(): Iterable<HistoryInsert> {
    return this.#fresh.values()
  }

  /** @returns the state of a row; empty when it was never written */
  state(dataset: string, row: string): RowState {
    const key = `${dataset}\0${row}`
    let state = this.#states.get(key)
    if (state === undefined) this.#states.set(key, (state = new RowState(dataset, row)))
    return state
  }

  /** Loads rows that are not here yet. */
  async load(tx: Reads, rows: Iterable<readonly [dataset: string, row: string]>): Promise<void> {
    const wanted = new Map<string, readonly [string, string]>()
    for (const pair of rows) {
      const key = `${pair[0]}\0${pair[1]}`
      if (!this.#states.has(key)) wanted.set(key, pair)
    }
    if (wanted.size === 0) return
    const loaded = await tx.all<LoadedRow>(loadSql, [JSON.stringify([...wanted.values()])])
    for (const [dataset, row] of wanted.values()) this.state(dataset, row)
    for (const one of loaded) this.#take(one)
    for (const [dataset, row] of wanted.values()) {
      const state = this.state(dataset, row)
      state.hadConflicts = state.conflicts().length > 0
    }
  }

  #take(one: LoadedRow): void {
    const state = this.state(one.dataset, one.row)
    if (one.value === null) {
      state.pending.push({ column: one.column, base: one.entry, arrival: one.arrival })
      this.#remember(one.entry, state)
      return
    }
    const bases = one.bases === null ? null : (JSON.parse(one.bases) as EntryId[])
    const hlc = { ms: one.hlcMs, counter: one.hlcCounter }
    this.#addHead(state, one.column, { entry: one.entry, arrival: one.arrival, station: one.station ?? '', hlc, value: one.value, bases })
    state.newest = Math.max(state.newest, one.arrival)
  }

  /**
   * Applies one entry. Rows it touches must be loaded.
   * @param isKnown whether an entry that is not a head of the cell has been applied here; what is not known makes the cell pending
   */
  apply(entry: Arriving, isKnown: (base: EntryId) => boolean): void {
    const { arrival, station, hlc, values } = entry
    let state: RowState | null = null
    for (const [index, [dataset, row, column, value, bases]] of entry.cells.entries()) {
      if (state === null || state.row !== row || state.dataset !== dataset) state = this.state(dataset, row)
      const head: HeadWrite = {
        entry: entry.entry,
        arrival,
        station,
        hlc,
        value: values?.[index] ?? canonical(value),
        bases: column === DELETED ? bases : null,
      }
      this.#write(state, column, head, bases, isKnown)
    }
  }

  #write(state: RowState, column: string, head: HeadWrite, bases: EntryId[], isKnown: (base: EntryId) => boolean): void {
    state.dirty.add(column)
    if (state.headsOf(column).length === 0) state.first.add(column)
    state.newest = Math.max(state.newest, head.arrival)
    const insert = { dataset: state.dataset, row: state.row, column, replacedBy: 0, head }
    this.#fresh.set(head, insert)
    const replacers = state.pending.filter((one) => one.base === head.entry && one.column === column)
    if (replacers.length > 0) {
      insert.replacedBy = Math.min(...replacers.map((one) => one.arrival))
      for (const one of replacers) this.#settle(state, one)
    } else this.#addHead(state, column, head)
    for (const base of bases) {
      if (this.#replace(state, column, base, head.arrival)) continue
      if (!isKnown(base)) this.#await(state, { column, base, arrival: head.arrival })
    }
  }

  /** Takes away what waited for an entry that has now been applied, also where it wrote no such cell (a bulk import, a delete's view of the row). */
  arrived(entry: EntryId): void {
    for (const state of this.#awaiting.get(entry) ?? []) {
      for (const one of state.pending.filter((pending) => pending.base === entry)) this.#settle(state, one)
    }
    this.#awaiting.delete(entry)
  }

  #replace(state: RowState, column: string, base: EntryId, by: number): boolean {
    const heads = state.headsOf(column)
    const index = heads.findIndex((head) => head.entry === base)
    const head = heads[index]
    if (head === undefined) return false
    heads.splice(index, 1)
    const insert = this.#fresh.get(head)
    if (insert !== undefined) insert.replacedBy = by
    else this.replaced.push([state.dataset, state.row, column, head.arrival, by])
    return true
  }

  #await(state: RowState, pending: PendingBase): void {
    state.pending.push(pending)
    this.#remember(pending.base, state)
    state.dirty.add(pending.column)
    const row: PendingRow = [pending.base, state.dataset, state.row, pending.column, pending.arrival]
    this.pendingAdded.set(JSON.stringify(row), row)
  }

  #settle(state: RowState, pending: PendingBase): void {
    state.pending.splice(state.pending.indexOf(pending), 1)
    state.dirty.add(pending.column)
    const row: PendingRow = [pending.base, state.dataset, state.row, pending.column, pending.arrival]
    if (!this.pendingAdded.delete(JSON.stringify(row))) this.pendingGone.push(row)
  }

  #remember(base: EntryId, state: RowState): void {
    const states = this.#awaiting.get(base)
    if (states === undefined) this.#awaiting.set(base, new Set([state]))
    else states.add(state)
  }

  #addHead(state: RowState, column: string, head: HeadWrite): void {
    const heads = state.heads.get(column)
    if (heads === undefined) state.heads.set(column, [head])
    else heads.push(head)
  }
}
