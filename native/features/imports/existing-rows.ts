// What a target's own room knows of rows that are already there: an import of the same people under another name changes them instead of doubling them.
import type { CellValue, Id } from '../../contract/index.ts'

/** The row that a line of the file would repeat. */
export interface ExistingRow {
  /** null = several look like it, so none can be changed. */
  id: Id | null
  /** Where it came from; '' = by hand. */
  source: string
  /** The file says nothing that is not there already. */
  isSame: boolean
}

/** Values by column, as the target reads them from a row. */
export type FileRow = Record<string, CellValue>

/** Handed in by `app.ts`, one a target. */
export interface ExistingRows {
  /** For each row, which of another source it repeats; null = none. */
  match(rows: readonly FileRow[], options: { source: string; isSample: boolean }): Promise<(ExistingRow | null)[]>
  /** Writes into rows that are there what the file says; what it leaves empty stays. */
  update(rows: readonly { id: Id; values: FileRow }[], actor: string): Promise<void>
}
