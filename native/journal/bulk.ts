// Bulk imports: one entry names a blob of rows; the rows follow in the background, in short resumable chunks with other writes going between.
import { type EntryId, WanglouError } from '../contract/index.ts'
import type { Writes } from '../store/types.ts'
import { type ImportRow, projectImport, type RunOptions } from './bulk-run.ts'
import type { BulkProgress } from './types.ts'

/** What the note of a bulk entry says under `bulk`. */
export interface BulkNote {
  dataset: string
  source: string
  columns: string[]
  blob: string
  rows: number
}

/** How often the page is told that rows came in, in milliseconds. */
const announceMs = 250

const importSql = `SELECT b.*, j.station || '/' || j.scope || '/' || j.seq AS entry FROM bulk_imports AS b JOIN journal AS j ON j.arrival = b.arrival`

export interface BulkOptions extends RunOptions {
  /** Filled here: datasets that hold imported rows. */
  datasets: Set<string>
  announce: (dataset: string) => void
}

export class BulkImports {
  readonly #options: BulkOptions
  readonly #progress = new Map<EntryId, BulkProgress>()
  #running: Promise<void> | null = null
  #stirred = Promise.withResolvers<void>()
  #isAgain = false
  /** An import has come that may be shorter than the one that runs. */
  #hasNewcomer = false
  #isStopped = false
  /** Why projecting stopped; null while it goes well. */
  failure: unknown = null

  constructor(options: BulkOptions) {
    this.#options = options
  }

  async start(): Promise<void> {
    for (const row of await this.#options.store.all<{ dataset: string }>('SELECT DISTINCT dataset FROM bulk_imports'))
      this.#options.datasets.add(row.dataset)
    this.wake()
  }

  /** Ends after the chunk under way; the rest follows at the next start. */
  async stop(): Promise<void> {
    this.#isStopped = true
    await this.#running
    this.#stir()
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

  /** See `Journal.bulkDone`. */
  async done(entry: EntryId): Promise<void> {
    for (;;) {
      const { promise: stirred } = this.#stirred
      const isDone = await this.#isDone(entry)
      if (isDone) return
      if (this.#isStopped) throw new WanglouError('CANCELLED')
      if (this.failure !== null && this.#running === null) throw this.failure
      await stirred
    }
  }

  async #isDone(entry: EntryId): Promise<boolean> {
    const known = this.#progress.get(entry)
    if (known !== undefined) return known.isDone
    const row = await this.#options.store.get<{ isDone: number }>(`SELECT isDone FROM (${importSql}) WHERE entry = ?`, [entry])
    if (row === null) throw new WanglouError('NOT_FOUND', { entry })
    return row.isDone === 1
  }

  /** Looks for work: after a new import, and when a blob has arrived. */
  wake(): void {
    if (this.#isStopped) return
    this.#isAgain = true
    this.#running ??= this.#run()
  }

  /** Enters an import in the transaction of its entry. Newer imports of the same source are projected again on top of it. */
  async register(tx: Writes, arrival: number, note: BulkNote): Promise<void> {
    this.#options.datasets.add(note.dataset)
    this.#hasNewcomer = true
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
      this.#stir()
    }
  }

  /** Of each source the oldest unfinished import, if its blob is here; of those the one with the fewest rows to go, so that a plan need not wait for a ledger. */
  async #next(): Promise<ImportRow | null> {
    this.#hasNewcomer = false
    const waiting = await this.#options.store.all<ImportRow>(`${importSql} WHERE b.isDone = 0 ORDER BY j.hlcMs, j.hlcCounter, j.station`)
    const held = new Set<string>()
    let shortest: ImportRow | null = null
    for (const one of waiting) {
      const key = `${one.dataset}\0${one.source}`
      if (held.has(key)) continue
      held.add(key)
      if (!this.#options.tables().has(one.dataset) || !(await this.#options.blobs.has(one.blob))) continue
      if (shortest === null || rowsToGo(one) < rowsToGo(shortest)) shortest = one
    }
    return shortest
  }

  async #project(one: ImportRow): Promise<void> {
    const { entry, dataset, rowsTotal, rowsDone } = one
    const progress = { entry, dataset, rowsTotal, rowsDone, isDone: false }
    this.#progress.set(entry, progress)
    let announcedAt = 0
    const step = () => {
      if (!progress.isDone && performance.now() - announcedAt < announceMs) return
      announcedAt = performance.now()
      this.#options.announce(dataset)
    }
    await projectImport(one, progress, { step, isStopped: () => this.#isStopped || this.#hasNewcomer }, this.#options)
    this.#stir()
  }

  /** Whoever waits for an import looks again. */
  #stir(): void {
    this.#stirred.resolve()
    this.#stirred = Promise.withResolvers()
  }
}

function rowsToGo({ rowsTotal, rowsDone }: ImportRow): number {
  return rowsTotal - rowsDone
}
