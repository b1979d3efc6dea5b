// Erasing personal data (删除个人信息): found by what a person names, taken out of every record and every copy the journal keeps.
import { z } from 'zod'
import { accountDatasets } from './accounts.ts'
import { datasets } from './datasets.ts'
import { type EpochMs, Id, text } from './scalars.ts'

/** Personal columns by dataset. Accounts are left out: who did what must be known for as long as the audit is kept. */
export const personalColumns: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(datasets)
    .filter(([dataset]) => !(dataset in accountDatasets))
    .map(([dataset, { columns }]) => [dataset, Object.keys(columns).filter((name) => columns[name]?.personal !== undefined)] as const)
    .filter(([, columns]) => columns.length > 0),
)

/** Looked for as it is typed, in values of now and of before; at most 200 records. */
export const FindPersonal = z.object({
  words: text(100)
    .transform((value) => value.trim())
    .refine((value) => [...value].length >= 2),
})

export interface PersonalField {
  column: string
  /** Around what was looked for, or so little that a record is known again; null = nothing stands there now. */
  excerpt: string | null
  /** What was looked for stands here, now or earlier. */
  isHit: boolean
  /** Longer than a name or a number: the whole text would go. */
  isText: boolean
  /** Entries that wrote it. */
  versions: number
}

export interface PersonalRow {
  dataset: string
  row: Id
  isDeleted: boolean
  /** When a person last wrote something of it, wall clock; null = only imports gave it. */
  at: EpochMs | null
  /** The ledger it came from: its file is blanked as well; null = none. */
  source: string | null
  fields: PersonalField[]
}

export interface FoundPersonal {
  rows: PersonalRow[]
  hasMore: boolean
}

export const AboutPersonal = z.object({ dataset: text(100), row: Id })

export const ErasePersonal = z.object({
  rows: z
    .array(z.object({ dataset: text(100), row: Id, columns: z.array(text(100)).min(1).max(20) }))
    .min(1)
    .max(200),
  reason: text(500).transform((value) => value.trim()),
})
export type ErasePersonal = z.infer<typeof ErasePersonal>

/** An erasure that was carried out: what went is not kept, that it went is. */
export interface DoneErasure {
  entry: string
  at: EpochMs
  who: string | null
  /** By record; empty = a later erasure of the same entries says it in its place. */
  what: { dataset: string; columns: string[] }[]
  reason: string
}

export interface ErasureState {
  /** Newest first, at most 50. */
  done: DoneErasure[]
  /** Files of imports are still being blanked. */
  isBlanking: boolean
}
