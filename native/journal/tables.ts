// What the journal knows of the projected tables: which columns of a dataset really stand in SQL, and the statements that fill them.
import { type CellValue, type Column, type Datasets, DELETED } from '../contract/index.ts'
import type { Reads } from '../store/types.ts'

export interface Table {
  dataset: string
  /** Declared and present in SQL; what else is written stays in the history until an upgrade brings the column. */
  columns: ReadonlyMap<string, Column>
  /** Changes when columns come or go. */
  shape: string
}

/** Reads the projected tables of the declared datasets; a dataset without a table is absent. */
export async function readTables(reads: Reads, datasets: Datasets): Promise<Map<string, Table>> {
  const rows = await reads.all<{ dataset: string; name: string }>(
    `SELECT d.value AS dataset, c.name FROM json_each(?) AS d JOIN pragma_table_info(d.value) AS c ORDER BY d.value, c.name`,
    [JSON.stringify(Object.keys(datasets))],
  )
  const present = Map.groupBy(rows, (row) => row.dataset)
  const tables = new Map<string, Table>()
  for (const [dataset, found] of present) {
    const declared = datasets[dataset]?.columns ?? {}
    const columns = new Map(found.flatMap(({ name }) => (declared[name] === undefined ? [] : [[name, declared[name]] as const])))
    const shape = JSON.stringify([...columns].map(([name, column]) => [name, column.type]))
    tables.set(dataset, { dataset, columns, shape })
  }
  return tables
}

/** An identifier in SQL. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** SQL that takes a cell out of a JSON array as its column stores it. */
export function storedSql(column: Column, json: string, index: number): string {
  return column.type === 'json' ? `nullif(${json} -> ${index}, 'null')` : `${json} ->> ${index}`
}

/** SQL that turns a stored value back into JSON text; the value must not be null. */
export function jsonSql(column: Column, sql: string): string {
  if (column.type === 'json') return sql
  return column.type === 'boolean' ? `iif(${sql}, 'true', 'false')` : `(json_array(${sql}) -> 0)`
}

/** `INSERT … ON CONFLICT` from a JSON array of `[id, isDeleted, conflicts, newest entry, ...values of the columns]`. */
export function upsertSql(table: Table, columns: readonly string[]): string {
  const values = columns.map((name, index) => storedSql(columnOf(table, name), 'r.value', index + 4))
  const names = columns.map(quoted)
  const updates = [...names, '_deleted', '_conflicts'].map((name) => `${name} = excluded.${name}`)
  return `INSERT INTO ${quoted(table.dataset)} (${['id', '_deleted', '_conflicts', '_entry', ...names].join(', ')})
    SELECT ${['r.value ->> 0', 'r.value ->> 1', 'r.value ->> 2', 'r.value ->> 3', ...values].join(', ')} FROM jsonb_each(?) AS r WHERE true
    ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')}, _entry = max(ifnull(_entry, 0), excluded._entry)`
}

function columnOf(table: Table, name: string): Column {
  const column = table.columns.get(name)
  if (column === undefined) throw new Error(`no column ${table.dataset}.${name}`)
  return column
}

/** A value of a projected table as the contract has it. */
export function fromSql(column: Column, value: unknown): CellValue {
  if (value === null || value === undefined) return null
  if (column.type === 'boolean') return value === 1
  if (column.type === 'json') return JSON.parse(String(value)) as CellValue
  return value as CellValue
}

const jsTypes = { text: 'string', id: 'string', integer: 'number', real: 'number', at: 'number', boolean: 'boolean', json: null } as const

/** @throws Error for a value its column cannot hold: a bug of the caller, not of the world */
export function assertFits(dataset: string, name: string, column: Column | undefined, value: CellValue): void {
  if (name === DELETED && typeof value === 'boolean') return
  if (column === undefined) throw new Error(`unknown column ${dataset}.${name}`)
  if (value === undefined) throw new Error(`undefined in ${dataset}.${name}`)
  if (value === null) return
  const wanted = jsTypes[column.type]
  const isFine = wanted === null || (typeof value === wanted && !(wanted === 'number' && !Number.isFinite(value)))
  const isWhole = !(column.type === 'integer' || column.type === 'at') || Number.isSafeInteger(value)
  if (!isFine || !isWhole) throw new Error(`${dataset}.${name} is ${column.type}, not ${typeof value}`)
}
