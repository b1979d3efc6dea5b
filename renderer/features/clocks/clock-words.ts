// Words of a clock: whom, by what, how long, from when, why. Pure.
import { type Clock, type ClockPhase, clockPhase, type EpochMs } from '../../../native/contract/index.ts'
import { minuteMs, momentWords, spanWords, type Translate } from '../../ui/time-words.ts'

export function recipientWords(clock: Pick<Clock, 'recipient'>, t: Translate): string {
  return clock.recipient.name ?? t(`clocks.recipient.${clock.recipient.kind}`, {})
}

/** `电话 首报`, `书面 续报 2` */
export function reportWords(clock: Pick<Clock, 'means' | 'stage' | 'number'>, t: Translate): string {
  const stage = t(`clocks.stage.${clock.stage}`, {})
  return t('clocks.report', { means: t(`clocks.means.${clock.means}`, {}), stage: clock.number > 1 ? `${stage} ${clock.number}` : stage })
}

/** `剩 12 分钟`, `已超时 3 分钟`; under two minutes by the second, so that it is seen to run. */
export function leftWords(clock: Pick<Clock, 'dueAt'>, now: EpochMs, t: Translate): string {
  const leftMs = clock.dueAt - now
  if (leftMs <= 0) return t('clocks.late', { span: spanWords(-leftMs, t) })
  return t('clocks.left', { span: leftMs < 2 * minuteMs ? t('ui.span.seconds', { n: Math.ceil(leftMs / 1_000) }) : spanWords(leftMs, t) })
}

/** What became of it, or how long is left. */
export function standWords(clock: Clock, now: EpochMs, t: Translate): string {
  const phase = clockPhase(clock, now)
  if (phase === 'met' || phase === 'waived') return t(`clocks.phase.${phase}`, {})
  if (phase === 'met-late') return t('clocks.phase.metLate', { span: spanWords((clock.evidence?.at.at ?? 0) - clock.dueAt, t) })
  if (phase === 'ended') return t(`clocks.ended.${clock.ended ?? 'false'}`, {})
  return leftWords(clock, now, t)
}

/** `14:50 前，从接报 14:20 起 30 分钟` */
export function limitWords(clock: Clock, now: EpochMs, t: Translate): string {
  const until = t('clocks.until', { at: momentWords(clock.dueAt, now) })
  const from = t(`clocks.countedFrom.${clock.countedFrom}`, { at: momentWords(clock.from, now) })
  return clock.limitMinutes === null
    ? t('clocks.limit.fixed', { until, from })
    : t('clocks.limit.minutes', { until, from, span: spanWords(clock.limitMinutes * minuteMs, t) })
}

/** Why it began later than the incident: `等级升为较大`, `紧急疏散`; empty when it came with the first report. */
export function causeWords(clock: Clock, reasonName: (id: string) => string, t: Translate): string {
  if (clock.stage !== 'first') return ''
  if (clock.countedFrom === 'grade')
    return clock.cause.grade === null ? t('clocks.cause.ungraded', {}) : t('clocks.cause.grade', { grade: t(`ui.grade.${clock.cause.grade}`, {}) })
  if (clock.countedFrom === 'reason')
    return t('clocks.cause.reason', { reasons: clock.cause.reasons.map(reasonName).join(t('app.listSeparator', {})) })
  return clock.countedFrom === 'type' ? t('clocks.cause.type', {}) : ''
}

/** How loud it is: what was telephoned is never an alarm. */
export function toneOf(clock: Clock, phase: ClockPhase): 'calm' | 'attention' | 'alarm' | 'done' {
  if (phase === 'late') return clock.isTold ? 'attention' : 'alarm'
  if (phase === 'close') return 'attention'
  return phase === 'running' || phase === 'half' ? 'calm' : 'done'
}
