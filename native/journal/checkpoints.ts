// Every 10 000 entries: where all chains stood and how far the clock was, so that a start need not read the whole journal.
import type { Hlc } from '../contract/index.ts'
import type { Reads, Store } from '../store/types.ts'
import { aheadLimitMs } from './effective.ts'
import { vector } from './replication.ts'

export const checkpointEvery = 10_000

/** Writes a checkpoint when one is due. */
export async function checkpoint(store: Store, options: { length: number; clock: Hlc; now: number }): Promise<boolean> {
  const last = (await store.get<{ last: number | null }>('SELECT max(arrival) AS last FROM journal_checkpoints'))?.last ?? 0
  if (options.length - last < checkpointEvery) return false
  const chains = JSON.stringify(await vector(store))
  await store.write((tx) =>
    tx.run('INSERT INTO journal_checkpoints (arrival, receivedAt, hlcMs, hlcCounter, vector) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING', [
      options.length,
      options.now,
      options.clock.ms,
      options.clock.counter,
      chains,
    ]),
  )
  return true
}

/**
 * The last reading issued or seen: of the newest checkpoint and of what came after it. Entries of others that were let in although their clock
 * was further ahead than `now` allows are passed over: our clock does not follow them.
 */
export async function lastClock(reads: Reads, options: { station: string; now: number }): Promise<Hlc | null> {
  return reads.get<Hlc & Record<string, never>>(
    `WITH last AS (SELECT ifnull(max(arrival), 0) AS arrival FROM journal_checkpoints)
     SELECT ms, counter FROM (
       SELECT hlcMs AS ms, hlcCounter AS counter FROM journal WHERE state = 0 AND arrival > (SELECT arrival FROM last) AND (station = ?1 OR hlcMs <= ?2)
       UNION ALL SELECT hlcMs, hlcCounter FROM journal_checkpoints WHERE arrival = (SELECT arrival FROM last))
     ORDER BY ms DESC, counter DESC LIMIT 1`,
    [options.station, options.now + aheadLimitMs],
  )
}
