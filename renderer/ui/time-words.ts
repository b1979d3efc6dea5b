// Moments and spans in the officer's words, in the centre's zone Asia/Shanghai.
import type { EpochMs, Precision } from '../../native/contract/index.ts'

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs
/** Asia/Shanghai has stood at UTC+8 without summer time since 1991. */
const zoneOffsetMs = 8 * hourMs

export type Translate = (key: string, params: Record<string, unknown>) => string

/** Parts of a moment as a clock on the wall in Shanghai shows them; `month` 1–12, `weekday` 0 = Sunday. */
export function wallClock(at: EpochMs) {
  const shifted = new Date(at + zoneOffsetMs)
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    weekday: shifted.getUTCDay(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
  }
}

/** The moment at which the clock in Shanghai shows this; overflowing parts carry (hour 24 = 0 of the next day). */
export function fromWallClock(parts: { year: number; month: number; day: number; hour?: number; minute?: number; second?: number }): EpochMs {
  return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour ?? 0, parts.minute ?? 0, parts.second ?? 0) - zoneOffsetMs
}

/** Days since the epoch, counted in Shanghai. */
export function dayNumber(at: EpochMs): number {
  return Math.floor((at + zoneOffsetMs) / dayMs)
}

const two = (value: number) => String(value).padStart(2, '0')

/** `15:42:07` */
export function clockWords(at: EpochMs): string {
  const { hour, minute, second } = wallClock(at)
  return `${two(hour)}:${two(minute)}:${two(second)}`
}

/** `15:42` */
export function minuteWords(at: EpochMs): string {
  return clockWords(at).slice(0, 5)
}

/** `11月24日 周二` or `Tue 24 Nov`. */
export function dateWords(at: EpochMs, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeZone: 'Asia/Shanghai', month: 'short', day: 'numeric', weekday: 'short' }).format(at)
}

/** `14:30` today, `11-23 14:30` on other days, with the year when it is another. */
export function momentWords(at: EpochMs, now: EpochMs): string {
  if (dayNumber(at) === dayNumber(now)) return minuteWords(at)
  const there = wallClock(at)
  const date = `${two(there.month)}-${two(there.day)}`
  return `${there.year === wallClock(now).year ? date : `${there.year}-${date}`} ${minuteWords(at)}`
}

/** A moment no more exactly than it is known: `约 14:20`, `11-23 22 时`, `11-23`. */
export function knownMomentWords(at: EpochMs, precision: Precision, now: EpochMs, t: Translate): string {
  const words = momentWords(at, now)
  switch (precision) {
    case 'exact':
      return words
    case 'about':
      return t('ui.time.about', { words })
    case 'hour':
      return t('ui.time.hour', { words: words.slice(0, -3) })
    case 'day': {
      const { month, day } = wallClock(at)
      return `${two(month)}-${two(day)}`
    }
    default:
      return precision satisfies never
  }
}

/** `刚刚`, `40 秒`, `3 分钟`, `2 小时 5 分`, `3 天`: the length of a span. */
export function spanWords(spanMs: number, t: Translate): string {
  const span = Math.max(0, spanMs)
  if (span < minuteMs) return t('ui.span.seconds', { n: Math.floor(span / 1_000) })
  if (span < hourMs) return t('ui.span.minutes', { n: Math.floor(span / minuteMs) })
  if (span < dayMs) {
    const minutes = Math.floor((span % hourMs) / minuteMs)
    const hours = Math.floor(span / hourMs)
    return minutes === 0 ? t('ui.span.hours', { n: hours }) : t('ui.span.hoursMinutes', { n: hours, m: minutes })
  }
  return t('ui.span.days', { n: Math.floor(span / dayMs) })
}

/** How long ago, `3 分钟前`; under ten seconds `刚刚`. */
export function ageWords(ageMs: number, t: Translate): string {
  return ageMs < 10_000 ? t('ui.span.justNow', {}) : t('ui.span.ago', { span: spanWords(ageMs, t) })
}
