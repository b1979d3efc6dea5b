// The order of 待办. Pure.
import type { EpochMs } from '../../native/contract/index.ts'
import type { TodoItem, TodoUrgency } from './feature.ts'

const order: Record<TodoUrgency, number> = { urgent: 0, due: 1, open: 2 }

/** What only this person can do comes first; then overdue, then by urgency, then whatever is due soonest, then whatever waits longest. */
export function rankTodos<T extends TodoItem>(items: readonly T[], now: EpochMs): T[] {
  const isOverdue = (item: T) => (item.dueAt ?? Infinity) < now
  return [...items].sort(
    (a, b) =>
      Number(b.isMineAlone ?? false) - Number(a.isMineAlone ?? false) ||
      Number(isOverdue(b)) - Number(isOverdue(a)) ||
      order[a.urgency] - order[b.urgency] ||
      (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || // Infinity − Infinity is NaN, which is falsy: on to the age
      a.since - b.since,
  )
}
