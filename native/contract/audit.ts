// The audit list: a view of the journal, never a second log.
import { z } from 'zod'
import type { EntryId, Subject } from './entry.ts'
import { EpochMs, text } from './scalars.ts'

export const AuditFilter = z.object({
  from: EpochMs.nullable(),
  to: EpochMs.nullable(),
  /** Account id, or `station`. */
  actor: text(64).nullable(),
  /** The beginning of an action's name, e.g. `accounts.` or `tasks.order`. */
  action: text(64).nullable(),
})
export type AuditFilter = z.infer<typeof AuditFilter>

/** Newest first; `before` is the arrival number of the last row shown. */
export const AuditPage = AuditFilter.extend({ before: z.int().positive().nullable(), limit: z.int().min(1).max(500) })
export type AuditPage = z.infer<typeof AuditPage>

export interface AuditRow {
  entry: EntryId
  /** Local arrival number, the order of this list. */
  arrival: number
  /** Wall clock of the writer, epoch ms UTC. */
  at: EpochMs
  actor: string
  /** The person's name as it is now; null = unknown here. */
  actorName: string | null
  action: string
  subject: Subject
  /** How many cells the act set. */
  cells: number
  note: Record<string, unknown> | null
}

/** Whether the hash chains of all scopes verify, from the first entry to the last. */
export interface ChainState {
  isVerified: boolean
  entries: number
  verifiedAt: EpochMs
  /** What does not fit: `body` (its words were changed), `chain`, `gap`, `seal` or `fork`, and the entry's identity. */
  problems: { kind: string; name: string }[]
}
