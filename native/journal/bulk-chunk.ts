// One chunk of a bulk import into its table: cells a person has edited stay, what the import says of them is put aside.
import type { Writes } from '../store/types.ts'
import type { BulkBatch, BulkRow } from './bulk-rows.ts'
import { erasedSql } from './erased-imports.ts'
import { quoted, storedSql, type Table } from './tables.ts'
import type { Projection } from './types.ts'

export interface ChunkContext {
  table: Table
  /** The import's columns in the order of the rows' values; those the table lacks wait for an upgrade. */
  columns: readonly string[]
  /** Arrival of the import's entry. */
  bulk: number
  /** Those of the import's dataset. */
  projections: readonly Projection[]
}

/** A batch and what was worked out of it before its transaction. */
export interface ReadyBatch extends BulkBatch {
  /** What each projection prepared, in their order. */
  prepared: unknown[]
}

/** What the table and the history already hold of a chunk's rows. */
interface Standing {
  /** Whether any of them is in the table. */
  isAnyHere: boolean
  /** Which cells persons have written or erased: JSON of the columns' names by row; rows nobody touched are absent. */
  edited: ReadonlyMap<string, string>
}

/** The values begin after the row's id and its key. */
const firstValue = 2

export function prepared(batch: BulkBatch, { columns, projections }: ChunkContext): ReadyBatch {
  return { ...batch, prepared: projections.map((one) => one.prepare?.(columns, batch.rows) ?? null) }
}

/**
 * Takes the import one chunk further, if it is still where the chunk begins: an older import of its source may have come meanwhile, then it
 * waits for that one or has been sent back to its beginning.
 * @param meanwhile called while SQLite is busy with the rows: the place to prepare the next chunk
 * @returns whether the chunk went in
 */
export async function projectChunk(
  tx: Writes,
  batch: ReadyBatch,
  context: ChunkContext & { rowsDone: number; meanwhile: () => void },
): Promise<boolean> {
  const standing = await advance(tx, batch, context)
  if (standing === null) return false
  if (batch.rows.length === 0) return true
  const { edited, isAnyHere } = standing
  const same = isAnyHere ? await sameRows(tx, batch.rows, edited, context) : new Set<string>()
  const changed = batch.rows.filter((row) => !same.has(row.id))
  for (const [columns, group] of Map.groupBy(changed, (row) => edited.get(row.id) ?? '')) {
    const kept = new Set(columns === '' ? [] : (JSON.parse(columns) as string[]))
    const json = jsonOf(group)
    const writing = tx.run(bulkSql(context, kept), [json, context.bulk])
    context.meanwhile()
    await writing
    for (const column of kept) await putAside(tx, context, column, json)
  }
  if (changed.length === 0) return true
  const isAsGiven = edited.size === 0 && same.size === 0
  const ids = changed.map((row) => row.id)
  for (const [index, projection] of context.projections.entries()) {
    await projection.update(tx, ids, { isNew: !isAnyHere, prepared: isAsGiven ? batch.prepared[index] : null })
  }
  return true
}

/**
 * Rows that stand in the table as this import gives them: most of a ledger that comes again every month. They are only marked as given by it; what is
 * derived from them stays.
 */
async function sameRows(tx: Writes, rows: readonly BulkRow[], edited: Standing['edited'], context: ChunkContext): Promise<Set<string>> {
  const { table, bulk } = context
  const differs = present(context, new Set()).map(({ name, sql }) => `t.${name} IS NOT (${sql})`)
  const found = await tx.all<{ id: string }>(
    `UPDATE ${quoted(table.dataset)} SET _bulk = ?2 WHERE id IN (
       SELECT t.id FROM jsonb_each(?1) AS r CROSS JOIN ${quoted(table.dataset)} AS t
        WHERE t.id = r.value ->> 0 AND t._bulk IS NOT NULL AND NOT (${['0', ...differs].join(' OR ')})) RETURNING id`,
    [jsonOf(rows.filter((row) => !edited.has(row.id))), bulk],
  )
  return new Set(found.map((row) => row.id))
}

function jsonOf(rows: readonly BulkRow[]): string {
  return `[${rows.map((row) => row.json).join(',')}]`
}

/** One statement for what would be three questions and a write: each costs a way to another thread and back while others wait. */
async function advance(tx: Writes, batch: BulkBatch, { table, bulk, rowsDone }: ChunkContext & { rowsDone: number }): Promise<Standing | null> {
  const row = await tx.get<{ isAnyHere: number; edited: string }>(
    `UPDATE bulk_imports SET position = ?2, rowsDone = rowsDone + ?3, isDone = ?4
      WHERE arrival = ?1 AND rowsDone = ?5 AND isDone = 0 AND NOT EXISTS (
        SELECT 1 FROM bulk_imports AS o JOIN journal AS oj ON oj.arrival = o.arrival JOIN journal AS j ON j.arrival = ?1
         WHERE o.dataset = bulk_imports.dataset AND o.source = bulk_imports.source AND o.isDone = 0
           AND (oj.hlcMs, oj.hlcCounter, oj.station) < (j.hlcMs, j.hlcCounter, j.station))
     RETURNING EXISTS (SELECT 1 FROM json_each(?6) AS r CROSS JOIN ${quoted(table.dataset)} AS t WHERE t.id = r.value) AS isAnyHere,
      (SELECT json_group_array(json_array(row, columns)) FROM (
         SELECT row, json_group_array(DISTINCT "column" ORDER BY "column") AS columns FROM (
           SELECT row, "column" FROM json_each(?6) AS r CROSS JOIN cell_history AS h WHERE h.dataset = ?7 AND h.row = r.value AND h.replacedBy = 0
           UNION ALL SELECT row, "column" FROM json_each(?6) AS r CROSS JOIN journal_erased AS e WHERE e.dataset = ?7 AND e.row = r.value)
          GROUP BY row)) AS edited`,
    [bulk, batch.position, batch.lines, batch.isEnd ? 1 : 0, rowsDone, JSON.stringify(batch.rows.map((one) => one.id)), table.dataset],
  )
  return row === null ? null : { isAnyHere: row.isAnyHere === 1, edited: new Map(JSON.parse(row.edited) as [string, string][]) }
}

function bulkSql(context: ChunkContext, kept: ReadonlySet<string>): string {
  const columns = present(context, kept)
  const updates = [...columns.map(({ name }) => `${name} = excluded.${name}`), '_bulk = excluded._bulk']
  return `INSERT INTO ${quoted(context.table.dataset)} (${['id', '_bulk', ...columns.map((one) => one.name)].join(', ')})
    SELECT ${['r.value ->> 0', '?2', ...columns.map((one) => one.sql)].join(', ')} FROM jsonb_each(?1) AS r WHERE true
    ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')}`
}

/** The import's columns that the table has, with the SQL that takes each out of a row `r`. */
function present({ table, columns }: ChunkContext, kept: ReadonlySet<string>): { name: string; sql: string }[] {
  return columns.flatMap((name, index) => {
    const column = table.columns.get(name)
    return column === undefined || kept.has(name) ? [] : [{ name: quoted(name), sql: storedSql(column, 'r.value', index + firstValue) }]
  })
}

async function putAside(tx: Writes, { table, columns, bulk }: ChunkContext, column: string, json: string): Promise<void> {
  const index = columns.indexOf(column)
  if (index < 0) return
  const value = `r.value -> ${index + firstValue}`
  const erased = erasedSql({ dataset: '?1', row: 'r.value ->> 0', column: '?2', bulk: '?4' })
  await tx.run(
    `INSERT INTO bulk_under (dataset, row, "column", bulk, value) SELECT ?1, r.value ->> 0, ?2, ?4, ${value} FROM jsonb_each(?3) AS r WHERE ifnull(${value}, 'null') <> 'null'
        AND NOT ${erased}
     ON CONFLICT (dataset, row, "column") DO UPDATE SET bulk = excluded.bulk, value = excluded.value`,
    [table.dataset, column, json, bulk],
  )
  await tx.run(
    `DELETE FROM bulk_under WHERE dataset = ?1 AND "column" = ?2 AND row IN (
       SELECT r.value ->> 0 FROM jsonb_each(?3) AS r WHERE ifnull(${value}, 'null') = 'null' OR ${erased})`,
    [table.dataset, column, json, bulk],
  )
}
