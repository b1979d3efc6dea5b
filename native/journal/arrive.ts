// Applies entries that stand in the journal to cells, tables and imports: those of other stations, and all of them in a rebuild.
import type { Cell, EntryId } from '../contract/index.ts'
import type { Reads, Writes } from '../store/types.ts'
import { bulkNote, erasuresOf, goneOf } from './body.ts'
import type { BulkImports } from './bulk.ts'
import { entryState } from './chain.ts'
import { type Arrived, effectiveBody, stateOf } from './effective.ts'
import { entryId, type EntryRow, eraseAction, parseEntryId } from './encode.ts'
import { append, type AppendContext, type Appended } from './append.ts'
import { actsOf } from './erase-act.ts'
import { sharedTargets, takeOver } from './erase-carriers.ts'
import { erase, readErasures } from './erasures.ts'
import { flush, type FlushContext, type Touched } from './flush.ts'
import type { Act } from './types.ts'
import { WorkingSet } from './working-set.ts'

export interface ArriveContext extends FlushContext {
  bulk: BulkImports
  /** Set by a rebuild: entries from this arrival on have not been applied again yet. */
  knownBefore?: number
}

/** Applies entries in the order given; they stand in `journal` with the state applied. */
export async function applyArrived(tx: Writes, entries: readonly Arrived[], context: ArriveContext): Promise<Touched[]> {
  const touched: Touched[] = []
  // They stand in the table already, but until its turn comes none of them counts as known; from then on each does, in a rebuild too.
  const turn: Turn = { unapplied: new Set(entries.map(({ row }) => entryId(row))), applied: new Set() }
  let start = 0
  for (const [index, { row, body }] of entries.entries()) {
    if (row.action !== eraseAction) continue
    // An erasure changes cells written before it: what stands before goes to the tables first.
    touched.push(await applyCells(tx, entries.slice(start, index + 1), turn, context))
    const erasing = { arrival: row.arrival, erasures: erasuresOf(body), gone: goneOf(body, row) }
    touched.push(await erase(tx, erasing, context, (late) => applyArrived(tx, late, context)))
    start = index + 1
  }
  if (start < entries.length) touched.push(await applyCells(tx, entries.slice(start), turn, context))
  for (const { row, body } of entries) {
    const note = bulkNote(body)
    if (note !== null) await context.bulk.register(tx, row.arrival, note)
  }
  return touched
}

/** Which of the entries that come together have had their turn. */
interface Turn {
  unapplied: Set<EntryId>
  applied: Set<EntryId>
}

async function applyCells(tx: Writes, entries: readonly Arrived[], turn: Turn, context: ArriveContext): Promise<Touched> {
  const set = new WorkingSet()
  const ids = entries.map(({ row }) => entryId(row))
  await set.load(tx, rowsOf(entries.flatMap(({ body }) => body.cells)))
  await set.load(tx, await waitingFor(tx, ids))
  const known = await knownAmong(tx, set, entries, { ...turn, before: context.knownBefore })
  for (const [index, { row, body }] of entries.entries()) {
    const id = ids[index]
    if (id === undefined) continue
    known.add(id)
    turn.unapplied.delete(id)
    turn.applied.add(id)
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
  limits: Turn & { before: number | undefined },
): Promise<Set<EntryId>> {
  const known = new Set<EntryId>(limits.applied)
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
    `SELECT j.station || '/' || j.scope || '/' || j.seq AS id FROM jsonb_each(?) AS w CROSS JOIN journal AS j
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
  const judged = rows.map((row) => {
    const id = entryId(row)
    return { row, state: stateOf(row, { now: options.now, isErased: erasures.has(id), isLetIn: options.letIn.has(id) }) }
  })
  // One whose clock keeps it out no longer may now wait for something else, such as an erasure that is let in together with it.
  await tx.run('UPDATE journal SET state = s.value ->> 1 FROM jsonb_each(?) AS s WHERE arrival = s.value ->> 0', [
    JSON.stringify(judged.filter(({ row, state }) => state !== row.state).map(({ row, state }) => [row.arrival, state])),
  ])
  const ready = judged.filter(({ state }) => state === entryState.applied).map(({ row }) => row)
  if (ready.length === 0) return { touched: [], applied: [] }
  const touched = await applyArrived(
    tx,
    ready.map((row) => ({ row, body: effectiveBody(row, erasures.get(entryId(row)) ?? []) })),
    context,
  )
  return { touched, applied: ready }
}

/** Writes local acts that erase, and carries them out one after another. */
export async function appendErasures(tx: Writes, acts: readonly Act[], context: AppendContext & ArriveContext): Promise<Appended> {
  const appended: Appended = { entries: [], touched: [], added: acts.length }
  for (const act of acts) {
    const { entries, touched } = await append(tx, [act], context)
    const last = await tx.get<{ arrival: number }>('SELECT max(arrival) AS arrival FROM journal')
    const [entry] = entries
    if (entry === undefined || last === null) throw new Error('an erasure left no entry')
    const erasing = { arrival: last.arrival, erasures: erasuresOf(entry), gone: goneOf(entry, entry.subject) }
    appended.entries.push(entry)
    appended.touched.push(...touched, await erase(tx, erasing, context, (late) => applyArrived(tx, late, context)))
  }
  return appended
}

/** What another station erased may stand in an erasure that we wrote without knowing of it: then we take ours over by a new one. */
export async function followErasures(tx: Writes, context: AppendContext & ArriveContext): Promise<Appended> {
  const draft = await sharedTargets(tx)
  if (draft.erasures.size === 0 || !(await takeOver(tx, draft, context.station))) return { entries: [], touched: [], added: 0 }
  const [gone] = draft.gone
  if (gone === undefined) return { entries: [], touched: [], added: 0 }
  const subject = { dataset: gone.dataset, row: gone.row }
  return appendErasures(tx, actsOf(draft, { actor: 'station', reason: '', subject }), context)
}
