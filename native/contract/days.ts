// Days and months as the centre counts them, in Asia/Shanghai (UTC+8 without summer time since 1991). Pure; shared by page and station.
import { z } from 'zod'
import type { EpochMs } from './scalars.ts'

const zoneOffsetMs = 8 * 3_600_000
const dayMs = 86_400_000

/** `2026-11-26`; a day that exists. */
export type Day = string
export const Day = z.string().refine(isDay, { error: 'day.invalid' })
/** `2026-11` */
export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)
export type Month = z.infer<typeof Month>

export function isDay(words: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(words) && dayOf(startOfDay(words)) === words
}

/** The day a moment falls on. */
export function dayOf(at: EpochMs): Day {
  const shifted = new Date(at + zoneOffsetMs)
  return Number.isNaN(shifted.getTime()) ? '' : shifted.toISOString().slice(0, 10)
}

/** Its first moment. */
export function startOfDay(day: Day): EpochMs {
  return Date.parse(`${day}T00:00:00Z`) - zoneOffsetMs
}

export function addDays(day: Day, count: number): Day {
  return dayOf(startOfDay(day) + count * dayMs)
}

/** `count` days from `from` on. */
export function daysFrom(from: Day, count: number): Day[] {
  return Array.from({ length: count }, (_, index) => addDays(from, index))
}

/** 0 = Sunday. */
export function weekdayOf(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay()
}

export function monthOf(day: Day): Month {
  return day.slice(0, 7)
}

export function addMonths(month: Month, count: number): Month {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 7)
}

export function daysOfMonth(month: Month): Day[] {
  const first = `${month}-01`
  const count = (startOfDay(`${addMonths(month, 1)}-01`) - startOfDay(first)) / dayMs
  return daysFrom(first, count)
}
