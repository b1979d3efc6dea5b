// Reads a moment as people say it: 14:30, 昨天22点, 约14时20分, 半小时前, 昨晚11点半, yesterday 22:00. Never guesses past what was said.
import type { EpochMs, Precision } from '../../native/contract/index.ts'
import { dayMs, dayNumber, fromWallClock, hourMs, minuteMs, wallClock } from './time-words.ts'

export interface SpokenTime {
  at: EpochMs
  precision: Precision
}

/** `past`: a bare time is the last one that has been (a report). `future`: the next one to come (a deadline). */
export type Direction = 'past' | 'future'

/** A clock on the telephone may be some minutes ahead of ours. */
const slackMs = 5 * minuteMs
const aboutWords = /大约|大概|约莫|左右|前后|上下|约|许|about|around|circa|~/g
const digits: Record<string, number> = { 〇: 0, 零: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 }

/** 十四 → 14, 二十 → 20, 二〇二六 → 2026, 零五 → 05. */
function chineseNumber(word: string): string {
  const ten = word.indexOf('十')
  if (ten === -1) return [...word].map((character) => digits[character]).join('')
  const tens = ten === 0 ? 1 : (digits[word[ten - 1] ?? ''] ?? 1)
  return String(tens * 10 + (digits[word[ten + 1] ?? ''] ?? 0))
}

function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[〇零一二两三四五六七八九十]+/g, chineseNumber)
    .replace(/(?<=\d)\s*[来多几余](?=\s*个?\s*(?:半?小时|钟头|分|天))/g, '')
    .replace(/(?<=半)个?多(?=小时)/g, '')
    .replace(/个(?=半|小时|钟头)/g, '')
    .replace(/星期|礼拜/g, '周')
    .replace(/钟头/g, '小时')
    .replace(/([1-3])刻钟/g, (_, quarters: string) => `${Number(quarters) * 15}分钟`)
    .replace(/[,，。、的]/g, ' ')
}

/** Takes what the pattern matches out of the words. */
class Words {
  rest: string
  constructor(text: string) {
    this.rest = text
  }
  take(pattern: RegExp): RegExpExecArray | null {
    const match = pattern.exec(this.rest)
    if (match !== null) this.rest = `${this.rest.slice(0, match.index)} ${this.rest.slice(match.index + match[0].length)}`
    return match
  }
}

/** How long ago, ms; null = the words name no span. */
function takeAgo(words: Words): { agoMs: number; isDays: boolean } | null {
  const days = words.take(/(\d+)\s*(?:天|日|days?)\s*(?:之?前|以前|ago)/)
  if (days !== null) return { agoMs: Number(days[1]) * dayMs, isDays: true }
  const half = words.take(/(\d*)\s*半小时\s*(?:之?前|以前)|half an hour ago/)
  if (half !== null) return { agoMs: (half[1] ? Number(half[1]) : 0) * hourMs + 30 * minuteMs, isDays: false }
  const span = words.take(/(?=\d)(?:(\d+)\s*(半)?\s*(?:小时|hours?|h)(半)?)?\s*(?:(\d+)\s*(?:分钟|分|minutes?|mins?|m))?\s*(?:之?前|以前|ago)/)
  if (span === null || (span[1] === undefined && span[4] === undefined)) return null
  const halfMs = (span[2] ?? span[3]) === undefined ? 0 : 30 * minuteMs
  return { agoMs: Number(span[1] ?? 0) * hourMs + halfMs + Number(span[4] ?? 0) * minuteMs, isDays: false }
}

interface Day {
  year: number
  month: number
  day: number
}

function dayOf(number: number): Day {
  const { year, month, day } = wallClock(number * dayMs)
  return { year, month, day }
}

const namedDays: [RegExp, number][] = [
  [/大前[天日]/, -3],
  [/前[天日]|前(?=晚|夜)/, -2],
  [/昨[天日]|昨(?=晚|夜|早|晨|中午|下午|上午)|yesterday/, -1],
  [/今[天日]|今(?=晚|夜|早|晨)|当[天日]|today|tonight/, 0],
  [/明[天日]|明(?=晚|早|晨)|tomorrow/, 1],
  [/后[天日]/, 2],
]

/** @returns the day named, `undefined` when none is, `null` when it does not exist (2月30日) */
function takeDay(words: Words, now: EpochMs, direction: Direction): Day | null | undefined {
  const today = wallClock(now)
  const full = words.take(/(\d{4})\s*[年\-/.]\s*(\d{1,2})\s*[月\-/.]\s*(\d{1,2})\s*[日号]?/)
  if (full !== null) return existing({ year: Number(full[1]), month: Number(full[2]), day: Number(full[3]) })
  const short = words.take(/(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?|(?<![\d:])(\d{1,2})[-/](\d{1,2})(?![\d:])/)
  if (short !== null) {
    const [month, day] = [Number(short[1] ?? short[3]), Number(short[2] ?? short[4])]
    const years = direction === 'past' ? [today.year, today.year - 1] : [today.year, today.year + 1]
    const candidates = years.map((year) => ({ year, month, day }))
    return existing(
      candidates.find((date) => (direction === 'past' ? fromWallClock(date) <= now : fromWallClock(date) + dayMs > now)) ?? candidates[0]!,
    )
  }
  const dayOnly = words.take(/(\d{1,2})\s*[日号]/)
  if (dayOnly !== null) {
    const date = { year: today.year, month: today.month, day: Number(dayOnly[1]) }
    const isWrongSide = direction === 'past' ? fromWallClock(date) > now : fromWallClock(date) + dayMs <= now
    return existing(isWrongSide ? { ...date, month: date.month + (direction === 'past' ? -1 : 1) } : date)
  }
  const week = words.take(/(上|下)?周([1-6日天])/)
  if (week !== null) {
    const wanted = '日天'.includes(week[2]!) ? 7 : Number(week[2])
    const monday = dayNumber(now) - ((today.weekday + 6) % 7)
    return dayOf(monday + wanted - 1 + (week[1] === '上' ? -7 : week[1] === '下' ? 7 : 0))
  }
  for (const [pattern, offset] of namedDays) {
    if (words.take(pattern) !== null) return dayOf(dayNumber(now) + offset)
  }
  return undefined
}

function existing(date: Day): Day | null {
  const at = wallClock(fromWallClock(date))
  return at.day === date.day ? { year: at.year, month: at.month, day: at.day } : null
}

interface Clock {
  hour: number
  minute: number
  second: number
  isHourOnly: boolean
}

function takeClock(words: Words): Clock | null {
  const period = words
    .take(
      /凌晨|清晨|早上|早晨|一早|上午|中午|正午|下午|傍晚|晚上|晚间|夜里|夜间|半夜|午夜|深夜|今?晚|夜|早|晨|\b(?:am|pm)\b|(?<=\d)\s*(?:am|pm)\b/,
    )?.[0]
    .trim()
  const match =
    words.take(/(?<!\d)(\d{1,2})\s*[:时点]\s*(半)/) ??
    words.take(/(?<!\d)(\d{1,2})\s*[时点]\s*([13])\s*刻/) ??
    words.take(/(?<!\d)(\d{1,2})\s*[:时点]\s*(\d{1,2})\s*分?(?:\s*:?\s*(\d{1,2})\s*秒?)?(?!\d)/) ??
    words.take(/(?<!\d)(\d{1,2})\s*[时点]\s*(整|钟)?/) ??
    words.take(/(?<!\d)([01]\d|2[0-3])([0-5]\d)(?!\d)/)
  const bare = match ?? (period === 'am' || period === 'pm' ? words.take(/(?<!\d)(\d{1,2})(?!\d)/) : null)
  if (bare === null)
    return period === '正午' || period === '中午'
      ? { hour: 12, minute: 0, second: 0, isHourOnly: true }
      : period === '午夜'
        ? { hour: 0, minute: 0, second: 0, isHourOnly: true }
        : null
  const isQuarter = bare[0].includes('刻')
  const minute = bare[2] === '半' ? 30 : isQuarter ? Number(bare[2]) * 15 : /^\d+$/.test(bare[2] ?? '') ? Number(bare[2]) : 0
  const hour = hourInPeriod(Number(bare[1]), period)
  const second = Number(bare[3] ?? 0)
  if (hour > 24 || minute > 59 || second > 59 || (hour === 24 && minute > 0)) return null
  return { hour, minute, second, isHourOnly: bare[2] === undefined || bare[2] === '钟' }
}

function hourInPeriod(hour: number, period: string | undefined): number {
  if (period === undefined || hour > 12) return hour
  if (/下午|傍晚|pm/.test(period)) return hour === 12 ? 12 : hour + 12
  if (/中午|正午/.test(period)) return hour < 10 ? hour + 12 : hour
  if (/夜|晚/.test(period)) return hour === 12 ? 24 : hour >= 6 ? hour + 12 : hour
  return hour === 12 && /凌晨|am/.test(period) ? 0 : hour
}

/**
 * @param text as typed
 * @returns the moment and how exactly it was said; null when the words are not understood whole
 */
export function parseSpokenTime(text: string, options: { now: EpochMs; direction: Direction }): SpokenTime | null {
  const { now, direction } = options
  const words = new Words(fold(text.trim()))
  const isAbout = words.take(aboutWords) !== null
  words.rest = words.rest.replace(aboutWords, ' ')
  if (words.take(/^\s*(?:现在|此刻|now)\s*$/) !== null) return { at: now, precision: 'exact' }
  if (words.take(/^\s*(?:刚才|刚刚|刚|just now)\s*$/) !== null) return { at: now, precision: 'about' }

  const ago = takeAgo(words)
  if (ago !== null && !ago.isDays) return isEmpty(words) ? { at: floorMinute(now - ago.agoMs), precision: 'about' } : null
  // The night of yesterday reaches into this morning: 昨晚1点 is today at one.
  const isNight = /[昨前今]\s*(?:天|日)?\s*[晚夜]/.test(words.rest)
  const day = ago === null ? takeDay(words, now, direction) : dayOf(dayNumber(now - ago.agoMs))
  if (day === null) return null
  const clock = takeClock(words)
  if (!isEmpty(words)) return null
  if (clock === null) return day === undefined ? null : { at: fromWallClock(day), precision: 'day' }

  const precision: Precision = isAbout ? 'about' : clock.isHourOnly ? 'hour' : 'exact'
  const on = (date: Day) => fromWallClock({ ...date, ...clock }) + (isNight && clock.hour < 6 ? dayMs : 0)
  if (day !== undefined) return { at: on(day), precision }
  const today = on(dayOf(dayNumber(now)))
  if (direction === 'past') return { at: today > now + slackMs ? today - dayMs : today, precision }
  return { at: today <= now ? today + dayMs : today, precision }
}

function floorMinute(at: EpochMs): EpochMs {
  return at - (at % minuteMs)
}
function isEmpty(words: Words): boolean {
  return words.rest.trim() === ''
}
