// Reads the body of an entry from outside; what is no body is kept but not applied.
import type { Cell } from '../contract/index.ts'
import type { BulkNote } from './bulk.ts'
import type { Body } from './encode.ts'

/** @returns null when the text is not a body of this form */
export function parseBody(text: string): Body | null {
  const body = parsed(text) as Partial<Body> | null
  if (body === null || typeof body !== 'object' || !Array.isArray(body.cells)) return null
  if (!body.cells.every(isCell) || !isMoment(body.happenedAt)) return null
  if (body.note !== null && body.note !== undefined && typeof body.note !== 'object') return null
  return { cells: body.cells, happenedAt: body.happenedAt ?? null, note: body.note ?? null }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function isCell(cell: unknown): cell is Cell {
  if (!Array.isArray(cell) || cell.length !== 5) return false
  const [dataset, row, column, value, bases] = cell as unknown[]
  if (typeof dataset !== 'string' || typeof row !== 'string' || typeof column !== 'string' || value === undefined) return false
  return Array.isArray(bases) && bases.every((base) => typeof base === 'string')
}

function isMoment(value: unknown): boolean {
  if (value === null || value === undefined) return true
  return typeof value === 'object' && Number.isSafeInteger((value as { at?: unknown }).at)
}

/** The bulk import an entry names; null when it is none. */
export function bulkNote(body: Body): BulkNote | null {
  const bulk = body.note?.bulk as unknown as Partial<BulkNote> | null | undefined
  if (bulk === null || bulk === undefined || typeof bulk !== 'object') return null
  const { dataset, source, columns, blob, rows } = bulk
  if (typeof dataset !== 'string' || typeof source !== 'string' || typeof blob !== 'string' || !/^[0-9a-f]{64}$/.test(blob)) return null
  if (!Array.isArray(columns) || !columns.every((column) => typeof column === 'string') || !Number.isSafeInteger(rows)) return null
  return { dataset, source, columns, blob, rows: rows as number }
}

/** What an erasure says of one entry. */
export interface Erasure {
  entry: string
  /** The entry's cells with the erased values as null. */
  cells: Cell[]
}

/** The erasures an entry of action `journal.erase` carries. */
export function erasuresOf(body: Body): Erasure[] {
  const list = body.note?.erased
  if (!Array.isArray(list)) return []
  return list.flatMap((one) => {
    const { entry, cells } = (one ?? {}) as Partial<Erasure>
    return typeof entry === 'string' && Array.isArray(cells) && cells.every(isCell) ? [{ entry, cells }] : []
  })
}
