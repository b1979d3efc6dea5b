// What of 待办 is seen while something is open beside it: the most urgent lines, whatever is new, and how many wait behind them. Pure.
import type { EpochMs } from '../../native/contract/index.ts'
import type { TodoItem } from './feature.ts'

/** A matter that has just come, or has just become overdue, says so for this long. */
export const freshMs = 60_000
/** News is shown besides the most urgent lines; more than this many are only counted. */
export const newsInView = 2

export type TodoTone = 'over' | TodoItem['urgency']

export function toneOf(item: TodoItem, now: EpochMs): TodoTone {
  return (item.dueAt ?? Infinity) < now ? 'over' : item.urgency
}

/** An overdue matter is another piece of news than the same matter in time. */
export function newsKey(item: TodoItem & { feature: string }, now: EpochMs): string {
  return `${item.feature}/${item.id}${toneOf(item, now) === 'over' ? '/over' : ''}`
}

/** How many one-line matters there is room for beside an open thing in a panel of that height (CSS pixels). */
export function roomFor(panelPx: number): number {
  return panelPx < 660 ? 2 : panelPx < 780 ? 3 : 7
}

/**
 * When each matter was first seen, carried on: those there already keep their moment, those gone are forgotten.
 * @param seen null = nothing was known before, so nothing is news
 */
export function carryOn(seen: ReadonlyMap<string, EpochMs> | null, keys: readonly string[], now: EpochMs): Map<string, EpochMs> {
  return new Map(keys.map((key) => [key, seen === null ? -Infinity : (seen.get(key) ?? now)]))
}

export interface FoldedTodos<T> {
  shown: T[]
  /** Matters not shown. */
  hidden: T[]
}

/** The first `room` of the ranked matters, and news from behind them. */
export function foldTodos<T>(ranked: readonly T[], options: { room: number; isNews: (item: T) => boolean }): FoldedTodos<T> {
  const { room, isNews } = options
  const news = new Set(ranked.slice(room).filter(isNews).slice(0, newsInView))
  const isShown = (item: T, index: number) => index < room || news.has(item)
  return { shown: ranked.filter(isShown), hidden: ranked.filter((item, index) => !isShown(item, index)) }
}
