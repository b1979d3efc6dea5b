// What imports gave for a row at a moment: from the table when its last import is old enough, from the imports' blobs when it is not.
import type { CellValue, EpochMs, Subject } from '../contract/index.ts'
import { BulkRowReader } from './bulk-rows.ts'
import { erasedSql } from './erased-imports.ts'
import { fromSql, quoted, type Table } from './tables.ts'
import type { Blobs, Reads } from '../store/types.ts'

export interface PastSources {
  reads: Reads
  blobs: Blobs
  /** The dataset's table; null when this release has none. */
  table: Table | null
}

interface Import {
  arrival: number
  source: string
  columns: string
  blob: string
}

const scanned = { lines: 2_000, bytes: 1 << 20 }

/** @returns the imported values by column; null when no import of that moment named the row */
export async function importedAt(
  sources: PastSources,
  subject: Subject,
  at: { happened: EpochMs } | { known: EpochMs },
): Promise<Record<string, CellValue> | null> {
  const { reads, table } = sources
  if (table === null) return null
  const row = await reads.get<Record<string, unknown> & { _bulk: number }>(
    `SELECT * FROM ${quoted(subject.dataset)} WHERE id = ? AND _bulk IS NOT NULL`,
    [subject.row],
  )
  if (row === null) return null
  const [moment, until] = 'known' in at ? ['j.receivedAt', at.known] : ['ifnull(j.happenedAt, j.at)', at.happened]
  const imports = await reads.all<Import>(
    `SELECT b.arrival, b.source, b.columns, b.blob FROM bulk_imports AS b JOIN journal AS j ON j.arrival = b.arrival
      WHERE b.dataset = ?1 AND b.source = (SELECT source FROM bulk_imports WHERE arrival = ?2) AND ${moment} <= ?3 ORDER BY j.hlcMs, j.hlcCounter, j.station`,
    [subject.dataset, row._bulk, until],
  )
  if (!imports.some((one) => one.arrival === row._bulk)) return fromBlobs(sources, subject, imports)
  const under = await reads.all<{ column: string; value: string }>(
    `SELECT "column", value FROM bulk_under AS u WHERE dataset = ?1 AND row = ?2
        AND NOT EXISTS (SELECT 1 FROM journal_erased AS e WHERE e.dataset = ?1 AND e.row = ?2 AND e."column" = u."column")`,
    [subject.dataset, subject.row],
  )
  const edited = await reads.all<{ column: string }>('SELECT DISTINCT "column" FROM cell_history WHERE dataset = ? AND row = ?', [
    subject.dataset,
    subject.row,
  ])
  const values: Record<string, CellValue> = {}
  for (const [name, column] of table.columns) values[name] = fromSql(column, row[name])
  for (const { column } of edited) delete values[column]
  for (const { column, value } of under) values[column] = JSON.parse(value) as CellValue
  return values
}

/** The row's last import came later: the older ones are read through for it. Seconds for a million rows. */
async function fromBlobs({ reads, blobs }: PastSources, subject: Subject, imports: readonly Import[]): Promise<Record<string, CellValue> | null> {
  const found: Record<string, CellValue> = {}
  let isFound = false
  for (const one of imports) {
    const info = await blobs.info(one.blob)
    if (info === null) continue
    const columns = JSON.parse(one.columns) as string[]
    const reader = new BulkRowReader({
      blobs,
      blob: one.blob,
      size: info.size,
      dataset: subject.dataset,
      source: one.source,
      width: columns.length,
      position: 0,
    })
    try {
      for (let batch = await reader.next(scanned); batch.lines > 0; batch = await reader.next(scanned)) {
        const row = batch.rows.find((candidate) => candidate.id === subject.row)
        if (row === undefined) continue
        const values = (JSON.parse(row.json) as CellValue[]).slice(2)
        const erased = await erasedColumns(reads, subject, one.arrival)
        isFound = true
        for (const [index, name] of columns.entries()) found[name] = erased.has(name) ? null : (values[index] ?? null)
        break
      }
    } finally {
      await reader.close()
    }
  }
  return isFound ? found : null
}

/** What an erasure took of what an import says of a row, whether the file has lost it already or not. */
async function erasedColumns(reads: Reads, subject: Subject, bulk: number): Promise<Set<string>> {
  const cell = { dataset: 'e.dataset', row: 'e.row', column: 'e."column"', bulk: '?3' }
  const rows = await reads.all<{ column: string }>(
    `SELECT e."column" FROM journal_erased AS e WHERE e.dataset = ?1 AND e.row = ?2 AND ${erasedSql(cell)}`,
    [subject.dataset, subject.row, bulk],
  )
  return new Set(rows.map((row) => row.column))
}
