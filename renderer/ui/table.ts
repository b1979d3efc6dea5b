// What a VirtualTable shows: its columns and how it is sorted.
export interface TableColumn<Row> {
  /** Also the name of the cell's slot: `#cell-<id>="{ row }"`. */
  id: string
  title: string
  /** CSS width: `120px`, `1fr`, `minmax(160px, 2fr)`. */
  width: string
  align?: 'start' | 'end'
  isSortable?: boolean
  /** Text of the cell where no slot is given. */
  text?: (row: Row) => string
}

export interface TableSort {
  column: string
  isDescending: boolean
}

/** A press on a column's head: ascending, then descending, then unsorted. */
export function nextSort(sort: TableSort | null, column: string): TableSort | null {
  if (sort?.column !== column) return { column, isDescending: false }
  return sort.isDescending ? null : { column, isDescending: true }
}

/** @returns the row to go to for a key of the table, or null when the key is none of its own */
export function rowForKey(key: string, at: number, options: { count: number; pageRows: number }): number | null {
  const { count, pageRows } = options
  const target = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + pageRows, PageUp: at - pageRows, Home: 0, End: count - 1 }[key]
  return target === undefined || count === 0 ? null : Math.max(0, Math.min(count - 1, target))
}
