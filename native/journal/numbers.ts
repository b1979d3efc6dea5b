// Numbers that people read (期号, 事件编号) come from blocks reserved per console, never from the clock; consoles cut off from each other cannot collide.
import { newId } from '../kernel/ids.ts'
import type { Reads, Writes } from '../store/types.ts'
import type { Act } from './types.ts'

interface Block {
  first: number
  last: number
}

/**
 * Takes the next number of a series for this console, from its blocks in order; given back if the transaction fails.
 * @param reserve writes the act that reserves another block, when all are used up
 */
export async function takeNumber(
  tx: Writes,
  options: { series: string; blockSize: number; station: string },
  reserve: (act: Act) => Promise<void>,
): Promise<number> {
  const { series, blockSize: size, station } = options
  let value = await nextNumber(tx, series, station)
  if (value === null) {
    await reserve(await reserveAct(tx, { series, size, station }))
    value = await nextNumber(tx, series, station)
  }
  if (value === null) throw new Error(`no number of ${series} although a block was reserved`)
  await tx.run('INSERT INTO journal_number_use (series, next) VALUES (?, ?) ON CONFLICT (series) DO UPDATE SET next = excluded.next', [
    series,
    value + 1,
  ])
  return value
}

/** @returns null when this console's blocks are used up and another must be reserved */
async function nextNumber(tx: Reads, series: string, station: string): Promise<number | null> {
  const used = await tx.get<{ next: number }>('SELECT next FROM journal_number_use WHERE series = ?', [series])
  const block = await tx.get<Block>(
    `SELECT first, last FROM numberBlocks WHERE series = ?1 AND station = ?2 AND last >= ?3 AND _deleted = 0 ORDER BY first LIMIT 1`,
    [series, station, used?.next ?? 0],
  )
  return block === null ? null : Math.max(block.first, used?.next ?? 0)
}

/** The act that reserves the next block of a series after all that are known. Two consoles cut off from each other may claim one block: `overlappingBlocks` names it. */
export async function reserveAct(tx: Reads, options: { series: string; size: number; station: string }): Promise<Act> {
  const { series, size, station } = options
  const row = newId()
  const known = await tx.get<{ last: number | null }>('SELECT max(last) AS last FROM numberBlocks WHERE series = ? AND _deleted = 0', [series])
  const first = (known?.last ?? 0) + 1
  return {
    actor: 'station',
    action: 'numbers.reserve',
    subject: { dataset: 'numberBlocks', row },
    rows: [{ dataset: 'numberBlocks', row, set: { series, first, last: first + size - 1, station } }],
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
