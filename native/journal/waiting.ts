// What has come and is not applied: entries that wait and why, identities that came twice; and letting in what only its clock keeps out.
import { type EntryId, type WaitingReason, WanglouError } from '../contract/index.ts'
import type { Reads, Writes } from '../store/types.ts'
import { append, type AppendContext, type Appended } from './append.ts'
import { applyWaiting, type ArriveContext } from './arrive.ts'
import { entryState } from './chain.ts'
import { entryColumns, entryId, type EntryRow, headerOf, type Header } from './encode.ts'
import type { Act, Fork, WaitingEntry } from './types.ts'

const reasons: Record<number, WaitingReason> = {
  [entryState.ahead]: 'ahead',
  [entryState.newerForm]: 'newer-form',
  [entryState.erased]: 'erased-body',
}
/** Identities that came twice are few; who has more has been copied, and sees it by the first ones. */
const forkLimit = 100

/** Every entry that waits, oldest first. */
export function readWaiting(reads: Reads, limit: number | null): Promise<EntryRow[]> {
  return reads.all<EntryRow>(`SELECT ${entryColumns} FROM journal AS j WHERE j.state > 0 ORDER BY j.arrival LIMIT ?`, [limit ?? -1])
}

export async function listWaiting(reads: Reads, limit: number): Promise<{ entries: WaitingEntry[]; total: number; forks: Fork[] }> {
  const rows = await readWaiting(reads, limit)
  const total = (await reads.get<{ count: number }>('SELECT count(*) AS count FROM journal WHERE state > 0'))?.count ?? 0
  const entries = rows.map((row): WaitingEntry => {
    const { v, station, scope, seq, at, actor, action, subject } = headerOf(row)
    return {
      v,
      station,
      scope,
      seq,
      at,
      actor,
      action,
      subject,
      reason: reasons[row.state] ?? 'ahead',
      clockMs: row.hlcMs,
      receivedAt: row.receivedAt,
    }
  })
  return { entries, total, forks: await readForks(reads) }
}

async function readForks(reads: Reads): Promise<Fork[]> {
  const rows = await reads.all<EntryRow & { asideHash: string; aside: string; asideAt: number }>(
    `SELECT ${entryColumns}, f.hash AS asideHash, f.entry AS aside, f.receivedAt AS asideAt FROM journal_forks AS f CROSS JOIN journal AS j
      WHERE j.station = f.station AND j.scope = f.scope AND j.seq = f.seq ORDER BY f.receivedAt DESC LIMIT ?`,
    [forkLimit],
  )
  return rows.map((row) => {
    const { at, actor, action, subject } = headerOf(row)
    const other = JSON.parse(row.aside) as Header
    return {
      entry: entryId(row),
      kept: { at, actor, action, subject, hash: row.hash },
      aside: { at: other.at, actor: other.actor, action: other.action, subject: other.subject, hash: row.asideHash, receivedAt: row.asideAt },
    }
  })
}

/** Writes who lets them in, an act for each subject that stays on this console, and applies them. */
export async function letInNamed(
  tx: Writes,
  options: { entries: readonly EntryId[]; actor: string; reason: string; now: number },
  context: AppendContext & ArriveContext,
): Promise<Appended & { applied: number }> {
  const { actor, reason, now } = options
  const named = new Set(options.entries)
  const waiting = (await readWaiting(tx, null)).filter((row) => named.has(entryId(row)))
  const [first] = waiting
  if (first === undefined) throw new WanglouError('NOT_FOUND', { entry: options.entries[0] ?? '' })
  const other = waiting.find((row) => row.state !== entryState.ahead)
  if (other !== undefined) throw new WanglouError('STATE_NOT_ALLOWED', { entry: entryId(other), state: reasons[other.state] ?? '' })
  const bySubject = Map.groupBy(waiting, (row) => `${row.dataset}\0${row.row}`)
  const acts = [...bySubject.values()].flatMap((rows): Act[] => {
    const [one] = rows
    if (one === undefined) return []
    const subject = { dataset: one.dataset, row: one.row }
    return [{ actor, action: 'journal.letIn', subject, rows: [], scope: 'self', note: { reason, entries: rows.map(entryId) } }]
  })
  const appended = await append(tx, acts, context)
  const { touched, applied } = await applyWaiting(tx, waiting, { now, letIn: named }, context)
  return { ...appended, touched: [...appended.touched, ...touched], applied: applied.length }
}
