// The table of reporting limits: who must be told of what, by which means, within how many minutes, and what follows.
import { z } from 'zod'
import { EventGrade, Id, text } from './scalars.ts'

/** 电话 or 书面. */
export const ReportingMeans = z.enum(['telephone', 'writing'])
export type ReportingMeans = z.infer<typeof ReportingMeans>

/** Level of our own unit that a rule is for. */
export const ClockLevel = z.enum(['any', 'province', 'city', 'county'])
export type ClockLevel = z.infer<typeof ClockLevel>

/** 上级应急部门, 越级 (the one above the superior), 本级党委政府总值班室, then sideways (横向通报), then anybody by name. */
export const ClockRecipient = z.enum(['superior', 'skip', 'government', 'fire', 'police', 'health', 'environment', 'weather', 'publicity', 'other'])
export type ClockRecipient = z.infer<typeof ClockRecipient>

/** A grade, 无法初判 (`unknown`), or figures below every grade (`below`). */
export const GradeCondition = z.enum([...EventGrade.options, 'unknown', 'below'])
export type GradeCondition = z.infer<typeof GradeCondition>

/** In `reasons`: any reason why it must be reported anyway. */
export const ANY_REASON = '*'

/** Minutes that each limit may be; the editor and the import show them. */
export const clockBounds = {
  limitMinutes: { min: 1, max: 4_320 },
  followUpMinutes: { min: 5, max: 10_080 },
  finalMinutes: { min: 10, max: 43_200 },
} as const
const minutes = (bound: { min: number; max: number }) => z.int().min(bound.min).max(bound.max)

/** One row of the table. It holds when level, event and (grade or reason) hold; empty grades and reasons = whatever it is. */
export const ClockRuleInput = z
  .object({
    id: Id,
    level: ClockLevel,
    /** Only for this unit of ours; null = every unit of the level. */
    ourUnit: Id.nullable(),
    /** Codes of event types (with all below them) or hazards (work-safety, flood …); empty = every event. */
    events: z.array(text(20)).max(40),
    grades: z.array(GradeCondition).max(6),
    /** Ids of `must-report.json`, or ANY_REASON. */
    reasons: z.array(text(40)).max(20),
    recipient: ClockRecipient,
    /** Needed for `other`; else it replaces the usual name. */
    recipientName: text(100),
    /** The very unit; null = found by its kind (the superior from the tree of units). */
    recipientUnit: Id.nullable(),
    means: ReportingMeans,
    limitMinutes: minutes(clockBounds.limitMinutes),
    /** 事发 or 接报. */
    countedFrom: z.enum(['occurred', 'received']),
    /** 续报 so long after the report before; null = none. */
    followUpMinutes: minutes(clockBounds.followUpMinutes).nullable(),
    /** 续报 at fixed hours, `08:00`, Asia/Shanghai; empty = none. */
    followUpHours: z.array(z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)).max(12),
    /** 终报 so long after 办结; null = none. */
    finalMinutes: minutes(clockBounds.finalMinutes).nullable(),
    clause: text(300),
    source: text(300).refine((words) => words.trim() !== '', { error: 'source.required' }),
    /** 示例: nobody of this centre has checked it against the rules that hold here. */
    isExample: z.boolean(),
    isActive: z.boolean(),
  })
  .refine((rule) => rule.followUpMinutes === null || rule.followUpHours.length === 0, { error: 'followUp.both', path: ['followUpHours'] })
  .refine((rule) => rule.recipient !== 'other' || rule.recipientName.trim() !== '' || rule.recipientUnit !== null, {
    error: 'recipient.required',
    path: ['recipientName'],
  })
export type ClockRuleInput = z.infer<typeof ClockRuleInput>

/** `shipped`: as it came; `changed`: a shipped one with the centre's changes; `own`: the centre's. */
export interface ClockRule extends ClockRuleInput {
  origin: 'shipped' | 'changed' | 'own'
}

/** The editor's whole work; `seen` is the row as the editor had it (null = it was not there). */
export const SaveRulesInput = z.object({
  changes: z.array(z.object({ rule: ClockRuleInput, seen: ClockRuleInput.nullable() })).max(500),
  removed: z.array(z.object({ id: Id, seen: ClockRuleInput.nullable() })).max(500),
})
export type SaveRulesInput = z.infer<typeof SaveRulesInput>

/** A rule that cannot be taken in, with the row of the file and the field that is wrong. */
export interface RuleFault {
  row: number
  field: string
  reason: string
}
export interface RuleImport {
  rules: ClockRuleInput[]
  faults: RuleFault[]
}
