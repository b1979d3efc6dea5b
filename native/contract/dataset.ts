// How a dataset is declared. Dataset and column names are permanent ids: a change of meaning is a new column.

/** `boolean` is stored as 0/1, `json` as text, `at` as epoch milliseconds UTC, `id` as the text of a UUID. */
export type ColumnType = 'text' | 'integer' | 'real' | 'boolean' | 'json' | 'at' | 'id'

/** What a cell may hold on the wire. `null` = known absent. `json` columns carry any JSON value. */
export type CellValue = string | number | boolean | null | JsonValue
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue }

export interface Column {
  type: ColumnType
  /** Holds personal data, so it can be erased (个人信息): all of it, or the members named of a JSON value. */
  personal?: true | readonly string[]
  /** First release that wrote it. */
  since?: string
}

/** Who receives an entry: this console only, the centre, the level above or below, everybody. */
export type ScopeKind = 'self' | 'centre' | 'up' | 'down' | 'shared'
export type Scope = 'self' | 'shared' | `centre:${string}` | `up:${string}` | `down:${string}`

export interface Dataset {
  /** Where entries about it go unless the act says otherwise. */
  scope: ScopeKind
  /** Its columns; the projected table of the same name has these plus `id`, `_deleted`, `_conflicts`, `_entry`, `_bulk`. */
  columns: Record<string, Column>
}
export type Datasets = Record<string, Dataset>

/** Reserved column that marks a row as deleted. */
export const DELETED = '~deleted'

/** Keeps the literal types of a declaration. */
export function defineDatasets<const T extends Datasets>(datasets: T): T {
  return datasets
}
