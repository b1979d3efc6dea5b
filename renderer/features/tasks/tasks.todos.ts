// Orders that need somebody: unsigned for too long, past their deadline, refused.
import type { TodoItem } from '../../app/feature.ts'
import { t } from '../../app/i18n.ts'
import { queryClient } from '../../app/queries.ts'
import { useSession } from '../../app/session.ts'
import { openTasksQuery } from './tasks.api.ts'

export const datasets: readonly string[] = ['tasks', 'taskStates', 'incidents']

export default async function taskTodos(): Promise<TodoItem[]> {
  if (!useSession().can('tasks.write')) return []
  const tasks = await queryClient.fetchQuery({ queryKey: openTasksQuery.queryKey, queryFn: openTasksQuery.queryFn, staleTime: 0 })
  return tasks
    .filter((task) => task.isOpen && task.state !== 'done')
    .flatMap((task): TodoItem[] => {
      const to = { name: 'incident', params: { id: task.incident, tab: 'orders' } }
      const item = { detail: task.task, since: task.stateAt.at, to }
      if (task.state === 'refused')
        return [{ ...item, id: `refused-${task.id}`, urgency: 'urgent', title: t('tasks.todo.refused', { unit: task.unit }) }]
      if (task.overdue !== null)
        return [
          {
            ...item,
            id: `overdue-${task.id}`,
            urgency: 'urgent',
            title: t(`tasks.todo.${task.overdue.kind}`, { unit: task.unit }),
            dueAt: task.overdue.sinceAt,
          },
        ]
      return task.deadline === null
        ? []
        : [{ ...item, id: `due-${task.id}`, urgency: 'open', title: t('tasks.todo.due', { unit: task.unit }), dueAt: task.deadline }]
    })
}
