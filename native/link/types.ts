// What the engine of the link knows of the journal and of whatever carries its messages. Both are small, so that a simulation can be either.
import type { LinkReason, Scope } from '../contract/index.ts'
import type { Received } from '../journal/receive.ts'
import type { ChainEnd, ExportRange } from '../journal/replication.ts'
import type { SealedBatch } from '../journal/seal.ts'
import type { ShownCard } from './pairing.ts'
import type { SignedManifest } from './snapshot/manifest.ts'

export type { ChainEnd, ExportRange, Received, SealedBatch }

/** A chain by its writer and scope. */
export interface Chain {
  station: string
  scope: Scope
}

export const chainKey = ({ station, scope }: Chain): string => `${station}/${scope}`

/** A run of a chain that stands here without what precedes it. */
export interface Run extends Chain {
  fromSeq: number
  toSeq: number
}

/** An entry as far as choosing what goes first needs it. */
export interface EntryMark {
  seq: number
  action: string
}

/** The journal, as the link sees it. */
export interface JournalPort {
  readonly station: string
  /** Where each chain ends without a gap. */
  heads(): Promise<ChainEnd[]>
  /** Runs that stand here ahead of what precedes them. */
  islands(): Promise<Run[]>
  /** Actions of the entries of a chain after a number, in order. */
  marks(chain: Chain, after: number, limit: number): Promise<EntryMark[]>
  sealedBatch(range: ExportRange): Promise<SealedBatch | null>
  /** Each batch is judged by itself. */
  apply(batches: readonly SealedBatch[]): Promise<Received[]>
  /** The centre a station belongs to; null = nobody has vouched for it. */
  unitOf(station: string): string | null
}

/** Where a message lies in the stream that brought it: which stream (its name and when it was made) and under which number. */
export interface StoredAt {
  stream: string
  seq: number
}

/** Stores a message on its way to the other side and says under which number. Rejects when it could not; then it goes again later. */
export type Send = (bytes: Uint8Array) => Promise<{ seq: number }>

/** What one side tells the other beside entries: what it holds, how far it has read, what it could not take. */
export interface Have {
  station: string
  unit: string
  /** All chains; otherwise only those that have moved. */
  isFull: boolean
  /** Wants to hear the same of the other side. */
  isAsking: boolean
  ends: { station: string; scope: Scope; seq: number }[]
  /** Runs it holds ahead of what precedes them: they need not go again. */
  runs: Run[]
  /** How far it has read the stream that brings it our messages. */
  read: StoredAt | null
  /** What came and was not taken. */
  refused: { station: string; scope: Scope; reason: LinkReason }[]
  /** Files it lacks, and how much of each it has. */
  wants: Want[]
}

export interface Want {
  sha256: string
  /** Bytes it has from the beginning. */
  offset: number
}

/** A part of a file. */
export interface Piece extends Want {
  /** Who sends it. */
  station: string
  /** Size of the whole file in bytes. */
  total: number
  /** What an erasure has left of the file hashes to this, by the sender's word; null = it is what its name says. */
  is: string | null
  data: Buffer
}

export type Message =
  /** `files`: of the hashes in it those that name a file which the sender has, or waits for itself. */
  | { kind: 'batch'; batch: SealedBatch; files: string[] }
  | { kind: 'have'; have: Have }
  | { kind: 'piece'; piece: Piece }
  /** Straight to a console that has sent the first piece of a file. */
  | { kind: 'want'; want: Want & { station: string } }
  | { kind: 'card'; shown: ShownCard }
  /** A console that has just joined asks its host for a snapshot. */
  | { kind: 'join'; station: string }
  | { kind: 'snapshot'; offer: SignedManifest }

/** Files by their hash, as the link sees them. */
export interface FilesPort {
  /** What is wanted most, a few at a time. */
  wants(): Promise<Want[]>
  /** @returns null when it is not here */
  piece(want: Want, limitBytes: number): Promise<Omit<Piece, 'station'> | null>
  /** Adds a piece to what is here of a file. @returns what is wanted of it next; null = it is whole, not wanted, or was here already */
  take(piece: Piece): Promise<Want | null>
  /** Which hashes in a batch name a file that is here or wanted here. */
  namedIn(batch: SealedBatch): Promise<string[]>
  /** Entries came with the files they name: those that are not here are wanted. */
  notice(sha256: readonly string[]): Promise<void>
}

/** Time, so that a simulation can be its master. */
export interface Timing {
  now(): number
  /** Calls once after some milliseconds; the returned function takes it back. */
  after(ms: number, call: () => void): () => void
}
