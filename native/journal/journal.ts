// The journal of this station: one queue of acts, one transaction each; everything else is asked of the tables they leave behind.
import { sign } from 'node:crypto'
import {
  type CellValue,
  type Change,
  type Conflict,
  datasets as allDatasets,
  type Datasets,
  type Entry,
  type EntryId,
  type EpochMs,
  type Health,
  type Hlc,
  type Id,
  type Subject,
  WanglouError,
} from '../contract/index.ts'
import type { Blobs, Store, Writes } from '../store/types.ts'
import { append, appendBulk, type AppendContext } from './append.ts'
import { appendErasures, applyWaiting, type ArriveContext, followErasures } from './arrive.ts'
import { BulkImports } from './bulk.ts'
import { readDifferences, readMissing } from './bulk-reading.ts'
import { Chains } from './chain.ts'
import { ChangeFeed } from './change-feed.ts'
import { checkpoint, checkpointEvery, lastClock } from './checkpoints.ts'
import { HybridClock } from './clock.ts'
import { entryId } from './encode.ts'
import { eraseActs } from './erase-act.ts'
import { hasSharedTargets } from './erase-carriers.ts'
import { ErasedFiles } from './erased-files.ts'
import type { Touched } from './flush.ts'
import { ImportedRows } from './imported.ts'
import { type Incarnation, incarnate } from './incarnation.ts'
import { journalHealth } from './journal-health.ts'
import { MarkWriter } from './mark.ts'
import { readConflicts, readEntry, readTimeline } from './reading.ts'
import { rebuild } from './rebuild.ts'
import { receive, type Received, type ReceiveContext } from './receive.ts'
import { type ChainEnd, exportBatch, type ExportRange, trust, vector } from './replication.ts'
import { reproject } from './reproject.ts'
import type { SealedBatch } from './seal.ts'
import { stateHash } from './state-hash.ts'
import { readTables } from './tables.ts'
import { stateAt } from './time-travel.ts'
import type { Act, BulkAct, BulkDifference, BulkProgress, EraseRow, Journal, JournalAdministration, NumberedAct, Projection } from './types.ts'
import { undoAct } from './undo.ts'
import { verify, type Verification } from './verify.ts'
import { letInNamed, listWaiting, readWaiting } from './waiting.ts'

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
  /** Entries of our own from a database that was set aside: they go in before anything else is written. */
  ownBatches?: () => AsyncIterable<readonly SealedBatch[]>
}

/** How often entries that wait are looked at again, in milliseconds. */
const lookAgainMs = 60_000

type Context = AppendContext & ArriveContext & ReceiveContext

export class LocalJournal implements Journal, JournalAdministration {
  readonly #options: JournalOptions
  readonly #store: Store
  readonly #now: () => EpochMs
  readonly #projections: Projection[] = []
  readonly #feed = new ChangeFeed()
  readonly #mark: MarkWriter
  readonly #bulk: BulkImports
  readonly #erasedFiles: ErasedFiles
  readonly #context: Context
  /** By how much other stations were ahead when last heard, in milliseconds. */
  readonly #ahead = new Map<string, number>()
  #incarnation: Incarnation | null = null
  #length = 0
  #checkpointed = 0
  #checkpointing: Promise<unknown> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined
  #lookingAgain: Promise<unknown> = Promise.resolve()

  constructor(options: JournalOptions) {
    this.#options = options
    this.#store = options.store
    this.#now = options.now ?? Date.now
    this.#mark = new MarkWriter(options.directory)
    const bulkDatasets = new Set<string>()
    const tables = () => this.#context.tables
    const announce = (dataset: string) => {
      this.#feed.announceAll(dataset)
      this.#erasedFiles.wake()
    }
    this.#bulk = new BulkImports({
      store: options.store,
      blobs: options.blobs,
      tables,
      projections: this.#projections,
      datasets: bulkDatasets,
      announce,
    })
    this.#erasedFiles = new ErasedFiles({ store: options.store, blobs: options.blobs, tables, write: (act) => this.write(act) })
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
      imported: new ImportedRows(tables, bulkDatasets),
      bulk: this.#bulk,
    }
  }

  get station(): string {
    return this.#started().station
  }

  /** SPKI, base64: what others must learn before they believe our seals. */
  get publicKey(): string {
    return this.#started().publicKey
  }

  /** Finds out which station this is and where the journal stands; projects what an upgrade has brought; goes on with imports. */
  async start(): Promise<void> {
    const { store, directory, machine } = this.#options
    this.#context.tables = await readTables(store, this.#context.datasets)
    this.#incarnation = await incarnate({ store, directory, now: this.#now(), ...(machine === undefined ? {} : { machine }) })
    this.#context.station = this.#incarnation.station
    this.#length = (await store.get<{ last: number | null }>('SELECT max(arrival) AS last FROM journal'))?.last ?? 0
    this.#checkpointed = (await store.get<{ last: number | null }>('SELECT max(arrival) AS last FROM journal_checkpoints'))?.last ?? 0
    const last = await lastClock(store, { station: this.station, now: this.#now() })
    if (last !== null) this.#context.clock.see(last)
    for await (const batches of this.#options.ownBatches?.() ?? []) await this.#receive(batches)
    await reproject(store, this.#context)
    await this.#catchUp()
    await this.#bulk.start()
    this.#erasedFiles.wake()
    this.#timer = setInterval(() => {
      // One that fails is tried again in a minute; the store says why in its own health.
      this.#lookingAgain = this.#catchUp().catch((error: unknown) => error)
    }, lookAgainMs).unref()
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#lookingAgain
    await this.#erasedFiles.stop()
    await this.#bulk.stop()
    await this.#checkpointing
    await this.#mark.close()
  }

  async write(act: Act | NumberedAct): Promise<Entry> {
    return only(await this.writeAll([act]))
  }

  async writeAll(acts: (Act | NumberedAct)[]): Promise<Entry[]> {
    return this.#append(() => Promise.resolve(acts))
  }

  async writeBulk(act: BulkAct): Promise<Entry> {
    if (!(await this.#options.blobs.has(act.blob))) throw new WanglouError('NOT_FOUND', { blob: act.blob })
    const { dataset, source, columns, blob, rows } = act
    const entry = await this.#transaction(async (tx) => {
      const { row, entry } = await appendBulk(tx, act, this.#context)
      await this.#bulk.register(tx, row.arrival, { dataset, source, columns, blob, rows })
      return entry
    })
    this.#bulk.expect({ entry: entryId(entry), dataset, rowsTotal: rows })
    this.#committed(1, [])
    this.#bulk.wake()
    this.#erasedFiles.wake()
    return entry
  }

  bulkProgress(): BulkProgress[] {
    return this.#bulk.progress()
  }

  bulkIdle(): Promise<void> {
    return this.#bulk.idle()
  }

  bulkDone(entry: Pick<Entry, 'station' | 'scope' | 'seq'>): Promise<void> {
    return this.#bulk.done(entryId(entry))
  }

  /** A blob has come: an import may have waited for it. */
  blobArrived(): void {
    this.#bulk.wake()
    this.#erasedFiles.wake()
  }

  /** A file came as an erasure elsewhere has left it. @returns whether it was taken: only where an erasure that is known here reaches it */
  async takeErased(file: { blob: string; is: string }, source: AsyncIterable<Uint8Array>): Promise<boolean> {
    const isTaken = await this.#erasedFiles.take(file, source)
    if (isTaken) this.blobArrived()
    return isTaken
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
    return stateAt({ reads: this.#store, blobs: this.#options.blobs, table: this.#context.tables.get(subject.dataset) ?? null }, subject, at)
  }

  conflicts(filter: { dataset?: string; row?: Id } = {}): Promise<Conflict[]> {
    return readConflicts(this.#store, filter)
  }

  async undo(options: { entry: EntryId; actor: string }): Promise<Entry> {
    return only(await this.#append(async (tx) => [await undoAct(tx, options)]))
  }

  async erase(options: { rows: readonly EraseRow[]; actor: string; reason: string }): Promise<Entry[]> {
    const { entries, touched } = await this.#transaction(async (tx) => appendErasures(tx, await eraseActs(tx, options, this.#context), this.#context))
    this.#committed(entries.length, touched)
    this.#erasedFiles.wake()
    return entries
  }

  get isErasingFiles(): boolean {
    return this.#erasedFiles.isRunning
  }

  /** Resolves when the files of imports have lost what was erased. */
  filesErased(): Promise<void> {
    return this.#erasedFiles.idle()
  }

  /** Learns a station's key at pairing. @returns false when another key is already known for it */
  trust(station: { station: string; publicKey: string; certifiedBy: string | null }): Promise<boolean> {
    return trust(this.#store, station, this.#now())
  }

  /** Signs bytes as this station; whoever trusts its key can tell. @returns Ed25519 */
  sign(bytes: Uint8Array): Buffer {
    return sign(null, bytes, this.#started().privateKey)
  }

  /** Every chain held here and where it ends. */
  heads(): Promise<ChainEnd[]> {
    return vector(this.#store)
  }

  /** The next sealed batch of a chain after what the other side has; null when there is no more. */
  sealedBatch(range: ExportRange): Promise<SealedBatch | null> {
    return exportBatch(this.#store, range, this.#started())
  }

  /** Takes sealed batches in one transaction; each is judged by itself. */
  async apply(batches: readonly unknown[]): Promise<Received[]> {
    const received = await this.#receive(batches)
    for (const { station, aheadMs } of aheadOf(batches, this.#now())) this.#ahead.set(station, aheadMs)
    await this.#followErasures()
    this.#bulk.wake()
    this.#erasedFiles.wake()
    return received
  }

  async #receive(batches: readonly unknown[]): Promise<Received[]> {
    const { received, touched, added } = await this.#transaction((tx) => receive(tx, batches, this.#context))
    this.#committed(added, touched)
    return received
  }

  waiting(options: { limit: number }): ReturnType<JournalAdministration['waiting']> {
    return listWaiting(this.#store, options.limit)
  }

  async letIn(options: { entries: readonly EntryId[]; actor: string; reason: string }): Promise<number> {
    const { entries, touched, applied } = await this.#transaction((tx) => letInNamed(tx, { ...options, now: this.#now() }, this.#context))
    // Our clock does not follow them: whoever hears from us would have to wait for us too.
    this.#committed(entries.length, touched)
    this.#bulk.wake()
    return applied
  }

  /** Applies entries that no longer wait: those our clock has caught up with and those an upgrade can read. */
  async #catchUp(): Promise<void> {
    const waiting = await readWaiting(this.#store, null)
    if (waiting.length === 0) return
    const options = { now: this.#now(), letIn: new Set<EntryId>() }
    const { touched, applied } = await this.#transaction((tx) => applyWaiting(tx, waiting, options, this.#context))
    for (const row of applied) this.#context.clock.see({ ms: row.hlcMs, counter: row.hlcCounter })
    this.#committed(0, touched)
    this.#bulk.wake()
  }

  /** One hash of everything that follows from the entries; equal on replicas that hold the same ones. */
  stateHash(): Promise<string> {
    return stateHash(this.#store, this.#context.tables.values())
  }

  verify(): Promise<Verification> {
    return verify(this.#store, this.#options.blobs, this.#context.datasets)
  }

  /** Makes every projected table again from the entries and waits for the imports. */
  async rebuild(): Promise<void> {
    await this.#bulk.idle()
    await rebuild(this.#store, this.#context)
    this.#bulk.wake()
    await this.#bulk.idle()
    await this.#erasedFiles.idle()
    for (const dataset of this.#context.tables.keys()) this.#feed.announceAll(dataset)
  }

  health(): Promise<Health[]> {
    const { clock } = this.#context
    const began = this.#incarnation?.began ?? null
    return journalHealth(this.#store, {
      now: this.#now(),
      clockMs: clock.last.ms,
      ahead: this.#ahead,
      bulkFailure: this.#bulk.failure,
      eraseFailure: this.#erasedFiles.failure,
      began,
    })
  }

  /** The last reading of the hybrid clock. */
  get clock(): Hlc {
    return this.#context.clock.last
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

  async #followErasures(): Promise<void> {
    if (!(await hasSharedTargets(this.#store))) return
    const { entries, touched } = await this.#transaction((tx) => followErasures(tx, this.#context))
    this.#committed(entries.length, touched)
  }

  async #append(acts: (tx: Writes) => Promise<(Act | NumberedAct)[]>): Promise<Entry[]> {
    const { entries, touched, added } = await this.#transaction(async (tx) => append(tx, await acts(tx), this.#context))
    this.#committed(added, touched)
    return entries
  }

  #started(): Incarnation {
    if (this.#incarnation === null) throw new Error('the journal has not been started')
    return this.#incarnation
  }

  async #transaction<T>(work: (tx: Writes) => Promise<T>): Promise<T> {
    this.#started()
    const { chains } = this.#context
    const guarded = async (tx: Writes) => {
      try {
        return await work(tx)
      } catch (error) {
        chains.forget()
        throw error
      }
    }
    try {
      return await this.#store.write(guarded)
    } catch (error) {
      // The commit itself may have failed, after the work had gone well.
      chains.forget()
      throw error
    }
  }

  #committed(added: number, touched: readonly Touched[]): void {
    this.#length += added
    this.#mark.note({ station: this.station, arrival: this.#length })
    this.#feed.announce(touched)
    if (this.#length - this.#checkpointed < checkpointEvery) return
    this.#checkpointed = this.#length
    const written = checkpoint(this.#store, { length: this.#length, clock: this.clock, now: this.#now() })
    // One that could not be written is due again with the next 10 000 entries; the store says why in its own health.
    this.#checkpointing = written.catch((error: unknown) => error)
  }
}

function only(entries: readonly Entry[]): Entry {
  const [entry] = entries
  if (entry === undefined) throw new Error('an act left no entry')
  return entry
}

function aheadOf(batches: readonly unknown[], now: number): { station: string; aheadMs: number }[] {
  return (batches as SealedBatch[]).flatMap((batch) => {
    const last = batch?.entries?.at?.(-1)
    return typeof last?.at === 'number' && typeof batch.station === 'string' ? [{ station: batch.station, aheadMs: last.at - now }] : []
  })
}
