// The conflict inbox: cells that several people wrote without seeing each other, field by field, for a person to decide.
import { z } from 'zod'
import type { CellValue, ColumnType } from './dataset.ts'
import { type EpochMs, Id, text } from './scalars.ts'

const EntryIdText = text(300)
const ColumnName = text(100)

/** One of the values that stand against each other. */
export interface ConflictHead {
  entry: string
  /** The field it wrote: another one than the conflict's where a delete stands against an edit it had not seen. */
  column: string
  value: CellValue
  /** Name of the person; null = the program itself, or an account unknown here. */
  who: string | null
  /** The station that wrote it. */
  station: string
  /** Wall clock of the writer. */
  at: EpochMs
  /** True for the one that is shown everywhere until somebody decides. */
  isShown: boolean
}

export interface ConflictItem {
  dataset: string
  row: Id
  /** Column of the dataset, or `~deleted` for "deleted or not". */
  column: string
  type: ColumnType
  /** What people call the row (its title or name); null = it has none. */
  rowTitle: string | null
  /** Newest first. */
  heads: ConflictHead[]
}

export const ListConflicts = z.object({ dataset: ColumnName.optional(), row: Id.optional() })
export type ListConflicts = z.infer<typeof ListConflicts>

/** `seen`: the heads on the person's screen; when another has arrived meanwhile the decision is refused with CONFLICT. */
export const DecideConflict = z.object({
  dataset: ColumnName,
  row: Id,
  column: ColumnName,
  chosen: EntryIdText,
  seen: z.array(EntryIdText).min(2).max(100),
  reason: text(500).transform((value) => value.trim()),
})
export type DecideConflict = z.infer<typeof DecideConflict>
