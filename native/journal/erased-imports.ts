// Where an erasure has taken a cell, what imports older than it say of the cell counts no more; what a newer one says is put aside for a person.
import type { Writes } from '../store/types.ts'
import type { Gone } from './body.ts'
import type { FlushContext } from './flush.ts'
import { quoted } from './tables.ts'

/**
 * SQL that holds where an erasure has taken what an import says of a cell: the import is older than the erasure, or names the same file as one that is.
 * @param cell SQL for its parts, and for the arrival of the import
 */
export function erasedSql(cell: { dataset: string; row: string; column: string; bulk: string }): string {
  return `EXISTS (SELECT 1 FROM journal_erased AS erased WHERE erased.dataset = ${cell.dataset} AND erased.row = ${cell.row} AND erased."column" = ${cell.column}
    AND EXISTS (SELECT 1 FROM bulk_imports AS said JOIN bulk_imports AS same ON same.blob = said.blob JOIN journal AS older ON older.arrival = same.arrival
      WHERE said.arrival = ${cell.bulk} AND (older.hlcMs, older.hlcCounter, older.station) < (erased.hlcMs, erased.hlcCounter, erased.station)))`
}

/**
 * Remembers the cells as erased, empties those that only imports gave, and forgets what older imports had put aside.
 * @returns the rows whose shown values changed, by dataset
 */
export async function silenceImports(
  tx: Writes,
  { arrival, gone }: { arrival: number; gone: readonly Gone[] },
  context: FlushContext,
): Promise<Map<string, string[]>> {
  const cells = gone.flatMap(({ dataset, row, columns, source, clock }) =>
    columns.map((column) => [dataset, row, column, source, clock?.ms ?? null, clock?.counter ?? null, clock?.station ?? null]),
  )
  await tx.run(
    `INSERT INTO journal_erased (dataset, row, "column", hlcMs, hlcCounter, station, arrival, source)
       SELECT c.value ->> 0, c.value ->> 1, c.value ->> 2, ifnull(c.value ->> 4, j.hlcMs), ifnull(c.value ->> 5, j.hlcCounter), ifnull(c.value ->> 6, j.station),
              j.arrival, c.value ->> 3 FROM json_each(?1) AS c, journal AS j WHERE j.arrival = ?2
     ON CONFLICT DO UPDATE SET hlcMs = excluded.hlcMs, hlcCounter = excluded.hlcCounter, station = excluded.station, arrival = excluded.arrival,
       source = ifnull(excluded.source, source) WHERE (excluded.hlcMs, excluded.hlcCounter, excluded.station) > (hlcMs, hlcCounter, station)`,
    [JSON.stringify(cells), arrival],
  )
  const changed = new Map<string, string[]>()
  for (const { dataset, row, columns } of gone) {
    await tx.run('DELETE FROM bulk_under WHERE dataset = ?1 AND row = ?2 AND "column" IN (SELECT value FROM json_each(?3))', [
      dataset,
      row,
      JSON.stringify(columns),
    ])
    let isChanged = false
    for (const column of columns) if (await emptyCell(tx, { dataset, row, column }, context)) isChanged = true
    if (isChanged) changed.set(dataset, [...(changed.get(dataset) ?? []), row])
    await projectNewer(tx, dataset, arrival)
  }
  return changed
}

/** A cell that no person wrote shows nothing more. @returns whether it showed anything */
async function emptyCell(tx: Writes, cell: { dataset: string; row: string; column: string }, context: FlushContext): Promise<boolean> {
  if (context.tables.get(cell.dataset)?.columns.has(cell.column) !== true) return false
  const { changes } = await tx.run(
    `UPDATE ${quoted(cell.dataset)} AS t SET ${quoted(cell.column)} = NULL WHERE t.id = ?2 AND t.${quoted(cell.column)} IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM cell_history AS h WHERE h.dataset = ?1 AND h.row = ?2 AND h.replacedBy = 0 AND h."column" = ?3)`,
    [cell.dataset, cell.row, cell.column],
  )
  return changes > 0
}

/** What imports newer than the erasure say of the row is found by going through them again; there are some only where the erasure came late. */
async function projectNewer(tx: Writes, dataset: string, arrival: number): Promise<void> {
  await tx.run(
    `UPDATE bulk_imports SET position = 0, rowsDone = 0, isDone = 0 WHERE dataset = ?1 AND position > 0 AND arrival IN (
       SELECT n.arrival FROM journal AS n, journal AS e WHERE e.arrival = ?2 AND (n.hlcMs, n.hlcCounter, n.station) > (e.hlcMs, e.hlcCounter, e.station))`,
    [dataset, arrival],
  )
}
