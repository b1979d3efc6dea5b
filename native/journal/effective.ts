// What an entry amounts to here: whether it is applied, and what erasures have left of its body.
import type { Cell } from '../contract/index.ts'
import { type Erasure, parseBody } from './body.ts'
import { entryState } from './chain.ts'
import { type Body, entryForm, type EntryRow } from './encode.ts'

export const eraseAction = 'journal.erase'

export interface Arrived {
  row: EntryRow
  body: Body
}

/** An entry more than this ahead of our clock, in milliseconds, waits until we get there or somebody lets it in. */
export const aheadLimitMs = 24 * 60 * 60 * 1_000

/** What becomes of an entry when it comes. */
export function stateOf(
  row: { v: number; hlcMs: number; body: string | null },
  options: { now: number; isErased: boolean; isLetIn?: boolean },
): number {
  if (row.v > entryForm) return entryState.newerForm
  if (row.hlcMs > options.now + aheadLimitMs && options.isLetIn !== true) return entryState.ahead
  if (row.body === null && !options.isErased) return entryState.erased
  if (row.body !== null && parseBody(row.body) === null) return entryState.newerForm
  return entryState.applied
}

/** The body as it counts: what erasures left of it. */
export function effectiveBody(row: EntryRow, erasures: readonly Erasure[]): Body {
  const body = row.body === null ? { happenedAt: null, cells: [], note: null } : (parseBody(row.body) ?? { happenedAt: null, cells: [], note: null })
  return erasures.length === 0 ? body : { ...body, cells: combine(erasures), note: null }
}

/** A cell is erased if any erasure of its entry erased it; so the order of erasures does not matter. */
export function combine(erasures: readonly Erasure[]): Cell[] {
  const [first, ...rest] = erasures
  if (first === undefined) return []
  return first.cells.map((cell, index) => {
    const isErased = rest.some((one) => one.cells[index]?.[3] === null)
    const [dataset, row, column, value, bases] = cell
    return [dataset, row, column, isErased ? null : value, bases]
  })
}
