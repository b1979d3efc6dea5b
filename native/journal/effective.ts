// What an entry amounts to here: whether it is applied, and what erasures have left of its body.
import type { Cell, CellValue } from '../contract/index.ts'
import { type Erasure, parseBody } from './body.ts'
import { entryState } from './chain.ts'
import { type Body, canonical, entryForm, type EntryRow } from './encode.ts'

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
export function effectiveBody(row: { body: string | null }, erasures: readonly Erasure[]): Body {
  const body = (row.body === null ? null : parseBody(row.body)) ?? { happenedAt: null, cells: [], note: null }
  if (erasures.length === 0) return body
  const known = body.happenedAt ?? erasures.find((one) => one.happenedAt !== null)?.happenedAt ?? null
  return { happenedAt: known === null ? null : { ...known, source: '' }, cells: combine(erasures), note: null }
}

/** Of several erasures of an entry each took what it took; so their order does not matter. */
export function combine(erasures: readonly Erasure[]): Cell[] {
  const [first, ...rest] = erasures
  if (first === undefined) return []
  return first.cells.map((cell, index) => {
    const [dataset, row, column, value, bases] = cell
    return [dataset, row, column, rest.reduce((least, one) => lesser(least, one.cells[index]?.[3]), value), bases]
  })
}

/** What is left of a value that one erasure may have taken and the other not: nothing, or the text with less in it. */
function lesser(one: CellValue, other: CellValue | undefined): CellValue {
  if (other === undefined || one === null) return one
  if (other === null) return null
  const [left, right] = [canonical(one), canonical(other)]
  return right.length < left.length || (right.length === left.length && right < left) ? other : one
}
