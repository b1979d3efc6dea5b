// Writes a working set back: history, pending bases, conflicts, projected tables and the features' derived tables, each in one bulk statement.
import { DELETED } from '../contract/index.ts'
import type { Writes } from '../store/types.ts'
import type { RowState } from './row-state.ts'
import { jsonSql, quoted, type Table, upsertSql } from './tables.ts'
import type { Projection } from './types.ts'
import type { HistoryInsert, WorkingSet } from './working-set.ts'

/** Rows handed to a projection at once. */
export const projectionChunk = 1_000

export interface FlushContext {
  tables: ReadonlyMap<string, Table>
  projections: readonly Projection[]
  /** Datasets that hold imported rows: a person's first edit there keeps the imported value aside. */
  bulkDatasets: ReadonlySet<string>
}

/** Rows changed, by dataset. */
export type Touched = Map<string, string[]>

export async function flush(tx: Writes, set: WorkingSet, context: FlushContext): Promise<Touched> {
  await writeHistory(tx, set)
  await writePending(tx, set)
  const dirty = [...set.rows].filter((state) => state.dirty.size > 0)
  await writeConflicts(tx, dirty)
  return projectRows(tx, dirty, context)
}

async function writeHistory(tx: Writes, set: WorkingSet): Promise<void> {
  if (set.replaced.length > 0) {
    await tx.run(
      `UPDATE cell_history SET replacedBy = u.value ->> 4 FROM jsonb_each(?) AS u
        WHERE dataset = u.value ->> 0 AND row = u.value ->> 1 AND replacedBy = 0 AND "column" = u.value ->> 2 AND arrival = u.value ->> 3`,
      [JSON.stringify(set.replaced)],
    )
  }
  const plain: string[] = []
  const rest: unknown[][] = []
  for (const group of entryGroups(set)) {
    if (group.every(({ replacedBy, head }) => replacedBy === 0 && head.bases === null)) plain.push(groupJson(group))
    else
      for (const { dataset, row, replacedBy, column, head } of group)
        rest.push([dataset, row, replacedBy, column, head.arrival, head.value, head.bases && JSON.stringify(head.bases)])
  }
  // The common case travels as one object of values for each row an entry wrote: a third of the text.
  if (plain.length > 0) {
    await tx.run(
      `INSERT INTO cell_history (dataset, row, replacedBy, "column", arrival, value)
       SELECT r.value ->> 0, r.value ->> 1, 0, c.key, r.value ->> 2, c.value FROM jsonb_each(?) AS r, jsonb_each(r.value, '$[3]') AS c`,
      [`[${plain.join(',')}]`],
    )
  }
  if (rest.length > 0) {
    await tx.run(
      `INSERT INTO cell_history (dataset, row, replacedBy, "column", arrival, value, bases)
       SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6 FROM jsonb_each(?)`,
      [JSON.stringify(rest)],
    )
  }
}

/** The new writes, those of one entry in one row together. */
function entryGroups(set: WorkingSet): HistoryInsert[][] {
  const groups: HistoryInsert[][] = []
  let last: HistoryInsert | undefined
  for (const one of set.history) {
    if (last !== undefined && last.row === one.row && last.head.arrival === one.head.arrival && last.dataset === one.dataset) groups.at(-1)?.push(one)
    else groups.push([one])
    last = one
  }
  return groups
}

function groupJson(group: readonly HistoryInsert[]): string {
  const [first] = group
  const cells = group.map(({ column, head }) => `${JSON.stringify(column)}:${JSON.stringify(head.value)}`)
  return `[${JSON.stringify(first?.dataset)},${JSON.stringify(first?.row)},${first?.head.arrival},{${cells.join(',')}}]`
}

async function writePending(tx: Writes, set: WorkingSet): Promise<void> {
  if (set.pendingGone.length > 0) {
    await tx.run(
      `DELETE FROM cell_pending WHERE (base, dataset, row, "column", arrival) IN
         (SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM jsonb_each(?))`,
      [JSON.stringify(set.pendingGone)],
    )
  }
  if (set.pendingAdded.size > 0) {
    await tx.run(
      `INSERT INTO cell_pending (base, dataset, row, "column", arrival)
       SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM jsonb_each(?)`,
      [JSON.stringify([...set.pendingAdded.values()])],
    )
  }
}

/** The list of cells to decide; untouched where a row neither had nor has any. */
async function writeConflicts(tx: Writes, dirty: readonly RowState[]): Promise<void> {
  const now = dirty.map((state) => ({ state, columns: state.conflicts() })).filter(({ state, columns }) => state.hadConflicts || columns.length > 0)
  if (now.length === 0) return
  await tx.run(`DELETE FROM cell_conflicts WHERE (dataset, row) IN (SELECT value ->> 0, value ->> 1 FROM jsonb_each(?))`, [
    JSON.stringify(now.map(({ state }) => [state.dataset, state.row])),
  ])
  const rows = now.flatMap(({ state, columns }) => columns.map((column) => [state.dataset, state.row, column]))
  for (const { state, columns } of now) state.hadConflicts = columns.length > 0
  if (rows.length === 0) return
  await tx.run(`INSERT INTO cell_conflicts (dataset, row, "column") SELECT value ->> 0, value ->> 1, value ->> 2 FROM jsonb_each(?)`, [
    JSON.stringify(rows),
  ])
}

/** Upserts the dirty columns of rows; rows with the same columns travel in one statement. */
async function projectRows(tx: Writes, dirty: readonly RowState[], context: FlushContext): Promise<Touched> {
  const touched: Touched = new Map()
  const groups = new Map<string, { table: Table; columns: string[]; rows: string[]; states: RowState[] }>()
  for (const state of dirty) {
    const ids = touched.get(state.dataset)
    if (ids === undefined) touched.set(state.dataset, [state.row])
    else ids.push(state.row)
    const table = context.tables.get(state.dataset)
    if (table === undefined) continue
    const columns = [...state.dirty].filter((column) => column !== DELETED && table.columns.has(column) && state.headsOf(column).length > 0).sort()
    const key = `${state.dataset}\0${columns.join('\0')}`
    let group = groups.get(key)
    if (group === undefined) groups.set(key, (group = { table, columns, rows: [], states: [] }))
    group.rows.push(projectedJson(state, columns))
    group.states.push(state)
  }
  for (const { table, columns, rows, states } of groups.values()) {
    if (context.bulkDatasets.has(table.dataset)) await keepImported(tx, table, columns, states)
    await tx.run(upsertSql(table, columns), [`[${rows.join(',')}]`])
  }
  for (const [dataset, ids] of touched) await updateProjections(tx, context.projections, dataset, ids)
  return touched
}

function projectedJson(state: RowState, columns: readonly string[]): string {
  const values = columns.map((column) => state.shown(column)?.value ?? 'null')
  return `[${[JSON.stringify(state.row), state.isDeleted() ? 1 : 0, state.conflicts().length, state.newest, ...values].join(',')}]`
}

/** Before a person's value covers an imported one, the imported one is put aside so that it can be shown as a difference. */
async function keepImported(tx: Writes, table: Table, columns: readonly string[], states: readonly RowState[]): Promise<void> {
  const firsts = states.filter((state) => columns.some((column) => state.first.has(column)))
  if (firsts.length === 0) return
  const found = await tx.all<{ id: string }>(
    `SELECT t.id FROM json_each(?) AS r CROSS JOIN ${quoted(table.dataset)} AS t WHERE t.id = r.value AND t._bulk IS NOT NULL`,
    [JSON.stringify(firsts.map((state) => state.row))],
  )
  const imported = new Set(found.map((row) => row.id))
  if (imported.size === 0) return
  for (const column of columns) {
    const rows = firsts.filter((state) => imported.has(state.row) && state.first.has(column)).map((state) => state.row)
    const stored = table.columns.get(column)
    if (rows.length === 0 || stored === undefined) continue
    await tx.run(
      `INSERT OR IGNORE INTO bulk_under (dataset, row, "column", bulk, value)
       SELECT ?1, t.id, ?2, t._bulk, ${jsonSql(stored, `t.${quoted(column)}`)}
         FROM json_each(?3) AS r CROSS JOIN ${quoted(table.dataset)} AS t WHERE t.id = r.value AND t.${quoted(column)} IS NOT NULL`,
      [table.dataset, column, JSON.stringify(rows)],
    )
  }
}

/** Lets the features bring their derived tables up to date. */
export async function updateProjections(tx: Writes, projections: readonly Projection[], dataset: string, rows: readonly string[]): Promise<void> {
  for (const projection of projectionsOf(projections, dataset)) {
    for (let start = 0; start < rows.length; start += projectionChunk)
      await projection.update(tx, rows.slice(start, start + projectionChunk), { isNew: false, prepared: null })
  }
}

/** Those that derive tables from a dataset. */
export function projectionsOf(projections: readonly Projection[], dataset: string): Projection[] {
  return projections.filter((one) => one.dataset === dataset)
}
