// Checks that imported values nobody has edited or erased still say what the import's file says: each file is read through once more beside the table.
import type { Blobs, Reads } from '../store/types.ts'
import { type BulkRow, BulkRowReader } from './bulk-rows.ts'
import { quoted, storedSql, type Table } from './tables.ts'
import type { Damage } from './verify.ts'

/** Rows of a file looked at together. */
const page = { lines: 500, bytes: 1 << 20 }
/** The values begin after the row's id and its key. */
const firstValue = 2

interface Import {
  arrival: number
  source: string
  columns: string
  blob: string
  position: number
}

/** An import of a source: the later in the list, the newer its clock. */
interface Ranked extends Import {
  names: string[]
  /** Rows it names, where an older import needs to know; null where none does, or its file cannot be read: then it may name any. */
  rows: Set<string> | null
}

/** What is looked at together: a table and the imports of one source. */
interface Look {
  reads: Reads
  blobs: Blobs
  table: Table
  source: string
  ranked: readonly Ranked[]
}

/**
 * Every import as far as it has been projected, a source's newest first. A value counts for a row unless a newer import that names the row has the column.
 * @param files.isWhole whether a file is there and is what its name says; damaged ones are named elsewhere and not read here
 */
export async function verifyImports(
  reads: Reads,
  table: Table,
  files: { blobs: Blobs; isWhole: (blob: string) => boolean },
  damage: Damage[],
): Promise<void> {
  const found = await reads.all<Import>(
    `SELECT b.arrival, b.source, b.columns, b.blob, b.position FROM bulk_imports AS b JOIN journal AS j ON j.arrival = b.arrival
      WHERE b.dataset = ? ORDER BY j.hlcMs, j.hlcCounter, j.station`,
    [table.dataset],
  )
  for (const [source, imports] of Map.groupBy(found, (one) => one.source)) {
    const ranked = imports.map((one): Ranked => ({ ...one, names: JSON.parse(one.columns) as string[], rows: null }))
    for (const [index, one] of ranked.entries()) if (isAsked(ranked, index) && files.isWhole(one.blob)) one.rows = new Set()
    for (const one of ranked.toReversed()) {
      if (!files.isWhole(one.blob)) continue
      for (const name of await verifyImport({ reads, blobs: files.blobs, table, source, ranked }, one)) damage.push({ kind: 'row', name })
    }
  }
}

/** Whether which rows it names decides what an older import says: a column of both that a still newer import lacks. */
function isAsked(ranked: readonly Ranked[], index: number): boolean {
  const shared = ranked.slice(0, index).flatMap((older) => older.names.filter((name) => ranked[index]?.names.includes(name)))
  return ranked.slice(index + 1).some((newer) => shared.some((name) => !newer.names.includes(name)))
}

/** @returns the rows and cells that differ */
async function verifyImport(look: Look, one: Ranked): Promise<string[]> {
  // A key that comes twice in a file counts as it came last: each time the row is cleared or suspected anew.
  const suspects = new Map<string, string[]>()
  const { blobs, table, source } = look
  const reader = new BulkRowReader({
    blobs,
    blob: one.blob,
    size: one.position,
    dataset: table.dataset,
    source,
    width: one.names.length,
    position: 0,
  })
  try {
    for (let batch = await reader.next(page); batch.lines > 0; batch = await reader.next(page)) {
      for (const { id } of batch.rows) {
        suspects.delete(id)
        one.rows?.add(id)
      }
      for (const [id, columns] of await differences(look, one, batch.rows)) suspects.set(id, columns)
    }
  } finally {
    await reader.close()
  }
  return [...suspects].flatMap(([id, columns]) => columns.map((column) => [table.dataset, id, ...(column === wholeRow ? [] : [column])].join('/')))
}

/** Stands for a row that is not there at all. */
const wholeRow = ''

/** Columns by row in which the table differs from what this import says, where it counts. */
async function differences({ reads, table, ranked }: Look, one: Ranked, rows: readonly BulkRow[]): Promise<Map<string, string[]>> {
  const at = ranked.indexOf(one)
  const present = one.names.flatMap((name, index) => {
    const column = table.columns.get(name)
    return column === undefined ? [] : [{ name, sql: `t.${quoted(name)} IS NOT (${storedSql(column, 'r.value', index + firstValue)})` }]
  })
  const newest = Math.max(...ranked.map((other) => other.arrival))
  // What came while we look has a later arrival and is left to the next look.
  const isBehind = `t._bulk IS NULL OR t._bulk NOT IN (${ranked.slice(at).map((other) => other.arrival)})`
  const found = await reads.all<{ id: string; bulk: number | null; isHere: number; columns: string }>(
    `SELECT r.value ->> 0 AS id, t._bulk AS bulk, t.id IS NOT NULL AS isHere, ${jsonOf(present)} AS columns
       FROM json_each(?) AS r LEFT JOIN ${quoted(table.dataset)} AS t ON t.id = r.value ->> 0
      WHERE ifnull(t._bulk, 0) <= ${newest} AND (${[isBehind, ...present.map(({ sql }) => sql)].join(' OR ')})`,
    [`[${rows.map((row) => row.json).join(',')}]`],
  )
  if (found.length === 0) return new Map()
  const excused = await excusedCells(reads, table.dataset, found)
  return new Map(
    found.flatMap(({ id, bulk, isHere, columns }) => {
      const differing = isHere === 1 ? counting({ id, bulk, columns: JSON.parse(columns) as string[] }, at, ranked) : [wholeRow]
      const left = differing.filter((column) => !excused.has(`${id}\0${column}`))
      return left.length === 0 ? [] : [[id, left]]
    }),
  )
}

function jsonOf(columns: readonly { name: string; sql: string }[]): string {
  const parts = columns.map(({ name, sql }) => `SELECT '${name.replaceAll("'", "''")}' AS name WHERE ${sql}`)
  return parts.length === 0 ? "'[]'" : `(SELECT json_group_array(name) FROM (${parts.join(' UNION ALL ')}))`
}

/** Of the columns that differ those where this import counts; `_bulk` when the row names an older one as its newest. */
function counting(row: { id: string; bulk: number | null; columns: string[] }, at: number, ranked: readonly Ranked[]): string[] {
  const newest = ranked.findIndex((other) => other.arrival === row.bulk)
  if (newest < at) return [...row.columns, '_bulk']
  const newer = ranked.slice(at + 1, newest + 1).filter((other, index, list) => index === list.length - 1 || other.rows?.has(row.id) !== false)
  return row.columns.filter((column) => !newer.some((other) => other.names.includes(column)))
}

/** Cells of these rows that persons have written or erasures taken: `row\0column`. */
async function excusedCells(reads: Reads, dataset: string, rows: readonly { id: string }[]): Promise<Set<string>> {
  const found = await reads.all<{ row: string; column: string }>(
    `SELECT h.row, h."column" FROM json_each(?2) AS r CROSS JOIN cell_history AS h WHERE h.dataset = ?1 AND h.row = r.value AND h.replacedBy = 0
      UNION ALL SELECT e.row, e."column" FROM json_each(?2) AS r CROSS JOIN journal_erased AS e WHERE e.dataset = ?1 AND e.row = r.value`,
    [dataset, JSON.stringify(rows.map((row) => row.id))],
  )
  return new Set(found.map(({ row, column }) => `${row}\0${column}`))
}
