// Plans in words: why one matches, what the parser doubts, how long a deadline is.
import type { MatchReason, Unsure } from '../../../native/contract/index.ts'

type T = (key: string, values?: Record<string, unknown>) => string

export function reasonText(reason: MatchReason, t: T): string {
  switch (reason.kind) {
    case 'type':
      return t(reason.isExact ? 'plans.reason.typeExact' : 'plans.reason.type', { code: reason.planType })
    case 'type-name':
      return t('plans.reason.typeName', { word: reason.word })
    case 'area':
      return t('plans.reason.area', { area: reason.area })
    case 'area-unknown':
      return t('plans.reason.areaUnknown')
    case 'words':
      return t('plans.reason.words', { words: reason.found.join(t('app.listSeparator')) })
    case 'grade':
      return t('plans.reason.grade', { grade: t(`ui.grade.${reason.grade}`), tier: t(`ui.tier.${reason.tier}`), clause: reason.clause ?? '' })
    default:
      return reason satisfies never
  }
}

export function unsureText(marks: readonly Unsure[], t: T): string {
  return marks.map((mark) => t(`plans.unsure.${mark}`)).join(t('app.listSeparator'))
}

/** `30 分钟`, `2 小时`, `3 天`; null = the plan says none. */
export function deadlineText(minutes: number | null, t: T): string {
  if (minutes === null) return t('plans.deadline.none')
  if (minutes % 1440 === 0 && minutes > 0) return t('plans.deadline.days', { n: minutes / 1440 })
  if (minutes % 60 === 0 && minutes > 0) return t('plans.deadline.hours', { n: minutes / 60 })
  return t('plans.deadline.minutes', { n: minutes })
}

/** `14:35`, with the day when it is another. */
export function clockText(at: number, now: number): string {
  const zone = 'Asia/Shanghai'
  const time = new Intl.DateTimeFormat('zh-CN', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)
  const day = (ms: number) => new Intl.DateTimeFormat('zh-CN', { timeZone: zone, month: 'numeric', day: 'numeric' }).format(ms)
  return day(at) === day(now) ? time : `${day(at)} ${time}`
}

/** Cuts a text at the hits: alternating plain and marked pieces. */
export function piecesOf(text: string, ranges: readonly (readonly [number, number])[]): { text: string; isHit: boolean }[] {
  const pieces: { text: string; isHit: boolean }[] = []
  let at = 0
  for (const [start, end] of ranges) {
    if (start > at) pieces.push({ text: text.slice(at, start), isHit: false })
    pieces.push({ text: text.slice(start, end), isHit: true })
    at = end
  }
  if (at < text.length) pieces.push({ text: text.slice(at), isHit: false })
  return pieces
}
