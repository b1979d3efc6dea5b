// Applies entries that stand in the journal to cells, tables and imports: those of other stations, and all of them in a rebuild.
import type { Cell, EntryId } from '../contract/index.ts'
import type { Reads, Writes } from '../store/types.ts'
import { bulkNote, erasuresOf } from './body.ts'
import type { BulkImports } from './bulk.ts'
import { entryState } from './chain.ts'
import { type Arrived, effectiveBody, eraseAction, stateOf } from './effective.ts'
import { entryId, type EntryRow, parseEntryId } from './encode.ts'
import { append, type AppendContext, type Appended } from './append.ts'
import { erase, eraseAct, readErasures } from './erasures.ts'
import { flush, type FlushContext, type Touched } from './flush.ts'
import { WorkingSet } from './working-set.ts'

export interface ArriveContext extends FlushContext {
  bulk: BulkImports
  /** Set by a rebuild: entries from this arrival on have not been applied again yet. */
  knownBefore?: number
}

/** Applies entries in the order given; they stand in `journal` with the state applied. */
export async function applyArrived(tx: Writes, entries: readonly Arrived[], context: ArriveContext): Promise<Touched[]> {
  const touched: Touched[] = []
  // They stand in the table already, but until its turn comes none of them counts as known.
  const unapplied = new Set(entries.map(({ row }) => entryId(row)))
  let start = 0
  for (const [index, { row, body }] of entries.entries()) {
    if (row.action !== eraseAction) continue
    // An erasure changes cells written before it: what stands before goes to the tables first.
    touched.push(await applyCells(tx, entries.slice(start, index + 1), unapplied, context))
    touched.push(await erase(tx, row.arrival, erasuresOf(body), context, (late) => applyArrived(tx, late, context)))
    start = index + 1
  }
  if (start < entries.length) touched.push(await applyCells(tx, entries.slice(start), unapplied, context))
  for (const { row, body } of entries) {
    const note = bulkNote(body)
    if (note !== null) await context.bulk.register(tx, row.arrival, note)
  }
  return touched
}

async function applyCells(tx: Writes, entries: readonly Arrived[], unapplied: Set<EntryId>, context: ArriveContext): Promise<Touched> {
  const set = new WorkingSet()
  const ids = entries.map(({ row }) => entryId(row))
  await set.load(tx, rowsOf(entries.flatMap(({ body }) => body.cells)))
  await set.load(tx, await waitingFor(tx, ids))
  const known = await knownAmong(tx, set, entries, { unapplied, before: context.knownBefore })
  for (const [index, { row, body }] of entries.entries()) {
    const id = ids[index]
    if (id === undefined) continue
    known.add(id)
    unapplied.delete(id)
    set.apply({ entry: id, arrival: row.arrival, station: row.station, hlc: { ms: row.hlcMs, counter: row.hlcCounter }, cells: body.cells }, (base) =>
      known.has(base),
    )
    set.arrived(id)
  }
  return flush(tx, set, context)
}

function rowsOf(cells: readonly Cell[]): (readonly [string, string])[] {
  return cells.map(([dataset, row]) => [dataset, row] as const)
}

async function waitingFor(tx: Reads, ids: readonly EntryId[]): Promise<(readonly [string, string])[]> {
  const rows = await tx.all<{ dataset: string; row: string }>(
    'SELECT DISTINCT p.dataset, p.row FROM json_each(?) AS i CROSS JOIN cell_pending AS p WHERE p.base = i.value',
    [JSON.stringify(ids)],
  )
  return rows.map(({ dataset, row }) => [dataset, row] as const)
}

/** Which bases have been applied here, apart from those of this very batch. */
async function knownAmong(
  tx: Reads,
  set: WorkingSet,
  entries: readonly Arrived[],
  limits: { unapplied: ReadonlySet<EntryId>; before: number | undefined },
): Promise<Set<EntryId>> {
  const known = new Set<EntryId>()
  const asked = new Map<EntryId, [string, string, number]>()
  for (const { body } of entries) {
    for (const [dataset, row, column, , bases] of body.cells) {
      const heads = set.state(dataset, row).headsOf(column)
      for (const base of bases) {
        if (limits.unapplied.has(base) || asked.has(base) || known.has(base)) continue
        // A head now; an entry before this one in the batch may replace it first, and it is known all the same.
        if (heads.some((head) => head.entry === base)) {
          known.add(base)
          continue
        }
        const key = parseEntryId(base)
        if (key !== null) asked.set(base, [key.station, key.scope, key.seq])
      }
    }
  }
  if (asked.size === 0) return known
  const rows = await tx.all<{ id: EntryId }>(
    `SELECT j.station || '/' || j.scope || '/' || j.seq AS id FROM json_each(?) AS w CROSS JOIN journal AS j
      WHERE j.station = w.value ->> 0 AND j.scope = w.value ->> 1 AND j.seq = w.value ->> 2 AND j.state = 0 AND j.arrival < ?`,
    [JSON.stringify([...asked.values()]), limits.before ?? Number.MAX_SAFE_INTEGER],
  )
  for (const row of rows) known.add(row.id)
  return known
}

/** Applies entries that had to wait, if they no longer must. */
export async function applyWaiting(
  tx: Writes,
  rows: readonly EntryRow[],
  options: { now: number; letIn: ReadonlySet<EntryId> },
  context: ArriveContext,
): Promise<{ touched: Touched[]; applied: EntryRow[] }> {
  const erasures = await readErasures(tx, rows.map(entryId))
  const ready = rows.filter((row) => {
    const id = entryId(row)
    return stateOf(row, { now: options.now, isErased: erasures.has(id), isLetIn: options.letIn.has(id) }) === entryState.applied
  })
  if (ready.length === 0) return { touched: [], applied: [] }
  await tx.run('UPDATE journal SET state = 0 WHERE arrival IN (SELECT value FROM json_each(?))', [JSON.stringify(ready.map((row) => row.arrival))])
  const touched = await applyArrived(
    tx,
    ready.map((row) => ({ row, body: effectiveBody(row, erasures.get(entryId(row)) ?? []) })),
    context,
  )
  return { touched, applied: ready }
}

/** Writes the local act that erases the personal data of a row, and carries it out. */
export async function appendErasure(
  tx: Writes,
  options: { dataset: string; row: string; actor: string; reason: string },
  context: AppendContext & ArriveContext,
): Promise<Appended> {
  const appended = await append(tx, [await eraseAct(tx, options, context.datasets)], context)
  const last = await tx.get<{ arrival: number }>('SELECT max(arrival) AS arrival FROM journal')
  const erasures = appended.entries.flatMap(erasuresOf)
  const touched = await erase(tx, last?.arrival ?? 0, erasures, context, (late) => applyArrived(tx, late, context))
  return { entries: appended.entries, touched: [...appended.touched, touched] }
}
