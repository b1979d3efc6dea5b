// The heads of one row in memory and the rules of journal.md: who replaces whom, what is pending, what is in conflict, what is shown.
import { DELETED, type EntryId, type Hlc } from '../contract/index.ts'
import { compareHlc } from './encode.ts'

/** One write of one cell that nothing has replaced. */
export interface HeadWrite {
  entry: EntryId
  arrival: number
  station: string
  hlc: Hlc
  /** Canonical JSON. */
  value: string
  /** Kept for `~deleted` alone: which heads of the row the delete had seen. */
  bases: EntryId[] | null
}

export interface PendingBase {
  column: string
  base: EntryId
  arrival: number
}

const isTrue = (head: HeadWrite) => head.value === 'true'

export class RowState {
  readonly dataset: string
  readonly row: string
  readonly heads = new Map<string, HeadWrite[]>()
  pending: PendingBase[] = []
  /** Arrival of the newest entry that wrote this row. */
  newest = 0
  /** Columns whose shown value may have changed since loading. */
  readonly dirty = new Set<string>()
  /** Columns written for the first time by what is being applied. */
  readonly first = new Set<string>()
  /** Whether it had conflicts when it was loaded. */
  hadConflicts = false

  constructor(dataset: string, row: string) {
    this.dataset = dataset
    this.row = row
  }

  headsOf(column: string): HeadWrite[] {
    return this.heads.get(column) ?? []
  }

  /** All heads of the row, every column. */
  allHeads(): HeadWrite[] {
    return [...this.heads.values()].flat()
  }

  isPending(column: string): boolean {
    return this.pending.some((one) => one.column === column)
  }

  /** The head with the newest clock, shown until a person decides; null = never written. */
  shown(column: string): HeadWrite | null {
    return newest(this.headsOf(column))
  }

  isDeleted(): boolean {
    const deletes = this.headsOf(DELETED)
    const shown = newest(deletes)
    if (shown === null || !isTrue(shown)) return false
    const unseen = newest(this.unseenEdits())
    return unseen === null || this.isPending(DELETED) || compareHlc(unseen, shown) < 0
  }

  isInConflict(column: string): boolean {
    if (this.isPending(column)) return false
    const heads = this.headsOf(column)
    const differ = heads.some((head) => head.value !== heads[0]?.value)
    if (column === DELETED) return differ || this.unseenEdits().length > 0
    return differ && !this.isSettledDelete()
  }

  /** Columns a person has to decide. */
  conflicts(): string[] {
    return [...this.heads.keys()].filter((column) => this.isInConflict(column)).sort()
  }

  /** What stands against each other in a cell: its heads and, for a delete, the edits it had not seen. Newest first. */
  rivals(column: string): { column: string; head: HeadWrite }[] {
    const own = this.headsOf(column).map((head) => ({ column, head }))
    const edits = column === DELETED ? this.#unseen() : []
    return [...own, ...edits].sort((a, b) => compareHlc(b.head, a.head))
  }

  /** Edits that no delete of this row had seen. */
  unseenEdits(): HeadWrite[] {
    return this.#unseen().map((one) => one.head)
  }

  #unseen(): { column: string; head: HeadWrite }[] {
    const deletes = this.headsOf(DELETED).filter(isTrue)
    if (deletes.length === 0) return []
    const seen = new Set(deletes.flatMap((head) => [head.entry, ...(head.bases ?? [])]))
    return [...this.heads]
      .filter(([column]) => column !== DELETED)
      .flatMap(([column, heads]) => heads.filter((head) => !seen.has(head.entry)).map((head) => ({ column, head })))
  }

  #settled(): boolean {
    const deletes = this.headsOf(DELETED)
    return deletes.length > 0 && deletes.every(isTrue)
  }

  /** Deleted by somebody who had seen every value: then there is nothing left to decide about them. */
  isSettledDelete(): boolean {
    return this.#settled() && !this.isPending(DELETED) && this.unseenEdits().length === 0
  }
}

function newest(heads: readonly HeadWrite[]): HeadWrite | null {
  return heads.reduce<HeadWrite | null>((best, head) => (best === null || compareHlc(head, best) > 0 ? head : best), null)
}
