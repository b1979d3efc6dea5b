// How a value in conflict is written for people, and how cells of one row are put together.
import { type CellValue, type ColumnType, type ConflictItem, DELETED } from '../../../native/contract/index.ts'
import { clockWords, wallClock } from '../../ui/time-words.ts'

export interface ConflictRow {
  key: string
  dataset: string
  title: string | null
  fields: ConflictItem[]
}

/** Fields of the same row stand together, rows in the order of their newest field. */
export function groupByRow(items: readonly ConflictItem[]): ConflictRow[] {
  const rows = new Map<string, ConflictRow>()
  for (const item of items) {
    const key = `${item.dataset}/${item.row}`
    const row = rows.get(key) ?? { key, dataset: item.dataset, title: item.rowTitle, fields: [] }
    // Whether the row stays at all comes before what stands in it.
    if (item.column === DELETED) row.fields.unshift(item)
    else row.fields.push(item)
    rows.set(key, row)
  }
  return [...rows.values()]
}

interface Words {
  empty: string
  yes: string
  no: string
}

/** A value as people read it; JSON is laid out, never hidden. */
export function valueWords(value: CellValue, type: ColumnType, words: Words): string {
  if (value === null || value === '') return words.empty
  if (type === 'boolean') return value === true || value === 1 ? words.yes : words.no
  if (type === 'at' && typeof value === 'number') {
    const { year, month, day } = wallClock(value)
    return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')} ${clockWords(value)}`
  }
  return typeof value === 'object' ? JSON.stringify(value, null, 1) : String(value)
}
