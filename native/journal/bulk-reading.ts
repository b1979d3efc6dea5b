// What an import would have changed and did not: values against a person's edits, and rows it no longer names.
import type { CellValue, EntryId, Id } from '../contract/index.ts'
import type { Reads } from '../store/types.ts'
import { compareHlc } from './encode.ts'
import type { BulkDifference } from './types.ts'
import { quoted } from './tables.ts'
import { WorkingSet } from './working-set.ts'

interface UnderRow {
  dataset: string
  row: string
  column: string
  value: string
  bulk: EntryId
  station: string
  hlcMs: number
  hlcCounter: number
}

/** Cells where an import that the editor had not seen gives another value than the one shown. */
export async function readDifferences(reads: Reads, filter: { dataset: string; row?: Id; limit?: number }): Promise<BulkDifference[]> {
  const under = await reads.all<UnderRow>(
    `SELECT u.dataset, u.row, u."column", u.value, j.station || '/' || j.scope || '/' || j.seq AS bulk, j.station, j.hlcMs, j.hlcCounter
       FROM bulk_under AS u JOIN journal AS j ON j.arrival = u.bulk WHERE u.dataset = ?1 AND (?2 IS NULL OR u.row = ?2) ORDER BY u.row, u."column" LIMIT ?3`,
    [filter.dataset, filter.row ?? null, filter.limit ?? -1],
  )
  const set = new WorkingSet()
  await set.load(
    reads,
    under.map((one) => [one.dataset, one.row] as const),
  )
  const erased = await erasedCells(reads, under)
  const differing = under.flatMap((one) => {
    const shown = set.state(one.dataset, one.row).shown(one.column) ?? erased.get(`${one.row}\0${one.column}`) ?? null
    return shown === null || shown.value === one.value ? [] : [{ ...one, shown }]
  })
  const seen = await seenImports(
    reads,
    differing.map(({ dataset, row, column, shown }) => ({ arrival: shown.arrival, dataset, row, column })),
  )
  return differing
    .filter((one, index) => {
      const base = seen[index] ?? null
      return base === null || compareHlc({ hlc: { ms: one.hlcMs, counter: one.hlcCounter }, station: one.station }, base) > 0
    })
    .map((one) => ({
      dataset: one.dataset,
      row: one.row,
      column: one.column,
      entry: one.shown.entry,
      import: one.bulk,
      shown: JSON.parse(one.shown.value) as CellValue,
      imported: JSON.parse(one.value) as CellValue,
    }))
}

/** Cells that nobody wrote and an erasure emptied, by row and column: what newer imports say of them waits for a person. */
async function erasedCells(reads: Reads, under: readonly UnderRow[]): Promise<Map<string, { entry: EntryId; arrival: number; value: string }>> {
  const rows = await reads.all<{ row: string; column: string; entry: EntryId; arrival: number }>(
    `SELECT e.row, e."column", j.station || '/' || j.scope || '/' || j.seq AS entry, e.arrival FROM json_each(?) AS u CROSS JOIN journal_erased AS e CROSS JOIN journal AS j
      WHERE e.dataset = u.value ->> 0 AND e.row = u.value ->> 1 AND e."column" = u.value ->> 2 AND j.arrival = e.arrival`,
    [JSON.stringify(under.map(({ dataset, row, column }) => [dataset, row, column]))],
  )
  return new Map(rows.map(({ row, column, entry, arrival }) => [`${row}\0${column}`, { entry, arrival, value: 'null' }]))
}

/** For each written cell the newest import its writer had seen; null where none. */
async function seenImports(reads: Reads, cells: { arrival: number; dataset: string; row: string; column: string }[]) {
  const rows = await reads.all<{ place: number; station: string; hlcMs: number; hlcCounter: number }>(
    `SELECT w.key AS place, b.station, b.hlcMs, b.hlcCounter
       FROM json_each(?) AS w JOIN journal AS e ON e.arrival = w.value ->> 'arrival' JOIN json_each(e.body, '$.cells') AS c JOIN json_each(c.value, '$[4]') AS base
       JOIN journal AS b ON b.station || '/' || b.scope || '/' || b.seq = base.value JOIN bulk_imports AS i ON i.arrival = b.arrival
      WHERE c.value ->> 0 = w.value ->> 'dataset' AND c.value ->> 1 = w.value ->> 'row' AND c.value ->> 2 = w.value ->> 'column'`,
    [JSON.stringify(cells)],
  )
  const found: ({ station: string; hlc: { ms: number; counter: number } } | null)[] = cells.map(() => null)
  for (const row of rows) {
    const one = { station: row.station, hlc: { ms: row.hlcMs, counter: row.hlcCounter } }
    const known = found[row.place]
    if (known === null || known === undefined || compareHlc(one, known) > 0) found[row.place] = one
  }
  return found
}

/** Rows that an older import of the source gave and the newest does not name; listed, never deleted. */
export async function readMissing(reads: Reads, options: { dataset: string; source: string; limit?: number }): Promise<Id[]> {
  const rows = await reads.all<{ id: string }>(
    `WITH imports AS (
       SELECT b.arrival, row_number() OVER (ORDER BY j.hlcMs DESC, j.hlcCounter DESC, j.station DESC) AS place
         FROM bulk_imports AS b JOIN journal AS j ON j.arrival = b.arrival WHERE b.dataset = ?1 AND b.source = ?2)
     SELECT id FROM ${quoted(options.dataset)} WHERE _deleted = 0 AND _bulk IN (SELECT arrival FROM imports WHERE place > 1) ORDER BY key LIMIT ?3`,
    [options.dataset, options.source, options.limit ?? -1],
  )
  return rows.map((row) => row.id)
}
