// 期号: the next of a series for this console, told from what was signed, so that a signature that fails leaves no gap.
import type { Journal } from '../../journal/types.ts'
import { reserveAct } from '../../journal/numbers.ts'
import type { Reads } from '../../store/types.ts'

/** Numbers a block that a console reserves for itself; consoles cut off from each other draw from their own. */
const blockSize = 50

/** `reports/first/2026`: per kind and year of Asia/Shanghai. */
export function seriesOf(kind: string, atMs: number): string {
  return `reports/${kind}/${yearOf(atMs)}`
}

export function yearOf(atMs: number): number {
  return Number(new Intl.DateTimeFormat('en', { timeZone: 'Asia/Shanghai', year: 'numeric' }).format(atMs))
}

/**
 * The first number after the last signed one in the first of this console's blocks that has room. Asked inside the transaction that signs, it is that signature's.
 * @returns null when every block is used up
 */
export async function nextSerial(reads: Reads, series: string, station: string): Promise<number | null> {
  const row = await reads.get<{ next: number }>(
    `SELECT ifnull((SELECT max(s.serial) FROM reportSteps s WHERE s.series = b.series AND s.serial BETWEEN b.first AND b.last AND s._deleted = 0), b.first - 1) + 1 AS next
       FROM numberBlocks b WHERE b.series = ?1 AND b.station = ?2 AND b._deleted = 0 AND next <= b.last ORDER BY b.first LIMIT 1`,
    [series, station],
  )
  return row?.next ?? null
}

/** What the next signature of the series will take; reserves a block when there is none with room. */
export async function expectedSerial(options: { reads: Reads; journal: Journal; series: string }): Promise<number> {
  const { reads, journal, series } = options
  const ready = await nextSerial(reads, series, journal.station)
  if (ready !== null) return ready
  await journal.write(await reserveAct(reads, { series, size: blockSize, station: journal.station }))
  const reserved = await nextSerial(reads, series, journal.station)
  if (reserved === null) throw new Error(`no number of ${series} although a block was reserved`)
  return reserved
}
