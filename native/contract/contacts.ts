// 通讯录 and telephone: who sits where, under which number, when that was last checked, and what came of each call.
import { z } from 'zod'
import { defineDatasets } from './dataset.ts'
import type { HappenedAt, Id } from './scalars.ts'

export const contactDatasets = defineDatasets({})

/** 接通, 未接, 占线, 转告 (told to somebody who passes it on). */
export const CallOutcome = z.enum(['answered', 'no-answer', 'busy', 'relayed'])
export type CallOutcome = z.infer<typeof CallOutcome>

/** Why somebody was called: a report by telephone, 催收, 叫应 of an order, anything else. */
export const CallPurpose = z.enum(['report', 'urge', 'order', 'other'])
export type CallPurpose = z.infer<typeof CallPurpose>

/** A call that was made, as other features read it. */
export interface CallFact {
  id: Id
  incident: Id | null
  /** The unit called; null = a person or a number outside the tree. */
  unit: Id | null
  /** Unit and post, or name, as shown. */
  party: string
  number: string
  purpose: CallPurpose
  outcome: CallOutcome
  /** Who took the call, in their words. */
  who: string
  words: string
  happenedAt: HappenedAt
}
/** Handed to other features by `app.ts`. @param incident null = all of the last seven days */
export type ReadCalls = (incident: Id | null) => Promise<CallFact[]>
