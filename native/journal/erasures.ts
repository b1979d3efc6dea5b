// Carries erasures out: bodies go, their hashes and the chain stay; erased values go from history, tables and what imports had put aside.
import type { Cell, EntryId } from '../contract/index.ts'
import type { Reads, Writes } from '../store/types.ts'
import type { Erasure, Gone } from './body.ts'
import { type Arrived, combine, effectiveBody } from './effective.ts'
import { canonical, entryColumns, entryId, type EntryRow, eraseAction, parseEntryId } from './encode.ts'
import { silenceImports } from './erased-imports.ts'
import { flush, type FlushContext, type Touched, updateProjections } from './flush.ts'
import { WorkingSet } from './working-set.ts'

export async function readErasures(reads: Reads, targets: readonly EntryId[]): Promise<Map<EntryId, Erasure[]>> {
  const rows = await reads.all<{ target: EntryId; cells: string; happenedAt: string | null }>(
    `SELECT e.target, e.cells, e.happenedAt FROM json_each(?) AS t CROSS JOIN journal_erasures AS e WHERE e.target = t.value ORDER BY e.target, e.arrival`,
    [JSON.stringify(targets)],
  )
  const found = new Map<EntryId, Erasure[]>()
  for (const { target, cells, happenedAt } of rows) {
    const erasure = { entry: target, cells: JSON.parse(cells) as Cell[], happenedAt: JSON.parse(happenedAt ?? 'null') as Erasure['happenedAt'] }
    found.set(target, [...(found.get(target) ?? []), erasure])
  }
  return found
}

/** One erasure as its entry says it. */
export interface Erasing {
  /** Of the entry that erases. */
  arrival: number
  erasures: readonly Erasure[]
  gone: readonly Gone[]
}

/**
 * Remembers an erasure for entries and imports still to come, empties the bodies that are here, and takes the erased values out of whatever follows from them.
 * @param applyLate applies entries that had come without their body and waited for this
 */
export async function erase(
  tx: Writes,
  { arrival, erasures, gone }: Erasing,
  context: FlushContext,
  applyLate: (late: Arrived[]) => Promise<Touched[]>,
): Promise<Touched> {
  // What is freed is overwritten with zeroes, so that the text is gone from the file too (copies made before keep it until they rotate out).
  await tx.all('PRAGMA secure_delete = ON')
  const targets = erasures.map((one) => one.entry as EntryId)
  await tx.run(
    `INSERT INTO journal_erasures (target, arrival, cells, happenedAt)
     SELECT value ->> 0, ?2, value ->> 1, value -> 2 FROM json_each(?1) WHERE true ON CONFLICT DO NOTHING`,
    [JSON.stringify(erasures.map((one) => [one.entry, JSON.stringify(one.cells), one.happenedAt ?? null])), arrival],
  )
  const rows = await readTargets(tx, targets)
  // An erasure that is erased itself has been taken over by this one, whole.
  await tx.run('DELETE FROM journal_erasures WHERE arrival IN (SELECT value FROM json_each(?))', [
    JSON.stringify(rows.filter((row) => row.action === eraseAction).map((row) => row.arrival)),
  ])
  const all = await readErasures(tx, targets)
  await tx.run('UPDATE journal SET body = NULL WHERE arrival IN (SELECT value FROM json_each(?))', [JSON.stringify(rows.map((row) => row.arrival))])
  await emptyForks(tx, targets)
  const late = rows.filter((row) => row.state === 3)
  const set = new WorkingSet()
  const erased: Cell[] = []
  for (const row of rows.filter((one) => one.state === 0)) erased.push(...(await blank(tx, row.arrival, combine(all.get(entryId(row)) ?? []), gone)))
  const silenced = await silenceImports(tx, { arrival, gone }, context)
  await set.load(
    tx,
    erased.map(([dataset, row]) => [dataset, row] as const),
  )
  for (const [dataset, row, column] of erased) {
    const state = set.state(dataset, row)
    state.dirty.add(column)
    // It was loaded as it is now; the values that stood against each other may have been the erased ones.
    state.hadConflicts = true
  }
  const touched = await flush(tx, set, context)
  for (const [dataset, ids] of silenced) {
    await updateProjections(tx, context.projections, dataset, ids)
    touched.set(dataset, [...(touched.get(dataset) ?? []), ...ids])
  }
  if (late.length === 0) return touched
  const waiting = late.map((row) => ({ row: { ...row, body: null }, body: effectiveBody({ ...row, body: null }, all.get(entryId(row)) ?? []) }))
  await tx.run(`UPDATE journal SET state = 0, happenedAt = late.value ->> 1 FROM json_each(?) AS late WHERE arrival = late.value ->> 0`, [
    JSON.stringify(waiting.map(({ row, body }) => [row.arrival, body.happenedAt?.at ?? null])),
  ])
  for (const one of await applyLate(waiting)) for (const [dataset, ids] of one) touched.set(dataset, [...(touched.get(dataset) ?? []), ...ids])
  return touched
}

async function readTargets(reads: Reads, targets: readonly EntryId[]): Promise<EntryRow[]> {
  const keys = targets.map(parseEntryId).filter((key) => key !== null)
  return reads.all<EntryRow>(
    `SELECT ${entryColumns} FROM json_each(?) AS w CROSS JOIN journal AS j WHERE j.station = w.value ->> 0 AND j.scope = w.value ->> 1 AND j.seq = w.value ->> 2`,
    [JSON.stringify(keys.map(({ station, scope, seq }) => [station, scope, seq]))],
  )
}

/** What was kept aside under the identity of an erased entry said the same or worse. */
async function emptyForks(tx: Writes, targets: readonly EntryId[]): Promise<void> {
  await tx.run(
    `UPDATE journal_forks SET entry = json_set(entry, '$.body', NULL) WHERE station || '/' || scope || '/' || seq IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(targets)],
  )
}

/** Puts what is left of the erased values of one entry into the history. @returns the erased cells */
async function blank(tx: Writes, arrival: number, cells: readonly Cell[], gone: readonly Gone[]): Promise<Cell[]> {
  const erased = cells.filter((cell) => gone.some((one) => one.dataset === cell[0] && one.row === cell[1] && one.columns.includes(cell[2])))
  await tx.run(
    `UPDATE cell_history SET value = c.value ->> 3 FROM json_each(?1) AS c
      WHERE dataset = c.value ->> 0 AND row = c.value ->> 1 AND "column" = c.value ->> 2 AND arrival = ?2`,
    [JSON.stringify(erased.map(([dataset, row, column, value]) => [dataset, row, column, canonical(value)])), arrival],
  )
  return erased
}
