// Projects one bulk import, chunk by chunk: while SQLite takes in one chunk, the next is read and prepared.
import { type EntryId, WanglouError } from '../contract/index.ts'
import type { Blobs, Store } from '../store/types.ts'
import { type ChunkContext, prepared, projectChunk, type ReadyBatch } from './bulk-chunk.ts'
import { BulkRowReader } from './bulk-rows.ts'
import { projectionChunk, projectionsOf } from './flush.ts'
import type { Table } from './tables.ts'
import type { BulkProgress, Projection } from './types.ts'

export interface ImportRow {
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

export interface RunOptions {
  store: Store
  blobs: Blobs
  tables: () => ReadonlyMap<string, Table>
  projections: readonly Projection[]
}

/** A chunk is sized so that it takes about this long, in milliseconds; it must stay under 10. */
const chunkMs = 9
/** Rows of a chunk whatever it takes, unless they are long: a few milliseconds of work. Where they take longer, the machine is busy and shorter chunks only add to it. */
const leastRows = 50
const leastBytes = 16 * 1024
const mostBytes = 256 * 1024
const learnedChunks = 7

/**
 * Goes on where the import stands.
 * @param hooks `step` is called after each chunk, `isStopped` asked before each
 */
export async function projectImport(
  one: ImportRow,
  progress: BulkProgress,
  hooks: { step: () => void; isStopped: () => boolean },
  options: RunOptions,
) {
  const { store, blobs, tables, projections } = options
  const table = tables().get(one.dataset)
  const blob = await blobs.info(one.blob)
  if (table === undefined || blob === null) throw new WanglouError('NOT_FOUND', { blob: one.blob })
  const columns = JSON.parse(one.columns) as string[]
  const { dataset, source, position, arrival } = one
  const context: ChunkContext = { table, columns, bulk: arrival, projections: projectionsOf(projections, dataset) }
  const reader = new BulkRowReader({ blobs, blob: one.blob, size: blob.size, dataset, source, width: columns.length, position })
  const size = new ChunkSize()
  const ahead = new ReadAhead(async () => prepared(await reader.next(size.next), context))
  try {
    while (!progress.isDone && !hooks.isStopped()) {
      const batch = await ahead.take()
      let began = 0
      const isIn = await store.writeDerived((tx) => {
        began = performance.now()
        return projectChunk(tx, batch, { ...context, rowsDone: progress.rowsDone, meanwhile: () => ahead.begin() })
      })
      if (!isIn) return
      progress.rowsDone += batch.lines
      progress.isDone = batch.isEnd
      size.learn(batch, performance.now() - began)
      hooks.step()
    }
  } finally {
    await ahead.end()
    await reader.close()
  }
}

/** Reads the next batch while the one before goes in. */
class ReadAhead {
  readonly #read: () => Promise<ReadyBatch>
  /** Held as an outcome: a batch that cannot be read must not leave a rejection behind when its turn never comes. */
  #next: Promise<PromiseSettledResult<ReadyBatch>[]> | null = null

  constructor(read: () => Promise<ReadyBatch>) {
    this.#read = read
  }

  begin(): void {
    this.#next ??= Promise.allSettled([this.#read()])
  }

  async take(): Promise<ReadyBatch> {
    const [one] = await (this.#next ?? Promise.allSettled([this.#read()]))
    this.#next = null
    if (one?.status === 'fulfilled') return one.value
    throw one?.reason
  }

  async end(): Promise<void> {
    await this.#next
  }
}

/** How many rows a chunk may have, by the median of what a row took lately: one chunk that had to wait for the machine says nothing about its size. */
class ChunkSize {
  readonly #msPerRow: number[] = []
  next = { lines: leastRows, bytes: leastBytes }

  /** @param tookMs from the beginning of the chunk's transaction until it was committed */
  learn({ lines, bytes }: { lines: number; bytes: number }, tookMs: number): void {
    if (lines === 0) return
    this.#msPerRow.push(tookMs / lines)
    if (this.#msPerRow.length > learnedChunks) this.#msPerRow.shift()
    const median = this.#msPerRow.toSorted((a, b) => a - b)[this.#msPerRow.length >> 1] ?? 1
    const least = Math.min(leastRows, (leastBytes * lines) / bytes)
    this.next = { lines: Math.ceil(Math.min(Math.max(chunkMs / median, least), projectionChunk, lines * 2)), bytes: mostBytes }
  }
}
