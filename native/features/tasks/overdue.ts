// What of an order is late, from its rows and a moment: nothing moves by a timer, it is only said. Pure.
import { courseOfTask, type Overdue, type Task, type TaskState } from '../../contract/index.ts'
import { shownState, type StateFact } from './course.ts'

export interface DueFacts {
  deadline: number | null
  dueState: Task['dueState']
  signWithinMinutes: number | null
}

const rank = (state: TaskState) => (courseOfTask as readonly TaskState[]).indexOf(state)

/** The earliest moment known at which the order had come at least as far as `state`; null = not yet. */
export function reachedAt(rows: readonly StateFact[], state: TaskState): number | null {
  const reached = rows.filter((row) => rank(row.state) >= rank(state)).map((row) => row.happenedAt.at)
  return reached.length === 0 ? null : Math.min(...reached)
}

/** A limit that has passed with what it asks for not reached; the deadline counts more than a missing signature. */
export function overdue(task: DueFacts, rows: readonly StateFact[], nowMs: number): Overdue | null {
  const shown = shownState(rows)?.state
  if (shown === undefined || shown === 'reassigned' || shown === 'withdrawn') return null
  if (task.deadline !== null && nowMs > task.deadline && reachedAt(rows, task.dueState) === null) return { kind: 'deadline', sinceAt: task.deadline }
  const issued = rows.find((row) => row.state === 'issued')
  if (issued === undefined || task.signWithinMinutes === null || shown !== 'issued') return null
  const limit = issued.happenedAt.at + task.signWithinMinutes * 60_000
  return nowMs > limit ? { kind: 'unsigned', sinceAt: limit } : null
}

/** How long after its deadline the due state was reached; null = in time, not yet, or no deadline. */
export function lateMs(task: DueFacts, rows: readonly StateFact[]): number | null {
  const at = reachedAt(rows, task.dueState)
  return task.deadline === null || at === null || at <= task.deadline ? null : at - task.deadline
}
