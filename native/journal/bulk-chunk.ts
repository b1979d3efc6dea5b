// One chunk of a bulk import into its table: cells a person has edited stay, what the import says of them is put aside.
import type { Writes } from '../store/types.ts'
import { erasedSql } from './erased-imports.ts'
import { updateProjections } from './flush.ts'
import { quoted, storedSql, type Table } from './tables.ts'
import type { Projection } from './types.ts'

export interface BulkRow {
  id: string
  /** JSON text of `[id, key, ...values]`. */
  json: string
}

export interface ChunkContext {
  table: Table
  /** The import's columns in the order of the rows' values; those the table lacks wait for an upgrade. */
  columns: readonly string[]
  /** Arrival of the import's entry. */
  bulk: number
  projections: readonly Projection[]
}

/** The values begin after the row's id and its key. */
const firstValue = 2

export async function projectChunk(tx: Writes, rows: readonly BulkRow[], context: ChunkContext): Promise<void> {
  const edited = await editedColumns(tx, rows, context.table.dataset)
  const groups = Map.groupBy(rows, (row) => edited.get(row.id) ?? '')
  for (const [columns, group] of groups) {
    const kept = new Set(columns === '' ? [] : (JSON.parse(columns) as string[]))
    const json = `[${group.map((row) => row.json).join(',')}]`
    await tx.run(bulkSql(context, kept), [json, context.bulk])
    for (const column of kept) await putAside(tx, context, column, json)
  }
  await updateProjections(
    tx,
    context.projections,
    context.table.dataset,
    rows.map((row) => row.id),
  )
}

/** Which cells of these rows persons have written or erased: JSON of the columns' names by row; rows nobody touched are absent. */
async function editedColumns(tx: Writes, rows: readonly BulkRow[], dataset: string): Promise<Map<string, string>> {
  const isTouched = `SELECT 1 FROM cell_history WHERE dataset = ?1 UNION ALL SELECT 1 FROM journal_erased WHERE dataset = ?1 LIMIT 1`
  if ((await tx.get(isTouched, [dataset])) === null) return new Map()
  const found = await tx.all<{ row: string; columns: string }>(
    `SELECT row, json_group_array(DISTINCT "column" ORDER BY "column") AS columns FROM (
       SELECT row, "column" FROM cell_history WHERE dataset = ?1 AND replacedBy = 0 AND row IN (SELECT value FROM json_each(?2))
       UNION ALL SELECT row, "column" FROM journal_erased WHERE dataset = ?1 AND row IN (SELECT value FROM json_each(?2))) GROUP BY row`,
    [dataset, JSON.stringify(rows.map((row) => row.id))],
  )
  return new Map(found.map(({ row, columns }) => [row, columns]))
}

function bulkSql({ table, columns }: ChunkContext, kept: ReadonlySet<string>): string {
  const present = columns.flatMap((name, index) => {
    const column = table.columns.get(name)
    return column === undefined || kept.has(name) ? [] : [{ name: quoted(name), sql: storedSql(column, 'r.value', index + firstValue) }]
  })
  const updates = [...present.map(({ name }) => `${name} = excluded.${name}`), '_bulk = excluded._bulk']
  return `INSERT INTO ${quoted(table.dataset)} (${['id', '_bulk', ...present.map((one) => one.name)].join(', ')})
    SELECT ${['r.value ->> 0', '?2', ...present.map((one) => one.sql)].join(', ')} FROM json_each(?1) AS r WHERE true
    ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')}`
}

async function putAside(tx: Writes, { table, columns, bulk }: ChunkContext, column: string, json: string): Promise<void> {
  const index = columns.indexOf(column)
  if (index < 0) return
  const value = `r.value -> ${index + firstValue}`
  const erased = erasedSql({ dataset: '?1', row: 'r.value ->> 0', column: '?2', bulk: '?4' })
  await tx.run(
    `INSERT INTO bulk_under (dataset, row, "column", bulk, value) SELECT ?1, r.value ->> 0, ?2, ?4, ${value} FROM json_each(?3) AS r WHERE ifnull(${value}, 'null') <> 'null'
        AND NOT ${erased}
     ON CONFLICT (dataset, row, "column") DO UPDATE SET bulk = excluded.bulk, value = excluded.value`,
    [table.dataset, column, json, bulk],
  )
  await tx.run(
    `DELETE FROM bulk_under WHERE dataset = ?1 AND "column" = ?2 AND row IN (
       SELECT r.value ->> 0 FROM json_each(?3) AS r WHERE ifnull(${value}, 'null') = 'null' OR ${erased})`,
    [table.dataset, column, json, bulk],
  )
}
