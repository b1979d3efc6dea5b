// Whether a rule of the table holds for an incident, and since when its cause was known. Pure.
import { ANY_REASON, type CauseMoment, type Clock, type ClockRuleInput, type ClockSubject, type HappenedAt } from '../../contract/index.ts'

/** This centre, as far as it has said who it is. */
export interface OwnUnit {
  unit: string | null
  level: 'province' | 'city' | 'county'
}

/** A moment typed as "14:30" may lie half a minute before the second on which it was typed. */
export const minuteMs = 60_000

export function isForUs(rule: Pick<ClockRuleInput, 'level' | 'ourUnit'>, own: OwnUnit): boolean {
  if (rule.ourUnit !== null) return rule.ourUnit === own.unit
  return rule.level === 'any' || rule.level === own.level
}

type Condition = Pick<ClockRuleInput, 'events' | 'grades' | 'reasons'>

function holdsAt(rule: Condition, moment: CauseMoment): { by: 'event' | 'grade' | 'reason'; reasons: string[] } | null {
  if (rule.events.length > 0 && !rule.events.some((event) => moment.lineage.includes(event))) return null
  if (rule.grades.length === 0 && rule.reasons.length === 0) return { by: 'event', reasons: [] }
  const grade = moment.grade ?? (moment.isBelowTable ? 'below' : 'unknown')
  if (rule.grades.includes(grade)) return { by: 'grade', reasons: [] }
  const reasons = rule.reasons.includes(ANY_REASON) ? moment.reasons : moment.reasons.filter((reason) => rule.reasons.includes(reason))
  return reasons.length > 0 ? { by: 'reason', reasons } : null
}

export interface Cause {
  from: number
  countedFrom: Clock['countedFrom']
  grade: CauseMoment['grade']
  reasons: string[]
  isGone: boolean
  /** Evidence before this tells of something else; null = whenever it was. */
  evidenceFrom: number | null
}

/**
 * The first moment at which the rule held. Known with the first report: counted from 事发 or 接报, as the rule says; known later: from then.
 * A cause that no longer holds does not stop what it started.
 */
export function causeOf(rule: Condition & Pick<ClockRuleInput, 'countedFrom'>, subject: ClockSubject): Cause | null {
  const found = subject.causes.findIndex((moment) => holdsAt(rule, moment) !== null)
  const moment = subject.causes[found]
  const last = subject.causes.at(-1)
  if (moment === undefined || last === undefined) return null
  const held = holdsAt(rule, moment)
  const cause = { grade: moment.grade, reasons: held?.reasons ?? [], isGone: holdsAt(rule, last) === null }
  if (moment.at > subject.received) {
    const countedFrom = held?.by === 'event' ? 'type' : (held?.by ?? 'type')
    return { ...cause, from: moment.at, countedFrom, evidenceFrom: Math.floor(moment.at / minuteMs) * minuteMs }
  }
  const occurred = rule.countedFrom === 'occurred' ? exactMoment(subject.occurred) : null
  return occurred !== null && occurred < subject.received
    ? { ...cause, from: occurred, countedFrom: 'occurred', evidenceFrom: null }
    : { ...cause, from: subject.received, countedFrom: 'received', evidenceFrom: null }
}

/** A time known only to the hour or the day is no start for minutes. */
function exactMoment(moment: HappenedAt | null): number | null {
  return moment === null || moment.precision === 'hour' || moment.precision === 'day' ? null : moment.at
}
