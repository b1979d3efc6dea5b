// Erasing personal data: the body goes, its hash and the chain stay; the erasure is an entry that carries what is left of the cells.
import { type Cell, type Datasets, type EntryId, WanglouError } from '../contract/index.ts'
import type { Reads, Writes } from '../store/types.ts'
import type { Erasure } from './body.ts'
import { type Arrived, combine, effectiveBody, eraseAction } from './effective.ts'
import { entryColumns, entryId, type EntryRow, parseEntryId } from './encode.ts'
import { flush, type FlushContext, type Touched } from './flush.ts'
import type { Act } from './types.ts'
import { WorkingSet } from './working-set.ts'

export async function readErasures(reads: Reads, targets: readonly EntryId[]): Promise<Map<EntryId, Erasure[]>> {
  const rows = await reads.all<{ target: EntryId; cells: string }>(
    'SELECT e.target, e.cells FROM json_each(?) AS t CROSS JOIN journal_erasures AS e WHERE e.target = t.value ORDER BY e.target, e.arrival',
    [JSON.stringify(targets)],
  )
  const found = new Map<EntryId, Erasure[]>()
  for (const { target, cells } of rows) {
    const erasure: Erasure = { entry: target, cells: JSON.parse(cells) as Cell[] }
    found.set(target, [...(found.get(target) ?? []), erasure])
  }
  return found
}

/**
 * Carries erasures out: remembers them for entries still to come, empties the bodies that are here, and sets the erased values to null wherever they stand.
 * @param applyLate applies entries that had come without their body and waited for this
 */
export async function erase(
  tx: Writes,
  arrival: number,
  erasures: readonly Erasure[],
  context: FlushContext,
  applyLate: (late: Arrived[]) => Promise<Touched[]>,
): Promise<Touched> {
  // What is freed is overwritten with zeroes, so that the text is gone from the file too (copies made before keep it until they rotate out).
  await tx.all('PRAGMA secure_delete = ON')
  const targets = erasures.map((one) => one.entry as EntryId)
  await tx.run(
    `INSERT INTO journal_erasures (target, arrival, cells) SELECT value ->> 0, ?2, value ->> 1 FROM json_each(?1) WHERE true ON CONFLICT DO NOTHING`,
    [JSON.stringify(erasures.map((one) => [one.entry, JSON.stringify(one.cells)])), arrival],
  )
  const all = await readErasures(tx, targets)
  const rows = await readTargets(tx, targets)
  await tx.run('UPDATE journal SET body = NULL WHERE arrival IN (SELECT value FROM json_each(?))', [JSON.stringify(rows.map((row) => row.arrival))])
  const late = rows.filter((row) => row.state === 3)
  const set = new WorkingSet()
  const erased: Cell[] = []
  for (const row of rows.filter((one) => one.state === 0)) erased.push(...(await blank(tx, row.arrival, combine(all.get(entryId(row)) ?? []))))
  await set.load(
    tx,
    erased.map(([dataset, row]) => [dataset, row] as const),
  )
  for (const [dataset, row, column] of erased) set.state(dataset, row).dirty.add(column)
  const touched = await flush(tx, set, context)
  if (late.length === 0) return touched
  await tx.run('UPDATE journal SET state = 0 WHERE arrival IN (SELECT value FROM json_each(?))', [JSON.stringify(late.map((row) => row.arrival))])
  const more = await applyLate(
    late.map((row) => ({ row: { ...row, body: null }, body: effectiveBody({ ...row, body: null }, all.get(entryId(row)) ?? []) })),
  )
  for (const one of more) for (const [dataset, ids] of one) touched.set(dataset, [...(touched.get(dataset) ?? []), ...ids])
  return touched
}

async function readTargets(reads: Reads, targets: readonly EntryId[]): Promise<EntryRow[]> {
  const keys = targets.map(parseEntryId).filter((key) => key !== null)
  return reads.all<EntryRow>(
    `SELECT ${entryColumns} FROM json_each(?) AS w CROSS JOIN journal AS j WHERE j.station = w.value ->> 0 AND j.scope = w.value ->> 1 AND j.seq = w.value ->> 2`,
    [JSON.stringify(keys.map(({ station, scope, seq }) => [station, scope, seq]))],
  )
}

/** Nulls the erased values of one entry in the history. @returns the erased cells */
async function blank(tx: Writes, arrival: number, cells: readonly Cell[]): Promise<Cell[]> {
  const erased = cells.filter((cell) => cell[3] === null)
  await tx.run(
    `UPDATE cell_history SET value = 'null' FROM json_each(?1) AS c
      WHERE dataset = c.value ->> 0 AND row = c.value ->> 1 AND "column" = c.value ->> 2 AND arrival = ?2`,
    [JSON.stringify(erased.map((cell) => cell.slice(0, 3))), arrival],
  )
  await tx.run('DELETE FROM bulk_under WHERE (dataset, row, "column") IN (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?))', [
    JSON.stringify(erased.map((cell) => cell.slice(0, 3))),
  ])
  return erased
}

/**
 * The act that erases the personal data of a row: in every entry that wrote a personal column of it.
 * @throws NOT_FOUND when there is nothing to erase
 */
export async function eraseAct(
  tx: Reads,
  options: { dataset: string; row: string; actor: string; reason: string },
  datasets: Datasets,
): Promise<Act> {
  const { dataset, row, actor, reason } = options
  const personal = Object.entries(datasets[dataset]?.columns ?? {}).flatMap(([name, column]) => (column.personal === true ? [name] : []))
  const rows = await tx.all<EntryRow>(
    `SELECT ${entryColumns} FROM journal AS j WHERE j.state = 0 AND j.arrival IN (
       SELECT arrival FROM cell_history WHERE dataset = ?1 AND row = ?2 AND "column" IN (SELECT value FROM json_each(?3)) AND value <> 'null')`,
    [dataset, row, JSON.stringify(personal)],
  )
  if (rows.length === 0) throw new WanglouError('NOT_FOUND', { dataset, row })
  const known = await readErasures(tx, rows.map(entryId))
  const erased = rows.map((one) => ({
    entry: entryId(one),
    cells: effectiveBody(one, known.get(entryId(one)) ?? []).cells.map(([d, r, column, value, bases]): Cell => {
      return [d, r, column, d === dataset && r === row && personal.includes(column) ? null : value, bases]
    }),
  }))
  return { actor, action: eraseAction, subject: { dataset, row }, rows: [], note: { reason, erased } }
}
