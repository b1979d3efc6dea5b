// Reads the body of an entry from outside; what is no body is kept but not applied.
import type { Cell, HappenedAt } from '../contract/index.ts'
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
  /** The entry's cells with what is left of the erased values: null, or a JSON value without its personal members. */
  cells: Cell[]
  /** When it happened, without who said so. Null in erasures of release 0.1. */
  happenedAt: HappenedAt | null
}

/** Which cells of a row an erasure has taken, whoever wrote them. */
export interface Gone {
  dataset: string
  row: string
  columns: string[]
  /** The import source of the row; null when no import gave it. */
  source: string | null
  /** When an earlier erasure took them, which this one takes over; null = by its own clock. */
  clock: { ms: number; counter: number; station: string } | null
}

/** The erasures an entry of action `journal.erase` carries. */
export function erasuresOf(body: Body): Erasure[] {
  const list = body.note?.erased
  if (!Array.isArray(list)) return []
  return list.flatMap((one) => {
    const { entry, cells, happenedAt } = (one ?? {}) as Partial<Erasure>
    if (typeof entry !== 'string' || !Array.isArray(cells) || !cells.every(isCell)) return []
    return [{ entry, cells, happenedAt: isMoment(happenedAt) ? (happenedAt ?? null) : null }]
  })
}

/** The cells that an entry of action `journal.erase` took; release 0.1 did not say, then it is whatever it left as null. */
export function goneOf(body: Body, subject: { dataset: string; row: string }): Gone[] {
  const list = body.note?.gone
  if (Array.isArray(list)) return list.flatMap((one) => goneFrom(one))
  const empty = erasuresOf(body).flatMap((one) => one.cells.filter((cell) => cell[3] === null))
  const rows = Map.groupBy(empty, ([dataset, row]) => `${dataset}\0${row}`)
  return [...rows.values()].map((cells) => {
    const [dataset, row] = cells[0] ?? [subject.dataset, subject.row]
    return { dataset, row, columns: [...new Set(cells.map((cell) => cell[2]))], source: null, clock: null }
  })
}

function goneFrom(value: unknown): Gone[] {
  const { dataset, row, columns, source, clock } = (value ?? {}) as Partial<Gone>
  if (typeof dataset !== 'string' || typeof row !== 'string' || !Array.isArray(columns)) return []
  const isClock = Number.isSafeInteger(clock?.ms) && Number.isSafeInteger(clock?.counter) && typeof clock?.station === 'string'
  return [
    {
      dataset,
      row,
      columns: columns.filter((column) => typeof column === 'string'),
      source: typeof source === 'string' ? source : null,
      clock: isClock ? (clock ?? null) : null,
    },
  ]
}
