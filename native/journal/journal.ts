// The journal of this station: one queue of acts, one transaction each, everything else is asked of the tables they leave behind.
import {
  type Change, type CellValue, type Conflict, datasets as allDatasets, type Datasets, type Entry, type EntryId, type EpochMs, type Health, type Id, type Subject, WanglouError,
} from '../contract/index.ts'
import type { Blobs, Store, Writes } from '../store/types.ts'
import { append, appendBulk, type AppendContext } from './append.ts'
import { BulkImports } from './bulk.ts'
import { readDifferences, readMissing } from './bulk-reading.ts'
import { Chains } from './chain.ts'
import { ChangeFeed } from './change-feed.ts'
import { HybridClock } from './clock.ts'
import type { Touched } from './flush.ts'
import { type Incarnation, incarnate } from './incarnation.ts'
import { ImportedRows } from './imported.ts'
import { MarkWriter } from './mark.ts'
import { readConflicts, readEntry, readTimeline } from './reading.ts'
import { readTables, type Table } from './tables.ts'
import { stateAt } from './time-travel.ts'
import type { Act, BulkAct, BulkDifference, BulkProgress, Journal, Projection } from './types.ts'
import { undoAct } from './undo.ts'

export interface JournalOptions {
  store: Store
  blobs: Blobs
  /** The data directory: the station's key and mark lie there. */
  directory: string
  /** Default: every dataset of the program. */
  datasets?: Datasets
  /** The centre's unit, part of the scopes `centre:`, `up:` and `down:`. */
  unit?: string
  now?: () => EpochMs
  /** Only tests name another machine. */
  machine?: string
}

export class LocalJournal implements Journal {
  readonly #store: Store
  readonly #directory: string
  readonly #mark: MarkWriter
  readonly #now: () => EpochMs
  readonly #options: JournalOptions
  readonly #projections: Projection[] = []
  readonly #feed = new ChangeFeed()
  readonly #context: AppendContext
  readonly #bulk: BulkImports
  #tables: ReadonlyMap<string, Table> = new Map()
  #incarnation: Incarnation | null = null
  #length = 0

  constructor(options: JournalOptions) {
    this.#options = options
    this.#store = options.store
    this.#directory = options.directory
    this.#mark = new MarkWriter(options.directory)
    this.#now = options.now ?? Date.now
    const bulkDatasets = new Set<string>()
    this.#context = {
      station: '',
      unit: options.unit ?? 'local',
      datasets: options.datasets ?? allDatasets,
      clock: new HybridClock(this.#now),
      chains: new Chains(),
      now: this.#now,
      tables: new Map(),
      projections: this.#projections,
      bulkDatasets,
      imported: new ImportedRows(() => this.#context.tables, bulkDatasets),
    }
    this.#bulk = new BulkImports({
      store: options.store,
      blobs: options.blobs,
      tables: () => this.#tables,
      projections: this.#projections,
      datasets: bulkDatasets,
      announce: (dataset) => this.#feed.announceAll(dataset),
    })
  }

  get station(): string {
    if (this.#incarnation === null) throw new Error('the journal has not been started')
    return this.#incarnation.station
  }

  /** Finds out which station this is and where the journal stands. */
  async start(): Promise<void> {
    const { store, machine } = this.#options
    this.#tables = await readTables(store, this.#context.datasets)
    this.#context.tables = this.#tables
    this.#incarnation = await incarnate({ store, directory: this.#directory, now: this.#now(), ...(machine === undefined ? {} : { machine }) })
    this.#context.station = this.#incarnation.station
    const last = await store.get<{ length: number | null; ms: number | null; counter: number }>(
      'SELECT max(arrival) AS length, max(hlcMs) AS ms, 0 AS counter FROM journal',
    )
    this.#length = last?.length ?? 0
    if (last?.ms != null) this.#context.clock.see({ ms: last.ms + 1, counter: 0 })
    await this.#bulk.start()
  }

  async stop(): Promise<void> {
    await this.#bulk.stop()
    await this.#mark.close()
  }

  async write(act: Act): Promise<Entry> {
    const [entry] = await this.writeAll([act])
    if (entry === undefined) throw new Error('an act left no entry')
    return entry
  }

  async writeAll(acts: Act[]): Promise<Entry[]> {
    const { entries, touched } = await this.#transaction((tx) => append(tx, acts, this.#context))
    this.#length += entries.length
    this.#announce(touched)
    return entries
  }

  async writeBulk(act: BulkAct): Promise<Entry> {
    if (!(await this.#options.blobs.has(act.blob))) throw new WanglouError('NOT_FOUND', { blob: act.blob })
    const entry = await this.#transaction(async (tx) => {
      const { row, entry } = await appendBulk(tx, act, this.#context)
      await this.#bulk.register(tx, row.arrival, { dataset: act.dataset, source: act.source, columns: act.columns, blob: act.blob, rows: act.rows })
      return entry
    })
    this.#length += 1
    this.#announce([])
    this.#bulk.wake()
    return entry
  }

  bulkProgress(): BulkProgress[] {
    return this.#bulk.progress()
  }

  bulkIdle(): Promise<void> {
    return this.#bulk.idle()
  }

  bulkDifferences(filter: { dataset: string; row?: Id; limit?: number }): Promise<BulkDifference[]> {
    return readDifferences(this.#store, filter)
  }

  bulkMissing(options: { dataset: string; source: string; limit?: number }): Promise<Id[]> {
    return readMissing(this.#store, options)
  }

  timeline(subject: Subject, options: { by: 'happened' | 'known'; before?: EpochMs; limit?: number }): Promise<Entry[]> {
    return readTimeline(this.#store, subject, options)
  }

  entry(id: EntryId): Promise<Entry | null> {
    return readEntry(this.#store, id)
  }

  stateAt(subject: Subject, at: { happened: EpochMs } | { known: EpochMs }): Promise<Record<string, CellValue> | null> {
    return stateAt(this.#store, subject, at)
  }

  conflicts(filter: { dataset?: string; row?: Id } = {}): Promise<Conflict[]> {
    return readConflicts(this.#store, filter)
  }

  undo(options: { entry: EntryId; actor: string }): Promise<Entry> {
    return this.#transaction(async (tx) => append(tx, [await undoAct(tx, options)], this.#context)).then(({ entries, touched }) => {
      this.#length += 1
      this.#announce(touched)
      const [entry] = entries
      if (entry === undefined) throw new Error('an undo left no entry')
      return entry
    })
  }

  length(): Promise<number> {
    return Promise.resolve(this.#length)
  }

  onChange(listener: (changes: Change[]) => void): () => void {
    return this.#feed.listen(listener)
  }

  project(projection: Projection): void {
    this.#projections.push(projection)
  }

  health(): Health[] {
    return []
  }

  async #transaction<T>(work: (tx: Writes) => Promise<T>): Promise<T> {
    if (this.#incarnation === null) throw new Error('the journal has not been started')
    try {
      return await this.#store.write(async (tx) => {
        try {
          return await work(tx)
        } catch (error) {
          this.#context.chains.forget()
          throw error
        }
      })
    } catch (error) {
      this.#context.chains.forget()
      throw error
    }
  }

  #announce(touched: readonly Touched[]): void {
    this.#feed.announce(touched)
    this.#mark.note({ station: this.station, arrival: this.#length })
  }
}
