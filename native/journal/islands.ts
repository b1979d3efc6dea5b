// Runs of a chain that came before what precedes them: urgent entries go ahead under a seal of their own, and the gap is filled later.
import type { EntryId, Scope } from '../contract/index.ts'
import type { Reads, Writes } from '../store/types.ts'
import type { ChainHead } from './chain.ts'
import { entryColumns, entryId, type EntryRow, headerOf } from './encode.ts'

interface Chain {
  station: string
  scope: Scope
}

export interface Island {
  fromSeq: number
  toSeq: number
  /** What its first entry is chained to; when the gap is filled it must fit. */
  prev: string
}

/** Notes a run that stands in the journal without what precedes it. */
export async function addIsland(tx: Writes, { station, scope }: Chain, { fromSeq, toSeq, prev }: Island): Promise<void> {
  await tx.run(
    `INSERT INTO journal_islands (station, scope, fromSeq, toSeq, prev) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (station, scope, fromSeq) DO UPDATE SET toSeq = max(toSeq, excluded.toSeq)`,
    [station, scope, fromSeq, toSeq, prev],
  )
}

/** Every run of a chain that still stands alone, by its first number. */
export async function islandsOf(reads: Reads, { station, scope }: Chain): Promise<Map<number, Island>> {
  const rows = await reads.all<Island>('SELECT fromSeq, toSeq, prev FROM journal_islands WHERE station = ? AND scope = ?', [station, scope])
  return new Map(rows.map((row) => [row.fromSeq, row]))
}

/**
 * Joins the runs that a grown chain has reached.
 * @param head where the chain ends without them
 * @returns where it ends with them; `torn`: the entry before a run that does not fit, because its writer has signed two chains
 */
export async function joinIslands(tx: Writes, chain: Chain, head: ChainHead, now: number): Promise<{ head: ChainHead; torn: EntryId | null }> {
  const { station, scope } = chain
  const islands = [...(await islandsOf(tx, chain)).values()].sort((a, b) => a.fromSeq - b.fromSeq)
  let end = head
  for (const { fromSeq, toSeq, prev } of islands) {
    if (fromSeq > end.seq + 1) break
    if ((await hashAt(tx, chain, fromSeq - 1)) !== prev) {
      await keepTorn(tx, chain, { seq: fromSeq - 1, hash: prev, now })
      return { head: end, torn: entryId({ station, scope, seq: fromSeq - 1 }) }
    }
    await tx.run('DELETE FROM journal_islands WHERE station = ? AND scope = ? AND fromSeq = ?', [station, scope, fromSeq])
    const last = await hashAt(tx, chain, toSeq)
    if (toSeq > end.seq && last !== null) end = { seq: toSeq, hash: last }
  }
  return { head: end, torn: null }
}

/** Of the entry that the run was chained to only the hash is known: it is told of under the head of the one that stands here. */
async function keepTorn(tx: Writes, chain: Chain, other: { seq: number; hash: string; now: number }): Promise<void> {
  const row = await tx.get<EntryRow>(`SELECT ${entryColumns} FROM journal AS j WHERE j.station = ? AND j.scope = ? AND j.seq = ?`, [
    chain.station,
    chain.scope,
    other.seq,
  ])
  if (row === null) return
  await tx.run(
    'INSERT INTO journal_forks (station, scope, seq, hash, knownHash, entry, receivedAt) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    [chain.station, chain.scope, other.seq, other.hash, row.hash, JSON.stringify({ ...headerOf(row), body: null }), other.now],
  )
}

export async function hashAt(reads: Reads, { station, scope }: Chain, seq: number): Promise<string | null> {
  const row = await reads.get<{ hash: string }>('SELECT lower(hex(hash)) AS hash FROM journal WHERE station = ? AND scope = ? AND seq = ?', [
    station,
    scope,
    seq,
  ])
  return row?.hash ?? null
}

/** SQL: the last number of a chain up to which nothing is missing here; the parameters ?1 and ?2 are station and scope. */
export const chainEndSql = `SELECT seq, lower(hex(hash)) AS hash FROM journal
  WHERE station = ?1 AND scope = ?2 AND seq < ifnull((SELECT min(fromSeq) FROM journal_islands WHERE station = ?1 AND scope = ?2), 9e15)
  ORDER BY seq DESC LIMIT 1`
