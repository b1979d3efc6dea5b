// The station's journal as the link sees it.
import type { Scope } from '../contract/index.ts'
import type { LocalJournal } from '../journal/journal.ts'
import type { Reads } from '../store/types.ts'
import type { Stations } from './stations.ts'
import type { Chain, ChainEnd, EntryMark, ExportRange, JournalPort, Received, Run, SealedBatch } from './types.ts'

export class StoredJournal implements JournalPort {
  readonly #journal: LocalJournal
  readonly #reads: Reads
  readonly #stations: Stations

  constructor(options: { journal: LocalJournal; reads: Reads; stations: Stations }) {
    this.#journal = options.journal
    this.#reads = options.reads
    this.#stations = options.stations
  }

  get station(): string {
    return this.#journal.station
  }

  heads(): Promise<ChainEnd[]> {
    return this.#journal.heads()
  }

  islands(): Promise<Run[]> {
    return this.#reads.all<Run & Record<string, never>>('SELECT station, scope, fromSeq, toSeq FROM journal_islands ORDER BY station, scope, fromSeq')
  }

  marks({ station, scope }: Chain, after: number, limit: number): Promise<EntryMark[]> {
    return this.#reads.all<EntryMark & Record<string, never>>(
      'SELECT seq, action FROM journal WHERE station = ? AND scope = ? AND seq > ? ORDER BY seq LIMIT ?',
      [station, scope, after, limit],
    )
  }

  sealedBatch(range: ExportRange): Promise<SealedBatch | null> {
    return this.#journal.sealedBatch(range)
  }

  async apply(batches: readonly SealedBatch[]): Promise<Received[]> {
    const received = await this.#journal.apply(batches)
    // Whoever has just been vouched for may be the writer of what was refused a moment ago.
    if (received.some((one) => one.added > 0)) await this.#stations.refresh()
    const isLate = (one: Received) => one.refusal === 'unknown-station' && this.#stations.unitOf(one.station) !== null
    if (!received.some(isLate)) return received
    const again = await this.#journal.apply(batches.filter((_, index) => received[index] !== undefined && isLate(received[index])))
    return received.map((one) => (isLate(one) ? (again.shift() ?? one) : one))
  }

  unitOf(station: string): string | null {
    return this.#stations.unitOf(station)
  }
}

/** `station/scope` back to its parts: a scope holds no slash. */
export function chainOf(key: string): Chain {
  const slash = key.lastIndexOf('/')
  return { station: key.slice(0, slash), scope: key.slice(slash + 1) as Scope }
}
