// Reporting clocks (报送时限): which run for an incident, from when, until when, and the evidence that stops them.
import { z } from 'zod'
import { defineDatasets } from './dataset.ts'
import type { Subject } from './entry.ts'
import type { HappenedAt, Id } from './scalars.ts'

export const clockDatasets = defineDatasets({})

/** 电话 or 书面. */
export const ReportingMeans = z.enum(['telephone', 'writing'])
export type ReportingMeans = z.infer<typeof ReportingMeans>

/** Proof that a recipient was told: a call somebody took, a receipt. "Sent" is none. */
export interface ReportingEvidence {
  incident: Id
  /** Unit told; null = only its name is known. */
  unit: Id | null
  /** Name of the recipient as written. */
  recipient: string
  means: ReportingMeans
  at: HappenedAt
  /** Who took the call or signed the receipt. */
  who: string
  words: string
  /** The row that proves it. */
  source: Subject
  /** Which report it was, in words (首报, 续报二 …); empty by telephone. */
  report: string
}
/** Calls (contacts) and receipts (reports) hand one each to the clocks through `app.ts`. @param incident null = every open one */
export type ReadReportingEvidence = (incident: Id | null) => Promise<ReportingEvidence[]>
