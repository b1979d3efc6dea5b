// A row of the table in words: when it holds, whom it is for, within what, what follows. Pure.
import { ANY_REASON, type ClockRuleInput } from '../../../native/contract/index.ts'
import { minuteMs, spanWords, type Translate } from '../../ui/time-words.ts'

export function conditionWords(
  rule: ClockRuleInput,
  names: { event: (code: string) => string; reason: (id: string) => string },
  t: Translate,
): string {
  const join = (parts: readonly string[]) => parts.join(t('app.listSeparator', {}))
  const events = rule.events.length === 0 ? t('clocks.rule.anyEvent', {}) : join(rule.events.map(names.event))
  const grades = rule.grades.map((grade) => t(`clocks.rule.grade.${grade}`, {}))
  const reasons = rule.reasons.map((reason) => (reason === ANY_REASON ? t('clocks.rule.anyReason', {}) : names.reason(reason)))
  const level = rule.level === 'any' ? [] : [t(`clocks.rule.level.${rule.level}`, {})]
  const why = grades.length + reasons.length === 0 ? t('clocks.rule.anyGrade', {}) : join([...grades, ...reasons])
  return [...level, events, why].join(' · ')
}

export function limitOfRule(rule: ClockRuleInput, t: Translate): string {
  return t('clocks.rule.within', { from: t(`clocks.rule.from.${rule.countedFrom}`, {}), span: spanWords(rule.limitMinutes * minuteMs, t) })
}

export function followUpOfRule(rule: ClockRuleInput, t: Translate): string {
  const parts: string[] = []
  if (rule.followUpMinutes !== null) parts.push(t('clocks.rule.every', { span: spanWords(rule.followUpMinutes * minuteMs, t) }))
  if (rule.followUpHours.length > 0) parts.push(t('clocks.rule.at', { hours: rule.followUpHours.join(t('app.listSeparator', {})) }))
  if (rule.finalMinutes !== null) parts.push(t('clocks.rule.final', { span: spanWords(rule.finalMinutes * minuteMs, t) }))
  return parts.join(' · ') || '—'
}

/** `08:00 17:00`, `8点、17点` → hours; null = not understood. */
export function readHours(words: string): string[] | null {
  const parts = words
    .normalize('NFKC')
    .split(/[、,;\s]+/u)
    .filter(Boolean)
  const hours = parts.map((part) => {
    const match = /^(\d{1,2})(?:[:点时](\d{1,2})?分?)?$/u.exec(part)
    const [hour, minute] = [Number(match?.[1] ?? 99), Number(match?.[2] ?? 0)]
    return hour <= 23 && minute <= 59 ? `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}` : null
  })
  return hours.every((hour) => hour !== null) ? [...new Set(hours)].sort() : null
}

/** `30`, `30 分钟`, `2小时`, `1天` → minutes; null = not understood. */
export function readMinutes(words: string): number | null {
  const match = /^(\d{1,5})\s*(分钟?|min|m|小时|h|天|日|d)?$/u.exec(words.normalize('NFKC').trim().toLowerCase())
  if (match === null) return null
  const unit = match[2] ?? ''
  return Number(match[1]) * (unit === '小时' || unit === 'h' ? 60 : unit === '天' || unit === '日' || unit === 'd' ? 1_440 : 1)
}
