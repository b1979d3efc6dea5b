// 值班日志: a line each; what was written is never lost, a line put right keeps its former words.
import { z } from 'zod'
import { Day } from './days.ts'
import { type EpochMs, HappenedAt, Id, text } from './scalars.ts'

/** 来电, 去电, 其他. */
export const CallDirection = z.enum(['in', 'out', 'other'])
export type CallDirection = z.infer<typeof CallDirection>

/** What a line says. */
export const LogWords = z.object({
  happenedAt: HappenedAt,
  direction: CallDirection,
  /** 对方. */
  party: text(200),
  matter: text(2000).refine((words) => words.trim() !== '', { error: 'matter.required' }),
  result: text(1000),
  /** Who took it down, by name. */
  who: text(40),
  incident: Id.nullable(),
  /** 要情: goes into the daily digest. */
  isNotable: z.boolean(),
})
export type LogWords = z.infer<typeof LogWords>

export const WriteLineInput = LogWords.extend({ id: Id })
export type WriteLineInput = z.infer<typeof WriteLineInput>
/** `seen`: what the form had shown when it was opened. */
export const CorrectLineInput = z.object({
  line: Id,
  words: LogWords,
  seen: LogWords,
  reason: text(300).refine((words) => words.trim() !== '', { error: 'reason.required' }),
})
export type CorrectLineInput = z.infer<typeof CorrectLineInput>
/** 要情 and the incident are marks beside the words: they need no reason. */
export const MarkLineInput = z.object({ line: Id, isNotable: z.boolean(), incident: Id.nullable() })

export interface LogCorrection {
  id: Id
  former: LogWords
  reason: string
  enteredAt: EpochMs
  enteredByName: string
}
export interface LogLine extends LogWords {
  id: Id
  incidentTitle: string | null
  enteredAt: EpochMs
  /** Typed more than 15 minutes after it happened (补录). */
  isLateEntry: boolean
  isSample: boolean
  /** Oldest first. */
  corrections: LogCorrection[]
}

export const LogQuery = z.object({
  /** Null = the newest. */
  day: Day.nullable(),
  /** Sought in 对方, matter, result and who, also among former words. */
  query: text(100),
  incident: Id.nullable(),
  limit: z.int().min(1).max(2000),
})
export type LogQuery = z.infer<typeof LogQuery>
