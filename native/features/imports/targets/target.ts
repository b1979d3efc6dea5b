// What an import needs to know of the rows it makes: fields with the words that ledgers use for them, and how a row becomes columns of a dataset.
import type { CellValue, Datum, FormerArea, ImportField, ImportTargetId, RowProblem } from '../../../contract/index.ts'

export interface TargetField extends ImportField {
  /** Header words, Chinese first. */
  synonyms: readonly string[]
}

/** What is known of the centre while rows are checked; plain data, it goes into the worker. */
export interface CheckContext {
  source: string
  datum: Datum
  /** Kind of every row where the file has no such column. */
  kind: string | null
  /** Epoch ms: what expired before is said so. */
  now: number
  areas: { code: string; name: string; parent: string | null; lon: number | null; lat: number | null; former: FormerArea[] }[]
  /** Rows must lie in it; null = anywhere. */
  area: string | null
  /** Outline of that area, if known. */
  outline: { type: 'Polygon' | 'MultiPolygon'; coordinates: unknown } | null
  accepted: string[]
  /** Extra columns of every row, e.g. `isSample`. */
  fixed: Record<string, CellValue>
  /** Number in the source → row id and name, for targets that point at resources. */
  resources: Record<string, { id: string; name: string }>
  /** The reporting tree, for targets that point at units. */
  units: { id: string; code: string | null; name: string; superior: string | null; isSample: boolean }[]
  /** What the first pass over the file gathered, in the order of its rows. */
  gathered: Record<string, string>[]
}

export interface CheckedRow {
  /** Its key in the source: with the source's name it makes the row id. */
  key: string
  values: Record<string, CellValue>
  problems: RowProblem[]
}

export interface Target {
  id: ImportTargetId
  dataset: string
  fields: readonly TargetField[]
  /** Columns of the dataset that every row carries, in order. */
  columns: readonly string[]
  /** Fields gathered from every row before the first is checked: for rows that point at other rows of the same file. */
  firstPass?: readonly string[]
  /** @param cell text of a field, '' when unmapped @param others unmapped cells by header */
  check(cell: (field: string) => string, others: Record<string, string>, context: CheckContext): CheckedRow
}
