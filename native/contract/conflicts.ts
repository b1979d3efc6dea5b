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

/** Longest text that may be typed as a third value, in UTF-16 code units. */
export const TYPED_TEXT_LIMIT = 6_000

/** A third value that a person types in place of all that stand against each other, of the column's type; null = known absent. */
export const TypedValue = z.object({ value: z.union([text(TYPED_TEXT_LIMIT), z.number(), z.boolean(), z.null()]) })
export type TypedValue = z.infer<typeof TypedValue>

/** Types of columns whose value a person can type; identities and JSON are chosen among what is there. */
export const typeableColumns: readonly ColumnType[] = ['text', 'integer', 'real', 'boolean', 'at']

/** `seen`: the heads on the person's screen; when another has arrived meanwhile the decision is refused with CONFLICT. */
export const DecideConflict = z
  .object({
    dataset: ColumnName,
    row: Id,
    column: ColumnName,
    /** The entry whose value is kept; null = none of them, a third is typed. */
    chosen: EntryIdText.nullable(),
    /** null = none; one of the two is given, never both. */
    typed: TypedValue.nullable().default(null),
    seen: z.array(EntryIdText).min(2).max(100),
    reason: text(500).transform((value) => value.trim()),
  })
  .refine(({ chosen, typed }) => (chosen === null) !== (typed === null), { error: 'conflicts.oneOfTwo' })
export type DecideConflict = z.infer<typeof DecideConflict>
