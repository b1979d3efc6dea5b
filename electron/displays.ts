// Which displays carry a window: chosen by number from left to right, as people count the screens on a desk.
import type { Display } from 'electron'

/** Numbers count from 1. */
export type DisplayChoice = 'all' | 'primary' | number[]

type Placed = Pick<Display, 'id' | 'bounds'>

/** Left to right, then top to bottom. */
export function inDeskOrder<T extends Placed>(displays: readonly T[]): T[] {
  return [...displays].sort((a, b) => a.bounds.x - b.bounds.x || a.bounds.y - b.bounds.y)
}

/**
 * @returns the chosen displays in desk order; the primary one when none of the chosen is connected, so that there is always a window
 */
export function chooseDisplays<T extends Placed>(displays: readonly T[], primary: T, choice: DisplayChoice): T[] {
  const ordered = inDeskOrder(displays)
  if (choice === 'all') return ordered
  if (choice === 'primary') return [primary]
  const chosen = ordered.filter((_, index) => choice.includes(index + 1))
  return chosen.length > 0 ? chosen : [primary]
}
