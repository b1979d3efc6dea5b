// Checks that what was made from the entries still says what they say: the history cell by cell, and the rows people see.
import type { CellValue } from '../contract/index.ts'
import type { Reads } from '../store/types.ts'
import { parseBody } from './body.ts'
import { canonical } from './encode.ts'
import { fromSql, quoted, type Table } from './tables.ts'
import type { Damage } from './verify.ts'
import { WorkingSet } from './working-set.ts'

const pageRows = 1_000

interface HistoryRow {
  dataset: string
  row: string
  replacedBy: number
  column: string
  arrival: number
  value: string
}

/** Every cell of the history against the body of its entry; erased bodies are passed over. */
export async function verifyHistory(reads: Reads, damage: Damage[]): Promise<void> {
  let after: [string, string, number, string, number] = ['', '', 0, '', 0]
  for (;;) {
    const page = await reads.all<HistoryRow>(
      `SELECT dataset, row, replacedBy, "column", arrival, value FROM cell_history
        WHERE (dataset, row, replacedBy, "column", arrival) > (?, ?, ?, ?, ?) ORDER BY dataset, row, replacedBy, "column", arrival LIMIT ?`,
      [...after, pageRows],
    )
    const bodies = await reads.all<{ arrival: number; body: string | null }>(
      'SELECT j.arrival, j.body FROM json_each(?) AS w CROSS JOIN journal AS j WHERE j.arrival = w.value',
      [JSON.stringify([...new Set(page.map((one) => one.arrival))])],
    )
    const cells = new Map<string, string>()
    const erased = new Set<number>()
    for (const { arrival, body } of bodies) {
      const parsed = body === null ? null : parseBody(body)
      if (parsed === null) erased.add(arrival)
      for (const [dataset, row, column, value] of parsed?.cells ?? []) cells.set(key(arrival, dataset, row, column), canonical(value))
    }
    for (const { dataset, row, column, arrival, value } of page) {
      if (!erased.has(arrival) && cells.get(key(arrival, dataset, row, column)) !== value)
        damage.push({ kind: 'history', name: `${dataset}/${row}/${column}` })
    }
    const last = page.at(-1)
    if (last === undefined || page.length < pageRows) return
    after = [last.dataset, last.row, last.replacedBy, last.column, last.arrival]
  }
}

function key(arrival: number, dataset: string, row: string, column: string): string {
  return `${arrival}\0${dataset}\0${row}\0${column}`
}

type ProjectedRow = Record<string, unknown> & { key: number; id: string; _deleted: number; _conflicts: number }

/** Every row people see against the heads of its cells. Imported values nobody has edited are held against the import's file by `verifyImports`. */
export async function verifyRows(reads: Reads, table: Table, damage: Damage[]): Promise<void> {
  let after = 0
  for (;;) {
    const page = await reads.all<ProjectedRow>(`SELECT * FROM ${quoted(table.dataset)} WHERE key > ? AND _entry IS NOT NULL ORDER BY key LIMIT ?`, [
      after,
      pageRows,
    ])
    const suspects = await differing(reads, table, page)
    if (suspects.length > 0) {
      // A running station may have written between the two looks: what still differs at a second look is damaged.
      const again = await reads.all<ProjectedRow>(`SELECT * FROM ${quoted(table.dataset)} WHERE key IN (SELECT value FROM json_each(?))`, [
        JSON.stringify([...new Set(suspects.map((one) => one.key))]),
      ])
      damage.push(...(await differing(reads, table, again)).map(({ name }): Damage => ({ kind: 'row', name })))
    }
    const last = page.at(-1)
    if (last === undefined || page.length < pageRows) return
    after = last.key
  }
}

async function differing(reads: Reads, table: Table, rows: readonly ProjectedRow[]): Promise<{ key: number; name: string }[]> {
  const set = new WorkingSet()
  await set.load(
    reads,
    rows.map((row) => [table.dataset, row.id] as const),
  )
  const found: { key: number; name: string }[] = []
  for (const row of rows) {
    const state = set.state(table.dataset, row.id)
    const name = `${table.dataset}/${row.id}`
    if (row._deleted !== (state.isDeleted() ? 1 : 0) || row._conflicts !== state.conflicts().length) found.push({ key: row.key, name })
    for (const [columnName, column] of table.columns) {
      const shown = state.shown(columnName)
      if (shown === null) continue
      const wanted = canonical(JSON.parse(shown.value) as CellValue)
      if (canonical(fromSql(column, row[columnName])) !== wanted) found.push({ key: row.key, name: `${name}/${columnName}` })
    }
  }
  return found
}
