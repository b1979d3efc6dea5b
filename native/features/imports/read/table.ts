// What every kind of table file becomes: rows of cells as text, in batches, with what must be told about them.
import type { Encoding, SheetInfo } from '../../../contract/index.ts'

export interface TableRow {
  /** As a spreadsheet numbers it, from 1. */
  row: number
  /** As text; dates as `YYYY-MM-DD` or `YYYY-MM-DD HH:mm:ss`, numbers without thousands separators. */
  cells: string[]
  /** Columns whose value came from a formula's stored result. */
  formulas: number[]
  /** Columns with a formula that has no stored result. */
  emptyFormulas: number[]
}

export interface Table {
  kind: 'xlsx' | 'csv' | 'geojson'
  encoding: Encoding | null
  delimiter: string | null
  sheets: SheetInfo[]
  sheet: string
  /** Header rows by the form of the file; null = to be guessed from the rows. */
  headerRows: number | null
  /** Batches of rows, in order; blank rows are left out, row numbers keep counting. */
  rows(): AsyncGenerator<TableRow[]>
  /** 0…1, how much of the file has been read. */
  progress(): number
  close(): Promise<void>
}

/** Wider sheets are refused: no ledger has them, and one row of them would fill the memory. */
export const maxColumns = 1000
/** Characters in one cell; Excel allows 32 767. */
export const maxCellLength = 32_767
export const batchRows = 500
