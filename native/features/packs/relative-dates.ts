// Dates of a pack are written relative to the first run: `{{date-30}}`, `{{minutes-90}}`.

const dayMs = 86_400_000
const centreDate = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })
const centreMinute = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' })

/**
 * Replaces every relative date.
 * @param text any text of a pack
 * @param now epoch milliseconds of the first run
 * @returns dates as `YYYY-MM-DD`, minutes as `YYYY-MM-DD HH:mm`, both in the centre's zone
 */
export function withDates(text: string, now: number): string {
  return text
    .replaceAll(/\{\{date([+-]?\d+)\}\}/g, (_, days: string) => centreDate.format(now + Number(days) * dayMs))
    .replaceAll(/\{\{minutes([+-]?\d+)\}\}/g, (_, minutes: string) => centreMinute.format(now + Number(minutes) * 60_000))
}
