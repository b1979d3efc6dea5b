// How far a response is from its plan, from the items alone: late, missing, extra, out of order. Pure, so that any moment can be asked.
import type { ChecklistItem, Deviation, EpochMs } from '../../contract/index.ts'

/** @param at the moment asked about. @param endedAt when the response ended, if it had by then. */
export function deviationOf(items: readonly ChecklistItem[], at: EpochMs, endedAt: EpochMs | null): Deviation {
  const until = endedAt === null ? at : Math.min(at, endedAt)
  const byId = new Map(items.map((item) => [item.id, item]))
  const name = ({ id, action }: ChecklistItem) => ({ task: id, action })
  const minutesLate = (item: ChecklistItem, then: EpochMs) => Math.floor((then - (item.dueAt ?? then)) / 60_000)
  const late = items.flatMap((item) => {
    if (item.dueAt === null || item.state === 'skipped') return []
    const then = item.state === 'done' ? (item.doneAt?.at ?? until) : until
    return then > item.dueAt ? [{ ...name(item), minutes: minutesLate(item, then), isOpen: item.state === 'open' }] : []
  })
  return {
    at,
    total: items.length,
    done: items.filter((item) => item.state === 'done').length,
    late,
    missing: items
      .filter((item) => item.origin === 'plan' && (item.state === 'skipped' || (item.state === 'open' && endedAt !== null && endedAt <= at)))
      .map((item) => ({ ...name(item), reason: item.skipReason })),
    extra: items.filter((item) => item.origin === 'extra').map(name),
    outOfOrder: items.filter((item) => item.state === 'done' && item.after.some((id) => isLater(byId.get(id), item))).map(name),
  }
}

function isLater(before: ChecklistItem | undefined, item: ChecklistItem): boolean {
  if (before === undefined || before.state === 'skipped') return false
  return before.state === 'open' || (before.doneAt?.at ?? 0) > (item.doneAt?.at ?? 0)
}

/** Open items past their time at a moment. */
export function overdueOf(items: readonly ChecklistItem[], at: EpochMs): ChecklistItem[] {
  return items.filter((item) => item.state === 'open' && item.dueAt !== null && item.dueAt < at)
}
