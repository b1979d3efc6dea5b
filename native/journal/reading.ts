// Reading entries: one by its identity, those about a subject, and the cells a person has to decide.
import type { Conflict, Entry, EntryId, EpochMs, Id, Subject } from '../contract/index.ts'
import type { Reads } from '../store/types.ts'
import type { Erasure } from './body.ts'
import { effectiveBody } from './effective.ts'
import { chainStart, entryColumns, entryId, type EntryRow, entryOf, parseEntryId } from './encode.ts'
import { readErasures } from './erasures.ts'
import { WorkingSet } from './working-set.ts'

const prevSql = `(SELECT lower(hex(p.hash)) FROM journal AS p WHERE p.station = j.station AND p.scope = j.scope AND p.seq = j.seq - 1) AS prev`

export async function readEntry(reads: Reads, id: EntryId): Promise<Entry | null> {
  const key = parseEntryId(id)
  if (key === null) return null
  const row = await reads.get<EntryRow & { prev: string | null }>(
    `SELECT ${entryColumns}, ${prevSql} FROM journal AS j WHERE j.station = ? AND j.scope = ? AND j.seq = ?`,
    [key.station, key.scope, key.seq],
  )
  return row === null ? null : ((await entriesOf(reads, [row]))[0] ?? null)
}

/** @param options.before only entries strictly before this moment, by the same clock; the newest `limit` of them are given, oldest first */
export async function readTimeline(
  reads: Reads,
  subject: Subject,
  options: { by: 'happened' | 'known'; before?: EpochMs; limit?: number },
): Promise<Entry[]> {
  const [moment, tie] =
    options.by === 'happened' ? ['ifnull(j.happenedAt, j.at)', 'j.hlcMs DESC, j.hlcCounter DESC, j.station DESC'] : ['j.receivedAt', 'j.arrival DESC']
  const rows = await reads.all<EntryRow & { prev: string | null }>(
    `SELECT ${entryColumns}, ${prevSql} FROM journal AS j WHERE j.row = ? AND j.dataset = ? AND j.state IN (0, 3) AND ${moment} < ?
      ORDER BY ${moment} DESC, ${tie} LIMIT ?`,
    [subject.row, subject.dataset, options.before ?? Number.MAX_SAFE_INTEGER, options.limit ?? -1],
  )
  return entriesOf(reads, rows.reverse())
}

/** Entries as they count: of an erased body what the erasures left of it. */
async function entriesOf(reads: Reads, rows: readonly (EntryRow & { prev: string | null })[]): Promise<Entry[]> {
  const erased = rows.filter((row) => row.body === null).map(entryId)
  const erasures = erased.length === 0 ? new Map<EntryId, Erasure[]>() : await readErasures(reads, erased)
  return rows.map((row) => entryOf(row, effectiveBody(row, erasures.get(entryId(row)) ?? []), row.prev ?? chainStart))
}

/** The cells in conflict with all that stands against each other, newest first. */
export async function readConflicts(reads: Reads, filter: { dataset?: string; row?: Id }): Promise<Conflict[]> {
  const cells = await reads.all<{ dataset: string; row: string; column: string }>(
    `SELECT dataset, row, "column" FROM cell_conflicts WHERE (?1 IS NULL OR dataset = ?1) AND (?2 IS NULL OR row = ?2) ORDER BY dataset, row, "column"`,
    [filter.dataset ?? null, filter.row ?? null],
  )
  const set = new WorkingSet()
  await set.load(
    reads,
    cells.map((cell) => [cell.dataset, cell.row] as const),
  )
  const found = cells.map((cell) => ({ ...cell, rivals: set.state(cell.dataset, cell.row).rivals(cell.column) }))
  const arrivals = [...new Set(found.flatMap((one) => one.rivals.map(({ head }) => head.arrival)))]
  const writers = await reads.all<{ arrival: number; actor: string; at: number }>(
    'SELECT j.arrival, j.actor, j.at FROM json_each(?) AS a JOIN journal AS j ON j.arrival = a.value',
    [JSON.stringify(arrivals)],
  )
  const byArrival = new Map(writers.map((writer) => [writer.arrival, writer]))
  return found.map(({ dataset, row, column, rivals }) => ({
    dataset,
    row,
    column,
    heads: rivals.map(({ column: written, head }) => ({
      entry: head.entry,
      column: written,
      value: JSON.parse(head.value),
      actor: byArrival.get(head.arrival)?.actor ?? '',
      at: byArrival.get(head.arrival)?.at ?? 0,
      hlc: head.hlc,
    })),
  }))
}
