// The next of the hours at which a follow-up is due, on the clock of the centre. Pure.

/** Asia/Shanghai has stood at UTC+8 without summer time since 1991. */
const zoneMs = 8 * 3_600_000
const dayMs = 86_400_000
/** At most so long before the hour a report counts as that hour's. */
const earlyMs = 3 * 3_600_000

/** @param hours `08:00` …, never empty @returns the first of them strictly after the moment */
export function nextFixedHour(after: number, hours: readonly string[]): number {
  const local = after + zoneMs
  const day = Math.floor(local / dayMs) * dayMs
  const today = hours.map((hour) => day + minutesOf(hour) * 60_000).sort((a, b) => a - b)
  const next = today.find((moment) => moment > local) ?? (today[0] ?? day) + dayMs
  return next - zoneMs
}

/** From when on a report counts as that of the hour: not what was sent right after the hour before. */
export function countsFrom(due: number, previous: number): number {
  return Math.max(previous, due - Math.min(earlyMs, Math.floor((due - previous) / 2)))
}

function minutesOf(hour: string): number {
  return Number(hour.slice(0, 2)) * 60 + Number(hour.slice(3, 5))
}
