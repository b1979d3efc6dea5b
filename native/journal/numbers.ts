// Numbers that people read (期号, 事件编号) come from blocks reserved per console, never from the clock; consoles cut off from each other cannot collide.
import type { Scope } from '../contract/index.ts'
import { newId } from '../kernel/ids.ts'
import type { Reads } from '../store/types.ts'
import type { Act } from './types.ts'

interface Block {
  first: number
  last: number
}

/**
 * The next number of a series for this console, from its blocks in order.
 * @returns null when its blocks are used up and another must be reserved
 */
export async function nextNumber(tx: Reads, series: string, station: string): Promise<number | null> {
  const used = await tx.get<{ next: number }>('SELECT next FROM journal_number_use WHERE series = ?', [series])
  const block = await tx.get<Block>(
    `SELECT first, last FROM numberBlocks WHERE series = ?1 AND station = ?2 AND last >= ?3 AND _deleted = 0 ORDER BY first LIMIT 1`,
    [series, station, used?.next ?? 0],
  )
  return block === null ? null : Math.max(block.first, used?.next ?? 0)
}

/** The act that reserves the next block of a series after all that are known. Two consoles cut off from each other may claim one block: `overlappingBlocks` names it. */
export async function reserveAct(tx: Reads, options: { series: string; size: number; station: string; scope?: Scope }): Promise<Act> {
  const { series, size, station, scope } = options
  const row = newId()
  const known = await tx.get<{ last: number | null }>('SELECT max(last) AS last FROM numberBlocks WHERE series = ? AND _deleted = 0', [series])
  const first = (known?.last ?? 0) + 1
  return {
    actor: 'station',
    action: 'numbers.reserve',
    subject: { dataset: 'numberBlocks', row },
    rows: [{ dataset: 'numberBlocks', row, set: { series, first, last: first + size - 1, station } }],
    ...(scope === undefined ? {} : { scope }),
  }
}

/** Blocks of one series that two consoles claimed while they could not hear each other; numbers given from both must be looked at by a person. */
export function overlappingBlocks(reads: Reads): Promise<{ series: string; first: number; last: number; stations: string }[]> {
  return reads.all(
    `SELECT a.series, max(a.first, b.first) AS first, min(a.last, b.last) AS last, json_array(a.station, b.station) AS stations
       FROM numberBlocks AS a JOIN numberBlocks AS b ON b.series = a.series AND b.id > a.id AND b.first <= a.last AND a.first <= b.last
      WHERE a._deleted = 0 AND b._deleted = 0 ORDER BY a.series, first`,
  )
}
