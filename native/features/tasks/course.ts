// The course of an order, derived from its state rows: what is shown, what may follow. Pure.
import { courseOfTask, type HappenedAt, type TaskState } from '../../contract/index.ts'

export interface StateFact {
  state: TaskState
  happenedAt: HappenedAt
  enteredAt: number
}

const rank = (state: TaskState) => (courseOfTask as readonly TaskState[]).indexOf(state)

/** The state shown: 改派 and 撤回 end an order; 拒绝 stands until the unit moves after all; else the furthest of the course. */
export function shownState<Fact extends StateFact>(rows: readonly Fact[]): Fact | null {
  const ended = rows.find((row) => row.state === 'reassigned') ?? rows.find((row) => row.state === 'withdrawn')
  if (ended !== undefined) return ended
  const furthest = rows.reduce<Fact | null>((best, row) => (rank(row.state) > rank(best?.state ?? 'refused') ? row : best), null)
  const refused = rows.find((row) => row.state === 'refused')
  if (refused !== undefined && rank(furthest?.state ?? 'issued') < rank('departed')) return refused
  return furthest
}

/** An order is open until the unit is back (归队), or it was reassigned or withdrawn; a refused one waits for a decision. */
export function isOpen(rows: readonly StateFact[]): boolean {
  const shown = shownState(rows)?.state
  return shown !== undefined && shown !== 'reassigned' && shown !== 'withdrawn' && shown !== 'returned'
}

/**
 * States that may be recorded now. The telephone does not tell in order: a later state may come without the earlier ones, and a missed earlier one may
 * be added afterwards; the same state is recorded once; nothing follows 归队, 改派 or 撤回.
 */
export function nextStates(rows: readonly StateFact[]): TaskState[] {
  const shown = shownState(rows)?.state
  if (shown === undefined) return ['issued']
  if (shown === 'reassigned' || shown === 'withdrawn') return []
  const recorded = new Set(rows.map((row) => row.state))
  const missing = courseOfTask.filter((state) => !recorded.has(state))
  if (shown === 'returned') return missing
  if (shown === 'refused') return ['departed', 'withdrawn', 'reassigned']
  const past = rank(shown)
  const course: TaskState[] = [...missing.filter((state) => rank(state) > past), ...missing.filter((state) => rank(state) < past)]
  // A unit that is on its way can be turned back or sent elsewhere; work that is done cannot be undone by an order.
  if (past < rank('departed')) course.push('refused')
  if (past < rank('done')) course.push('reassigned', 'withdrawn')
  return course
}

const toleranceMs = 60_000

/** Whether `at` fits between the states before and after in the course; a moment known only to the hour or day fits anywhere. */
export function fitsInTime(rows: readonly StateFact[], state: TaskState, at: HappenedAt): boolean {
  const isLoose = (moment: HappenedAt) => moment.precision === 'hour' || moment.precision === 'day'
  if (isLoose(at)) return true
  return rows.every((row) => {
    if (isLoose(row.happenedAt)) return true
    if (rank(state) === -1 || rank(row.state) === -1) return row.state !== 'issued' || at.at >= row.happenedAt.at - toleranceMs
    return rank(row.state) < rank(state) ? row.happenedAt.at <= at.at + toleranceMs : row.happenedAt.at >= at.at - toleranceMs
  })
}
