// Days and times as they stand in the papers of the watch (Asia/Shanghai). Pure.
import { type Day, dayOf, type EpochMs, startOfDay } from '../../contract/index.ts'

const two = (value: number) => String(value).padStart(2, '0')

function minuteOfDay(at: EpochMs): [hour: number, minute: number] {
  const minutes = Math.floor((at - startOfDay(dayOf(at))) / 60_000)
  return [Math.floor(minutes / 60), minutes % 60]
}

/** `2026-11-26 14:20`: in tables. */
export function minuteWords(at: EpochMs): string {
  const [hour, minute] = minuteOfDay(at)
  return `${dayOf(at)} ${two(hour)}:${two(minute)}`
}

/** `11月26日` */
export function dayWords(day: Day): string {
  const [, month, date] = day.split('-').map(Number)
  return `${month}月${date}日`
}

/** `11月26日14时20分`, on the hour `11月26日8时`. */
export function momentWords(at: EpochMs): string {
  const [hour, minute] = minuteOfDay(at)
  return `${dayWords(dayOf(at))}${hour}时${minute === 0 ? '' : `${two(minute)}分`}`
}
