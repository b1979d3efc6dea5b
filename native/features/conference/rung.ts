// What came of ringing somebody about a room: the last call whose subject is an invitation or a roll call, as the 通讯录 keeps it.
import type { CallOutcome, EpochMs, Id, LastRung } from '../../contract/index.ts'
import type { Reads } from '../../store/types.ts'

/** The clock of the console that rang may be behind that of the one that called. */
const slackMs = 3_600_000

/** @param sinceAt when the first of these rows was entered @returns by the row it was about */
export async function rungSince(reads: Reads, sinceAt: EpochMs): Promise<ReadonlyMap<Id, LastRung>> {
  const rows = await reads.all<{ about: Id; at: EpochMs; outcome: CallOutcome; who: string; words: string }>(
    `SELECT json_extract(about, '$.row') AS about, json_extract(happenedAt, '$.at') AS at, outcome, who, words FROM calls
     WHERE json_extract(happenedAt, '$.at') >= ? AND json_extract(about, '$.dataset') IN ('conferenceInvitations', 'conferenceRollCalls') AND _deleted = 0
     ORDER BY at, key`,
    [sinceAt - slackMs],
  )
  return new Map(rows.map(({ about, ...rung }) => [about, rung]))
}

/** Somebody took it, or was told to pass it on. */
export function isTold(rung: LastRung | null): boolean {
  return rung !== null && (rung.outcome === 'answered' || rung.outcome === 'relayed')
}
