// Reads the rows of an import's blob from a byte position on, a few at a time.
import type { CellValue } from '../contract/index.ts'
import { importedId } from '../kernel/ids.ts'
import type { Blobs } from '../store/types.ts'
import type { GivenRow } from './types.ts'

export interface BulkRow extends GivenRow {
  /** JSON text of `[id, key, ...values]`. */
  json: string
}

export interface BulkBatch {
  rows: BulkRow[]
  /** Lines read, also those that are no row. */
  lines: number
  bytes: number
  /** Where the next batch begins. */
  position: number
  isEnd: boolean
}

/** NDJSON lines `[key, value, …]`; a line that is not such an array is passed over, the same way on every station. */
export class BulkRowReader {
  readonly #chunks: AsyncIterator<Uint8Array>
  readonly #dataset: string
  readonly #source: string
  readonly #width: number
  #buffer = Buffer.alloc(0)
  #position: number
  #isEnd = false

  constructor(options: { blobs: Blobs; blob: string; size: number; dataset: string; source: string; width: number; position: number }) {
    const { blobs, blob, size, dataset, source, width, position } = options
    this.#isEnd = position >= size
    this.#chunks = this.#isEnd ? emptyBytes() : blobs.read(blob, { start: position, end: size - 1 })[Symbol.asyncIterator]()
    this.#dataset = dataset
    this.#source = source
    this.#width = width
    this.#position = position
  }

  /** @param limit most lines to take, and after how many bytes to take no more */
  async next(limit: { lines: number; bytes: number }): Promise<BulkBatch> {
    const rows = new Map<string, BulkRow>()
    const from = this.#position
    let lines = 0
    while (lines < limit.lines && this.#position - from < limit.bytes) {
      const line = await this.#line()
      if (line === null) break
      lines += 1
      const row = this.#row(line)
      if (row !== null) rows.set(row.id, row)
    }
    return {
      rows: [...rows.values()],
      lines,
      bytes: this.#position - from,
      position: this.#position,
      isEnd: this.#isEnd && this.#buffer.length === 0,
    }
  }

  async close(): Promise<void> {
    await this.#chunks.return?.()
  }

  async #line(): Promise<string | null> {
    let end = this.#buffer.indexOf(10)
    while (end < 0 && !this.#isEnd) {
      const chunk = await this.#chunks.next()
      if (chunk.done === true) this.#isEnd = true
      else {
        const from = this.#buffer.length
        this.#buffer = Buffer.concat([this.#buffer, chunk.value])
        end = this.#buffer.indexOf(10, from)
      }
    }
    if (end < 0 && this.#buffer.length === 0) return null
    const length = end < 0 ? this.#buffer.length : end
    const line = this.#buffer.toString('utf8', 0, length)
    const taken = Math.min(length + 1, this.#buffer.length)
    this.#buffer = this.#buffer.subarray(taken)
    this.#position += taken
    return line
  }

  #row(line: string): BulkRow | null {
    const [key, ...values] = parsed(line) ?? []
    if (values.length !== this.#width || typeof key !== 'string') return null
    const id = importedId(this.#dataset, this.#source, key)
    return { id, values, json: `["${id}",${line.slice(line.indexOf('[') + 1)}` }
  }
}

function parsed(line: string): CellValue[] | null {
  try {
    const value: unknown = JSON.parse(line)
    return Array.isArray(value) ? (value as CellValue[]) : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

async function* emptyBytes(): AsyncGenerator<Uint8Array> {}
