// The entry: one act of one person (or of the program), and the cells it sets. See journal.md.
import type { CellValue, Scope } from './dataset.ts'
import type { EpochMs, HappenedAt, Id, Sha256 } from './scalars.ts'

/** `station/scope/seq`: the identity of an entry. */
export type EntryId = `${string}/${string}/${number}`

/** Hybrid logical clock: orders entries; ties are broken by the station id. */
export interface Hlc {
  /** Milliseconds since the epoch, never below the last one issued or seen. */
  ms: EpochMs
  counter: number
}

/** `[dataset, row, column, value, bases]`; `bases` are all heads the writer's station held (empty = never written). */
export type Cell = [dataset: string, row: Id, column: string, value: CellValue, bases: EntryId[]]

/** What an act is about, e.g. `{ dataset: 'incidents', row }`; the time line of an incident is every entry whose subject it is. */
export interface Subject {
  dataset: string
  row: Id
}

export interface Entry {
  /** Version of the entry's form. A newer one is stored, not applied, and named. */
  v: number
  station: string
  scope: Scope
  /** Without gaps per station and scope, from 1. */
  seq: number
  hlc: Hlc
  /** Wall clock of the writer; what people are shown. */
  at: EpochMs
  happenedAt: HappenedAt | null
  /** Account id of the person; `station` for acts of the program itself. */
  actor: string
  /** `<feature>.<verb>`, e.g. `incidents.report`; permanent. */
  action: string
  subject: Subject
  cells: Cell[]
  /** Free words and machine-readable extras that are no cells, e.g. `{ bulk: { blob, rows } }`. */
  note: Record<string, CellValue> | null
  prev: Sha256
  hash: Sha256
}

/** One head of a cell in conflict: the value, who wrote it and when. */
export interface Head {
  entry: EntryId
  /** The column it wrote: another one than the conflict's where a delete stands against an edit it had not seen. */
  column: string
  value: CellValue
  actor: string
  at: EpochMs
  hlc: Hlc
}

/** A cell with several heads of different values, for a person to decide. `heads[0]` is shown until then. */
export interface Conflict {
  dataset: string
  row: Id
  column: string
  heads: Head[]
}
