// How the journal stands: forks, entries that wait and why, clocks that are wrong, imports that stopped.
import type { EpochMs, Health } from '../contract/index.ts'
import type { Reads } from '../store/types.ts'
import { entryState } from './chain.ts'

/** A station further ahead of us than this is shown as wrong, in milliseconds; so is our own clock when it has fallen behind what it issued. */
const wrongClockMs = 5 * 60 * 1_000

export interface JournalFacts {
  now: EpochMs
  /** The last reading our clock issued or saw. */
  clockMs: EpochMs
  /** By how much stations were ahead when we last heard them, in milliseconds. */
  ahead: ReadonlyMap<string, number>
  bulkFailure: unknown
  eraseFailure: unknown
  /** Why this incarnation began, when it began with this start. */
  began: { reason: string; former: string | null } | null
}

export async function journalHealth(reads: Reads, facts: JournalFacts): Promise<Health[]> {
  const found: Health[] = []
  const say = (subject: string, state: Health['state'], reason: string, params: Health['params'], capability: string | null = null) =>
    found.push({ subject, state, since: facts.now, lastEvidenceAt: facts.now, reason, params, nextStep: `${reason}.next`, capability })

  const fork = await reads.get<{ count: number; station: string; scope: string; seq: number }>(
    'SELECT count(*) AS count, station, scope, min(seq) AS seq FROM journal_forks HAVING count(*) > 0',
  )
  if (fork !== null) say('journal', 'down', 'journal.fork', { count: fork.count, entry: `${fork.station}/${fork.scope}/${fork.seq}` }, 'link')
  const waiting = await reads.all<{ state: number; count: number; entry: string }>(
    `SELECT state, count(*) AS count, min(station || '/' || scope || '/' || seq) AS entry FROM journal WHERE state > 0 GROUP BY state`,
  )
  const reasons = new Map<number, string>([
    [entryState.ahead, 'journal.ahead'],
    [entryState.newerForm, 'journal.newerForm'],
    [entryState.erased, 'journal.erasedBody'],
  ])
  for (const { state, count, entry } of waiting) say('journal', 'degraded', reasons.get(state) ?? 'journal.waiting', { count, entry })
  const behindMs = facts.clockMs - facts.now
  if (behindMs > wrongClockMs) say('clock', 'degraded', 'clock.setBack', { minutes: Math.round(behindMs / 60_000) })
  for (const [station, aheadMs] of facts.ahead) {
    if (aheadMs > wrongClockMs) say(`clock:${station}`, 'degraded', 'clock.ahead', { station, minutes: Math.round(aheadMs / 60_000) })
  }
  if (facts.bulkFailure !== null) say('journal', 'degraded', 'journal.importStopped', { error: errorCode(facts.bulkFailure) }, 'imports')
  if (facts.eraseFailure !== null) say('journal', 'degraded', 'journal.eraseStopped', { error: errorCode(facts.eraseFailure) })
  if (facts.began !== null && facts.began.reason !== 'created') {
    say('station', 'degraded', `station.${facts.began.reason}`, { former: facts.began.former })
  }
  return found
}

function errorCode(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : 'INTERNAL'
}
