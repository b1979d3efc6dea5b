// Times of day and days of the week as a schedule of the wall holds them, and as people type and read them. Pure.

/** @param minute of the day, 0–1439 */
export function minuteWords(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

/** `8:00`, `08：00`, `0800`. @returns the minute of the day, null for what is no time */
export function minuteOf(words: string): number | null {
  const [, hours, minutes] = /^(\d{1,2})[:：]?([0-5]\d)$/.exec(words.trim()) ?? []
  return hours === undefined || Number(hours) > 23 ? null : Number(hours) * 60 + Number(minutes)
}

export type DayWords = 'daily' | 'workdays' | 'weekend' | 'never' | number[]

/** @param days seven digits from Monday, 1 = on this day @returns a word, or the days from 0 = Monday */
export function dayWords(days: string): DayWords {
  if (days === '1111111') return 'daily'
  if (days === '1111100') return 'workdays'
  if (days === '0000011') return 'weekend'
  const found = [...days].flatMap((digit, day) => (digit === '1' ? [day] : []))
  return found.length === 0 ? 'never' : found
}

export function withDay(days: string, day: number): string {
  return [...days].map((digit, index) => (index === day ? (digit === '1' ? '0' : '1') : digit)).join('')
}
