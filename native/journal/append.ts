// A local act becomes an entry: unchanged values are left out, bases are all heads, a cell in conflict yields to a decision only.
import { type Cell, type CellValue, type Datasets, DELETED, type Entry, type EntryId, type Scope, WanglouError } from '../contract/index.ts'
import type { Writes } from '../store/types.ts'
import { type Chained, type Chains, chainDraft, insertEntries } from './chain.ts'
import type { HybridClock } from './clock.ts'
import { canonical, entryForm, entryId } from './encode.ts'
import { flush, type FlushContext, type Touched } from './flush.ts'
import type { ImportedRow, ImportedRows } from './imported.ts'
import type { RowState } from './row-state.ts'
import { scopeOf } from './scopes.ts'
import { assertFits } from './tables.ts'
import { takeNumber } from './numbers.ts'
import type { Act, BulkAct, NumberedAct } from './types.ts'
import { WorkingSet } from './working-set.ts'

export interface AppendContext extends FlushContext {
  station: string
  unit: string
  datasets: Datasets
  clock: HybridClock
  chains: Chains
  now: () => number
  imported: ImportedRows
}

export interface Appended {
  /** One for each act. */
  entries: Entry[]
  touched: Touched[]
  /** Entries added: those of the acts, and blocks of numbers that had to be reserved for them. */
  added: number
}

/** Writes the one entry of a bulk import; its rows follow. */
export async function appendBulk(tx: Writes, act: BulkAct, context: AppendContext): Promise<Chained> {
  const { station, unit, datasets, clock, chains, now } = context
  const { actor, action, subject, dataset, source, columns, blob, rows } = act
  for (const column of columns) if (datasets[dataset]?.columns[column] === undefined) throw new Error(`unknown column ${dataset}.${column}`)
  const scope: Scope = act.scope ?? scopeOf(datasets[dataset]?.scope ?? 'self', unit)
  const body = { happenedAt: null, cells: [], note: { ...act.note, bulk: { dataset, source, columns, blob, rows } } }
  const header = { v: entryForm, station, scope, at: now(), actor, action, subject }
  const chained = await chainDraft(tx, chains, { header, hlc: clock.next(), body })
  await insertEntries(tx, [{ row: chained.row, happenedAt: null }])
  return chained
}

/** Writes acts in order inside a transaction; an act with a `check` or a number sees everything before it. */
export async function append(tx: Writes, acts: readonly (Act | NumberedAct)[], context: AppendContext): Promise<Appended> {
  const appended: Appended = { entries: [], touched: [], added: 0 }
  let from = 0
  for (const [index, act] of acts.entries()) {
    if (act.check === undefined && !('number' in act)) continue
    await appendPlain(tx, acts.slice(from, index) as Act[], context, appended)
    await act.check?.(tx)
    await appendPlain(tx, ['number' in act ? await numbered(tx, act, context, appended) : act], context, appended)
    from = index + 1
  }
  await appendPlain(tx, acts.slice(from) as Act[], context, appended)
  return appended
}

async function appendPlain(tx: Writes, acts: readonly Act[], context: AppendContext, appended: Appended): Promise<void> {
  if (acts.length === 0) return
  const batch = await Batch.begin(tx, acts, context)
  for (const act of acts) appended.entries.push(await batch.add(act))
  appended.added += acts.length
  appended.touched.push(await batch.write())
}

/** The act with its number and the rows that carry it. */
async function numbered(tx: Writes, { number, rows, ...act }: NumberedAct, context: AppendContext, appended: Appended): Promise<Act> {
  const value = await takeNumber(tx, { ...number, station: context.station }, async (reserve) => {
    const { touched, added } = await append(tx, [reserve], context)
    appended.touched.push(...touched)
    appended.added += added
  })
  return { ...act, rows: rows(value) }
}

class Batch {
  readonly #tx: Writes
  readonly #context: AppendContext
  readonly #set = new WorkingSet()
  readonly #chained: Chained[] = []
  readonly #imported: ReadonlyMap<string, ImportedRow>
  /** Canonical JSON of the values of the act being added. */
  readonly #texts = new Map<Cell, string>()

  private constructor(tx: Writes, context: AppendContext, imported: ReadonlyMap<string, ImportedRow>) {
    this.#tx = tx
    this.#context = context
    this.#imported = imported
  }

  static async begin(tx: Writes, acts: readonly Act[], context: AppendContext): Promise<Batch> {
    const pairs = acts.flatMap((act) => [...act.rows, ...(act.deletes ?? [])].map(({ dataset, row }) => [dataset, row] as const))
    const batch = new Batch(tx, context, await context.imported.read(tx, pairs))
    await batch.#set.load(tx, pairs)
    return batch
  }

  async add(act: Act): Promise<Entry> {
    const { station, unit, datasets, clock, chains, now } = this.#context
    const written = act.rows.flatMap((one) => this.#cells(one.dataset, one.row, one.set, act.isDecision === true))
    for (const { dataset, row } of act.deletes ?? []) written.push(...this.#delete(dataset, row, act.isDecision === true))
    // One entry writes a cell once; of two values in one act the last counts.
    const cells = act.rows.length + (act.deletes?.length ?? 0) === 1 ? written : lastOfEach(written)
    const scope: Scope = act.scope ?? scopeOf(datasets[act.subject.dataset]?.scope ?? 'self', unit)
    const header = { v: entryForm, station, scope, at: now(), actor: act.actor, action: act.action, subject: act.subject }
    const body = { happenedAt: act.happenedAt ?? null, cells, note: act.note ?? null }
    const hlc = clock.next()
    const chained = await chainDraft(this.#tx, chains, { header, hlc, body })
    this.#chained.push(chained)
    const { entry, row } = chained
    this.#set.apply(
      { entry: entryId(entry), arrival: row.arrival, station, hlc, cells, values: cells.map((cell) => this.#texts.get(cell) ?? canonical(cell[3])) },
      () => true,
    )
    this.#texts.clear()
    return entry
  }

  async write(): Promise<Touched> {
    await insertEntries(
      this.#tx,
      this.#chained.map(({ row, entry }) => ({ row, happenedAt: entry.happenedAt?.at ?? null })),
    )
    return flush(this.#tx, this.#set, this.#context)
  }

  #cells(dataset: string, row: string, values: Record<string, CellValue>, isDecision: boolean): Cell[] {
    const state = this.#set.state(dataset, row)
    const isRestore = values[DELETED] === false
    const isOnlyDelete = values[DELETED] === true && Object.keys(values).length === 1
    if (state.isInConflict(DELETED) && !(isDecision && DELETED in values)) throw conflict(dataset, row, DELETED)
    if (state.isDeleted() && !isRestore && !isOnlyDelete) throw new WanglouError('NOT_FOUND', { dataset, row })
    return Object.entries(values).flatMap(([column, value]) => this.#cell(state, column, value, isDecision))
  }

  #cell(state: RowState, column: string, value: CellValue, isDecision: boolean): Cell[] {
    const { dataset, row } = state
    assertFits(dataset, column, this.#context.datasets[dataset]?.columns[column], value)
    if (column === DELETED && value === true) return this.#delete(dataset, row, isDecision)
    if (state.isInConflict(column) && !isDecision) throw conflict(dataset, row, column)
    const imported = this.#imported.get(`${dataset}\0${row}`)
    const text = canonical(value)
    if (!isDecision && this.#isSame(state, column, text, imported)) return []
    const bases = column === DELETED ? state.rivals(DELETED).map((one) => one.head.entry) : state.headsOf(column).map((head) => head.entry)
    const cell: Cell = [dataset, row, column, value, withImport(bases, imported)]
    this.#texts.set(cell, text)
    return [cell]
  }

  #isSame(state: RowState, column: string, value: string, imported: ImportedRow | undefined): boolean {
    const shown = state.shown(column)
    if (shown !== null) return shown.value === value
    if (column === DELETED) return value === 'false'
    return imported !== undefined && imported.values.get(column) === value
  }

  #delete(dataset: string, row: string, isDecision: boolean): Cell[] {
    const state = this.#set.state(dataset, row)
    if (state.isInConflict(DELETED) && !isDecision) throw conflict(dataset, row, DELETED)
    if (state.isSettledDelete() && !isDecision) return []
    const bases = [...new Set(state.allHeads().map((head) => head.entry))]
    return [[dataset, row, DELETED, true, withImport(bases, this.#imported.get(`${dataset}\0${row}`))]]
  }
}

function lastOfEach(cells: readonly Cell[]): Cell[] {
  return [...new Map(cells.map((cell) => [`${cell[0]}\0${cell[1]}\0${cell[2]}`, cell])).values()]
}

function withImport(bases: EntryId[], imported: ImportedRow | undefined): EntryId[] {
  return imported === undefined || bases.includes(imported.entry) ? bases : [...bases, imported.entry]
}

function conflict(dataset: string, row: string, column: string): WanglouError {
  return new WanglouError('CELL_IN_CONFLICT', { dataset, row, column })
}
