// What a feature may know of the journal: write an act, read rows, look back in time, decide a conflict.
import type { CellValue, Change, Conflict, Entry, EntryId, EpochMs, HappenedAt, Id, Scope, Subject, WaitingReason } from '../contract/index.ts'
import type { Reads, Writes } from '../store/types.ts'

/** One row's new values. Only the named columns are written; an unchanged value is not written again. */
export interface RowWrite {
  dataset: string
  row: Id
  set: Record<string, CellValue>
}

export interface Act {
  /** Account id, or `station`. */
  actor: string
  /** `<feature>.<verb>`, permanent. */
  action: string
  subject: Subject
  rows: RowWrite[]
  /** Rows to mark deleted. */
  deletes?: { dataset: string; row: Id }[]
  happenedAt?: HappenedAt | null
  note?: Record<string, CellValue> | null
  /** Default: the scope of the subject's dataset. */
  scope?: Scope
  /** A decision writes cells in conflict, with all their heads as bases; any other act on such a cell throws CELL_IN_CONFLICT. */
  isDecision?: boolean
  /**
   * Checked in the same transaction before anything is written, with what is committed: the place for rules such as
   * "not reserved by another" (50 parallel calls, one wins). Throw a WanglouError to refuse.
   */
  check?: (tx: Reads) => Promise<void>
}

/** An act that gives out a number people read (期号, 事件编号). The number is taken in the act's own transaction: an act that fails leaves no gap. */
export interface NumberedAct extends Omit<Act, 'rows'> {
  /** E.g. `incidents/2026`; from this console's blocks, another of `blockSize` is reserved when they are used up. */
  number: { series: string; blockSize: number }
  rows: (number: number) => RowWrite[]
}

/** A bulk import: one entry naming a blob of rows; acknowledged at once, projected in chunks. */
export interface BulkAct {
  actor: string
  action: string
  subject: Subject
  dataset: string
  /** Where the rows are from, e.g. `pack:shaanxi` or a ledger's name; row ids are uuidv5(dataset, source, key). */
  source: string
  /** The columns every row carries, in order; then rows as NDJSON in the blob: `[key, value, value, …]`. */
  columns: string[]
  blob: string
  rows: number
  scope?: Scope
  /** `file`: the hash of the file the rows were read from; an erasure that reaches the rows removes it whole. */
  note?: Record<string, CellValue> | null
}

export interface BulkProgress {
  entry: EntryId
  dataset: string
  rowsTotal: number
  rowsDone: number
  isDone: boolean
}

/** A cell where an import gives another value than the one a person wrote; never replaced, for a person to accept (a decision that writes the value). */
export interface BulkDifference {
  dataset: string
  row: Id
  column: string
  /** The person's entry: what she wrote, or that she erased it. */
  entry: EntryId
  import: EntryId
  shown: CellValue
  imported: CellValue
}

/** Whose personal data is to be erased; default: every personal column. */
export interface EraseRow {
  dataset: string
  row: Id
  columns?: readonly string[]
}

/** An entry that stands in its chain and is not applied yet. */
export interface WaitingEntry extends Pick<Entry, 'v' | 'station' | 'scope' | 'seq' | 'at' | 'actor' | 'action' | 'subject'> {
  reason: WaitingReason
  /** Its hybrid clock, epoch ms: what is compared with ours. */
  clockMs: EpochMs
  receivedAt: EpochMs
}

/** Two entries with one identity: the one in the chain and the later one, which was kept aside. */
export interface Fork {
  entry: EntryId
  kept: ForkSide
  aside: ForkSide & { receivedAt: EpochMs }
}
export interface ForkSide extends Pick<Entry, 'at' | 'actor' | 'action' | 'subject'> {
  hash: string
}

/** What an administrator may do to the journal itself; each is an act that stands in it. */
export interface JournalAdministration {
  /** Oldest first, at most `limit`; `total` counts all. */
  waiting(options: { limit: number }): Promise<{ entries: WaitingEntry[]; total: number; forks: Fork[] }>
  /**
   * Applies entries here whose clock is ahead; our own clock does not follow them. @returns how many
   * @throws WanglouError NOT_FOUND (none of them waits any more) · STATE_NOT_ALLOWED (what it waits for is not the clock)
   */
  letIn(options: { entries: readonly EntryId[]; actor: string; reason: string }): Promise<number>
  /** Erases personal data of rows everywhere in the journal, all or none; the chain and everything else stay. @throws WanglouError NOT_FOUND */
  erase(options: { rows: readonly EraseRow[]; actor: string; reason: string }): Promise<Entry[]>
  /** Files of imports are still losing what was erased. */
  readonly isErasingFiles: boolean
}

/** A row as a bulk import gives it. */
export interface GivenRow {
  id: Id
  /** In the order of the import's columns. */
  values: readonly CellValue[]
}

/**
 * Derived tables of a feature (search, R*Tree), kept in the same transaction as the rows. Must depend on the rows alone.
 * `Prepared` is what it can work out of an import's rows before the writing transaction, so that nobody's act waits for it.
 */
export interface Projection<Prepared = unknown> {
  dataset: string
  /**
   * Rows that changed; called in the writing transaction, in bulk (up to 1 000 ids).
   * `isNew`: none of them has been here before, so there is nothing of them to take away. `prepared`: what `prepare` made of just these rows, and
   * they stand in the table as given; null otherwise.
   */
  update(tx: Writes, rows: readonly Id[], options: { isNew: boolean; prepared: Prepared | null }): Promise<void>
  /** @returns null when the columns do not say enough, or a value is not what its column holds: then `update` reads the rows */
  prepare?(columns: readonly string[], rows: readonly GivenRow[]): Prepared | null
  /** Empties the derived tables before a rebuild. */
  clear(tx: Writes): Promise<void>
}

export interface Journal {
  /** Writes one act: entry, chain, projected tables and projections in one transaction; resolves after the commit is on disk. */
  write(act: Act | NumberedAct): Promise<Entry>
  /** Several acts in one transaction (one sync). */
  writeAll(acts: (Act | NumberedAct)[]): Promise<Entry[]>
  /** Writes the one entry of a bulk import and starts projecting it in the background. */
  writeBulk(act: BulkAct): Promise<Entry>
  bulkProgress(): BulkProgress[]
  /** Resolves when every bulk import has been projected. */
  bulkIdle(): Promise<void>
  /**
   * Resolves when this one has been projected; a longer one that runs meanwhile lets it go first. Its blob and its source's older imports come before it.
   * Throws what stopped the projecting, CANCELLED when the station stops first, NOT_FOUND for an entry that is no import.
   */
  bulkDone(entry: Pick<Entry, 'station' | 'scope' | 'seq'>): Promise<void>
  /** Where imports the editor had not seen differ from what persons wrote. */
  bulkDifferences(filter: { dataset: string; row?: Id; limit?: number }): Promise<BulkDifference[]>
  /** Rows of a source that its newest import no longer names. */
  bulkMissing(options: { dataset: string; source: string; limit?: number }): Promise<Id[]>

  /** Entries about a subject, oldest first, by when they happened or by when this station knew. The incident time line. */
  timeline(subject: Subject, options: { by: 'happened' | 'known'; before?: EpochMs; limit?: number }): Promise<Entry[]>
  entry(id: EntryId): Promise<Entry | null>
  /** All rows of a subject's dataset row as it stood at t; null = did not exist. */
  stateAt(subject: Subject, at: { happened: EpochMs } | { known: EpochMs }): Promise<Record<string, CellValue> | null>
  conflicts(filter?: { dataset?: string; row?: Id }): Promise<Conflict[]>
  /** Sets the cells of an entry back; throws UNDO_STALE when its values are no longer the heads. */
  undo(options: { entry: EntryId; actor: string }): Promise<Entry>
  /** Number of entries. */
  length(): Promise<number>
  /** This station's id (one incarnation of one data directory). */
  readonly station: string

  /** Called after each commit with what changed; returns the unsubscribe function. */
  onChange(listener: (changes: Change[]) => void): () => void
  /** Registers derived tables; before `start()`. */
  project(projection: Projection): void
}
