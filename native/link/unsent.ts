// What the other sides have not confirmed: counted by lane for each line, listed for people.
import type { EntryId, LinkLane, UnsentEntry } from '../contract/index.ts'
import type { Reads } from '../store/types.ts'
import { laneOf } from './lanes.ts'
import type { Line } from './line.ts'
import { type Chain, chainKey, type JournalPort } from './types.ts'

/** Of a chain with more than this waiting the rest is counted and not looked through for lanes. */
const laneLimit = 2_000

/** For the strip, once a second: how much waits on a line, and of what kind. The entries are looked through only when other ones wait than before. */
export async function waitingOn({ exchange, waiting: before }: Line, journal: JournalPort): Promise<Line['waiting']> {
  const chains = await exchange.waiting()
  const mark = JSON.stringify(chains)
  if (mark === before.mark) return before
  const byLane: Partial<Record<LinkLane, number>> = {}
  let entries = 0
  for (const { chain, after, entries: count } of chains) {
    entries += count
    for (const { action } of await journal.marks(chain, after, laneLimit)) byLane[laneOf(action)] = (byLane[laneOf(action)] ?? 0) + 1
  }
  return { entries, byLane, mark }
}

/** @returns at most `limit`, oldest first, and how many there are in all */
export async function unsentOn(lines: Iterable<Line>, reads: Reads, limit: number): Promise<{ entries: UnsentEntry[]; total: number }> {
  const entries: UnsentEntry[] = []
  let total = 0
  for (const { exchange, unit } of lines) {
    for (const { chain, after, entries: count } of await exchange.waiting()) {
      total += count
      entries.push(...(await entriesAfter(reads, chain, after, limit)).map((one) => ({ ...one, unit })))
    }
  }
  return { entries: entries.sort((a, b) => a.at - b.at).slice(0, limit), total }
}

/** Where an entry stands. */
export interface EntryPlace extends Chain {
  seq: number
}

/** Which of these entries wait, and on which lines: exact however many others wait before them. */
export async function waitingAmong(lines: Iterable<Line>, entries: readonly EntryPlace[]): Promise<{ entry: EntryId; unit: string }[]> {
  const found: { entry: EntryId; unit: string }[] = []
  for (const { exchange, unit } of lines) {
    const afters = new Map((await exchange.waiting()).map(({ chain, after }) => [chainKey(chain), after]))
    for (const entry of entries) {
      if (entry.seq > (afters.get(chainKey(entry)) ?? Infinity)) found.push({ entry: `${entry.station}/${entry.scope}/${entry.seq}`, unit })
    }
  }
  return found
}

async function entriesAfter(reads: Reads, { station, scope }: Chain, after: number, limit: number): Promise<Omit<UnsentEntry, 'unit'>[]> {
  const rows = await reads.all<{ seq: number; at: number; actor: string; action: string; dataset: string; row: string }>(
    'SELECT seq, at, actor, action, dataset, row FROM journal WHERE station = ? AND scope = ? AND seq > ? ORDER BY seq LIMIT ?',
    [station, scope, after, limit],
  )
  return rows.map(({ seq, ...rest }) => ({ entry: `${station}/${scope}/${seq}`, lane: laneOf(rest.action), ...rest }))
}
