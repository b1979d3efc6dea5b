// Which clocks run for an incident: a function of the rules, what is known of it, the evidence and a moment. Pure: nothing is stored, nothing ticks.
import {
  type Clock,
  type ClockEvidence,
  type ClockRuleInput,
  type ClockStage,
  type ClockSubject,
  type ClockWaiver,
  compareClocks,
} from '../../contract/index.ts'
import { countsFrom, nextFixedHour } from './fixed-hours.ts'
import { isToldTo, recipientOf, type Units } from './recipients.ts'
import { type Cause, causeOf, isForUs, minuteMs, type OwnUnit } from './rule-match.ts'

export interface WaiverRow extends ClockWaiver {
  incident: string
  rule: string
}

export interface DeriveOptions {
  rules: readonly ClockRuleInput[]
  subject: ClockSubject
  evidence: readonly ClockEvidence[]
  waivers: readonly WaiverRow[]
  own: OwnUnit
  units: Units
  /** What is said to have happened later than this (with some slack for clocks on the telephone) proves nothing yet. */
  now: number
}

const slackMs = 5 * minuteMs
/** A chain that would not end is a fault in the table, not a reason to hang. */
const mostFollowUps = 2_000

export function clocksOf({ rules, subject, evidence, waivers, own, units, now }: DeriveOptions): Clock[] {
  const usable = evidence
    .filter((one) => subject.family.includes(one.incident) && one.who.trim() !== '' && one.at.at <= now + slackMs)
    .sort((a, b) => a.at.at - b.at.at || (a.source.row < b.source.row ? -1 : a.source.row > b.source.row ? 1 : 0))
  const clocks = rules
    .filter((rule) => rule.isActive && isForUs(rule, own))
    .flatMap((rule) => {
      const cause = causeOf(rule, subject)
      if (cause === null) return []
      const recipient = recipientOf(rule, own.unit, units)
      const told = usable.filter((one) => isToldTo(one, recipient))
      const clock = maker(rule, subject, { cause, recipient, isTold: told.some((one) => one.means === 'telephone' && counts(one, cause)) })
      return chain(rule, cause, subject, {
        evidence: told.filter((one) => one.means === rule.means),
        waivers: waivers.filter((waiver) => waiver.rule === rule.id && subject.family.includes(waiver.incident)),
        clock,
      })
    })
  return clocks.sort(compareClocks)
}

interface ChainFacts {
  evidence: readonly ClockEvidence[]
  waivers: readonly WaiverRow[]
  clock: ClockMaker
}

/** First report, follow-ups one after the other, final: each stopped by the next piece of evidence that counts for it. */
function chain(rule: ClockRuleInput, cause: Cause, subject: ClockSubject, { evidence, waivers, clock }: ChainFacts): Clock[] {
  const waiver = (stage: ClockStage) => waivers.find((one) => one.stage === stage) ?? null
  let used = evidence.findIndex((one) => counts(one, cause))
  const first = clock('first', 0, {
    from: cause.from,
    countedFrom: cause.countedFrom,
    dueAt: cause.from + rule.limitMinutes * minuteMs,
    limitMinutes: rule.limitMinutes,
    evidence: evidence[used] ?? null,
    waiver: waiver('first'),
  })
  const clocks = [first]
  if (first.evidence === null && first.waiver !== null) return clocks

  let previous = { stop: first.evidence?.at.at ?? null, due: Number.NEGATIVE_INFINITY }
  for (let number = 1; previous.stop !== null && number <= mostFollowUps; number += 1) {
    const due = followUpDue(rule, previous.stop, previous.due)
    if (due === null || (subject.closedAt !== null && due > subject.closedAt)) break
    const from = previous.stop
    const earliest = rule.followUpMinutes === null ? countsFrom(due, from) : from
    const found = evidence.findIndex((one, index) => index > used && one.at.at >= earliest)
    const proof = found === -1 ? null : (evidence[found] ?? null)
    if (proof === null && subject.ended !== null) break
    clocks.push(
      clock('follow-up', number, {
        from,
        countedFrom: 'previous',
        dueAt: due,
        limitMinutes: rule.followUpMinutes,
        evidence: proof,
        waiver: waiver('follow-up'),
      }),
    )
    used = found
    previous = { stop: proof?.at.at ?? null, due }
  }

  if (rule.finalMinutes !== null && subject.closedAt !== null && subject.ended === null) {
    const closed = subject.closedAt
    const closedMinute = Math.floor(closed / minuteMs) * minuteMs
    clocks.push(
      clock('final', 0, {
        from: closed,
        countedFrom: 'closed',
        dueAt: closed + rule.finalMinutes * minuteMs,
        limitMinutes: rule.finalMinutes,
        evidence: evidence.find((one) => one.report.startsWith('终报') || one.at.at >= closedMinute) ?? null,
        waiver: waiver('final'),
      }),
    )
  }
  return clocks
}

/** What was told before the grade rose did not tell of the rise. */
function counts(evidence: ClockEvidence, cause: Cause): boolean {
  return cause.evidenceFrom === null || evidence.at.at >= cause.evidenceFrom
}

/** A report given late or early moves the next hour only past the one it was for. */
function followUpDue(rule: ClockRuleInput, stop: number, due: number): number | null {
  if (rule.followUpMinutes !== null) return stop + rule.followUpMinutes * minuteMs
  return rule.followUpHours.length === 0 ? null : nextFixedHour(Math.max(stop, due), rule.followUpHours)
}

type Varying = Pick<Clock, 'from' | 'countedFrom' | 'dueAt' | 'limitMinutes' | 'evidence' | 'waiver'>
type ClockMaker = (stage: ClockStage, number: number, varying: Varying) => Clock

function maker(rule: ClockRuleInput, subject: ClockSubject, about: { cause: Cause; recipient: Clock['recipient']; isTold: boolean }): ClockMaker {
  return (stage, number, varying) => ({
    id: `${subject.incident}/${rule.id}/${stage}${number}`,
    incident: subject.incident,
    incidentTitle: subject.title,
    isSample: subject.isSample,
    rule: rule.id,
    stage,
    number,
    recipient: about.recipient,
    means: rule.means,
    cause: { grade: about.cause.grade, reasons: about.cause.reasons },
    isCauseGone: about.cause.isGone,
    ended: varying.evidence === null ? subject.ended : null,
    isTold: about.isTold,
    clause: rule.clause,
    source: rule.source,
    isExample: rule.isExample,
    ...varying,
  })
}
