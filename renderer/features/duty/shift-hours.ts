// Hours of a shift as they are typed: 8:00, 08:30, ２０：００; lengths in hours. Pure.

/** `08:30` */
export function hoursText(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

/** Minutes after midnight; null = no time of a day. */
export function minutesOf(words: string): number | null {
  const match = /^(\d{1,2})(?:[:.](\d{2}))?$/.exec(words.normalize('NFKC').trim())
  const [hour, minute] = [Number(match?.[1]), Number(match?.[2] ?? 0)]
  return match === null || hour > 23 || minute > 59 ? null : hour * 60 + minute
}

/** Half an hour to two days, in minutes; null = no length. */
export function readHours(words: string): number | null {
  const hours = Number(words.normalize('NFKC').trim() || Number.NaN)
  const minutes = Math.round(hours * 60)
  return Number.isFinite(hours) && minutes >= 30 && minutes <= 48 * 60 ? minutes : null
}
