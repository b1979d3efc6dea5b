// Bulk imports: one entry names a blob of rows; the rows follow in the background, in short resumable chunks with other writes going between.
import { type EntryId, WanglouError } from '../contract/index.ts'
import type { Blobs, Reads, Store, Writes } from '../store/types.ts'
import { projectChunk } from './bulk-chunk.ts'
import { BulkRowReader } from './bulk-rows.ts'
import type { Table } from './tables.ts'
import type { BulkProgress, Projection } from './types.ts'

/** What the note of a bulk entry says under `bulk`. */
export interface BulkNote {
  dataset: string
  source: string
  columns: string[]
  blob: string
  rows: number
}

interface ImportRow {
  arrival: number
  entry: EntryId
  dataset: string
  source: string
  columns: string
  blob: string
  rowsTotal: number
  rowsDone: number
  position: number
  isDone: number
}

/** A chunk is sized so that it takes about this long, in milliseconds; it must stay under 10. */
const chunkMs = 6
const firstChunkRows = 100
const chunkRows = { least: 10, most: 2_000 }
/** How often the page is told that rows came in, in milliseconds. */
const announceMs = 250

const importSql = `SELECT b.*, j.station || '/' || j.scope || '/' || j.seq AS entry FROM bulk_imports AS b JOIN journal AS j ON j.arrival = b.arrival`

export class BulkImports {
  readonly #store: Store
  readonly #blobs: Blobs
  readonly #tables: () => ReadonlyMap<string, Table>
  readonly #projections: readonly Projection[]
  readonly #datasets: Set<string>
  readonly #announce: (dataset: string) => void
  readonly #progress = new Map<EntryId, BulkProgress>()
  #running: Promise<void> | null = null
  #isAgain = false
  #isStopped = false
  /** Why projecting stopped; null while it goes well. */
  failure: unknown = null

  constructor(options: {
    store: Store
    blobs: Blobs
    tables: () => ReadonlyMap<string, Table>
    projections: readonly Projection[]
    /** Filled here: datasets that hold imported rows. */
    datasets: Set<string>
    announce: (dataset: string) => void
  }) {
    this.#store = options.store
    this.#blobs = options.blobs
    this.#tables = options.tables
    this.#projections = options.projections
    this.#datasets = options.datasets
    this.#announce = options.announce
  }

  async start(): Promise<void> {
    for (const row of await this.#store.all<{ dataset: string }>('SELECT DISTINCT dataset FROM bulk_imports')) this.#datasets.add(row.dataset)
    this.wake()
  }

  /** Ends after the chunk under way; the rest follows at the next start. */
  async stop(): Promise<void> {
    this.#isStopped = true
    await this.#running
  }

  /** An import has been written and waits its turn: known as unfinished from now on, not only when its first row is read. */
  expect(waiting: { entry: EntryId; dataset: string; rowsTotal: number }): void {
    this.#progress.set(waiting.entry, { ...waiting, rowsDone: 0, isDone: false })
  }

  progress(): BulkProgress[] {
    return [...this.#progress.values()].map((one) => ({ ...one }))
  }

  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running
    if (this.failure !== null) throw this.failure
  }

  /** Looks for work: after a new import, and when a blob has arrived. */
  wake(): void {
    if (this.#isStopped) return
    this.#isAgain = true
    this.#running ??= this.#run()
  }

  /** Enters an import in the transaction of its entry. Newer imports of the same source are projected again on top of it. */
  async register(tx: Writes, arrival: number, note: BulkNote): Promise<void> {
    this.#datasets.add(note.dataset)
    await tx.run('INSERT INTO bulk_imports (arrival, dataset, source, columns, blob, rowsTotal) VALUES (?, ?, ?, ?, ?, ?)', [
      arrival,
      note.dataset,
      note.source,
      JSON.stringify(note.columns),
      note.blob,
      note.rows,
    ])
    await tx.run(
      `UPDATE bulk_imports SET position = 0, rowsDone = 0, isDone = 0 WHERE dataset = ?1 AND source = ?2 AND arrival IN (
         SELECT n.arrival FROM journal AS n, journal AS o WHERE o.arrival = ?3 AND (n.hlcMs, n.hlcCounter, n.station) > (o.hlcMs, o.hlcCounter, o.station))`,
      [note.dataset, note.source, arrival],
    )
  }

  async #run(): Promise<void> {
    try {
      while (this.#isAgain && !this.#isStopped) {
        this.#isAgain = false
        for (let next = await this.#next(); next !== null && !this.#isStopped; next = await this.#next()) await this.#project(next)
      }
      this.failure = null
    } catch (error) {
      this.failure = error
    } finally {
      this.#running = null
    }
  }

  /** The oldest unfinished import of a source whose blob is here; those after it wait for it. */
  async #next(): Promise<ImportRow | null> {
    const waiting = await this.#store.all<ImportRow>(`${importSql} WHERE b.isDone = 0 ORDER BY j.hlcMs, j.hlcCounter, j.station`)
    const held = new Set<string>()
    for (const one of waiting) {
      const key = `${one.dataset}\0${one.source}`
      if (!held.has(key) && this.#tables().has(one.dataset) && (await this.#blobs.has(one.blob))) return one
      held.add(key)
    }
    return null
  }

  async #project(one: ImportRow): Promise<void> {
    const table = this.#tables().get(one.dataset)
    const blob = await this.#blobs.info(one.blob)
    if (table === undefined || blob === null) throw new WanglouError('NOT_FOUND', { blob: one.blob })
    const columns = JSON.parse(one.columns) as string[]
    const { dataset, source, arrival } = one
    const context = { table, columns, bulk: arrival, projections: this.#projections }
    const reader = new BulkRowReader({
      blobs: this.#blobs,
      blob: one.blob,
      size: blob.size,
      dataset,
      source,
      width: columns.length,
      position: one.position,
    })
    const progress = { entry: one.entry, dataset, rowsTotal: one.rowsTotal, rowsDone: one.rowsDone, isDone: false }
    this.#progress.set(one.entry, progress)
    let size = firstChunkRows
    let announcedAt = 0
    try {
      while (!progress.isDone && !this.#isStopped) {
        const batch = await reader.next(size)
        const began = performance.now()
        const isMine = await this.#store.write(async (tx) => {
          if (!(await isAt(tx, arrival, progress.rowsDone))) return false
          if (batch.rows.length > 0) await projectChunk(tx, batch.rows, context)
          await tx.run('UPDATE bulk_imports SET position = ?, rowsDone = rowsDone + ?, isDone = ? WHERE arrival = ?', [
            batch.position,
            batch.lines,
            batch.isEnd ? 1 : 0,
            arrival,
          ])
          return true
        })
        if (!isMine) return
        progress.rowsDone += batch.lines
        progress.isDone = batch.isEnd
        const took = Math.max(performance.now() - began, 0.1)
        size = Math.round(Math.min(Math.max(size * Math.min(Math.max(chunkMs / took, 0.25), 2), chunkRows.least), chunkRows.most))
        if (progress.isDone || performance.now() - announcedAt > announceMs) {
          announcedAt = performance.now()
          this.#announce(dataset)
        }
        // Whoever waits for the disk or the event loop goes first.
        await new Promise((resolve) => setImmediate(resolve))
      }
    } finally {
      await reader.close()
    }
  }
}

/** An older import of the same source may have come meanwhile: then this one waits for it, or has been sent back to its beginning. */
async function isAt(tx: Reads, arrival: number, rowsDone: number): Promise<boolean> {
  const row = await tx.get<{ rowsDone: number; isDone: number; isWaiting: number }>(
    `SELECT b.rowsDone, b.isDone, EXISTS (
       SELECT 1 FROM bulk_imports AS o JOIN journal AS oj ON oj.arrival = o.arrival
        WHERE o.dataset = b.dataset AND o.source = b.source AND o.isDone = 0 AND (oj.hlcMs, oj.hlcCounter, oj.station) < (j.hlcMs, j.hlcCounter, j.station)) AS isWaiting
       FROM bulk_imports AS b JOIN journal AS j ON j.arrival = b.arrival WHERE b.arrival = ?`,
    [arrival],
  )
  return row?.rowsDone === rowsDone && row.isDone === 0 && row.isWaiting === 0
}
