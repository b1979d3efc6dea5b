// 待办: what the clock left undone on a wall, because somebody was at work on it.
import type { TodoItem } from '../../app/feature.ts'
import { t } from '../../app/i18n.ts'
import { rpc } from '../../app/rpc.ts'
import { useSession } from '../../app/session.ts'
import { minuteWords } from './schedules.ts'

/** What is left undone changes no row; the wall says so all the same. */
export const datasets: readonly string[] = ['wallSchedules']

export default async function wallTodos(): Promise<TodoItem[]> {
  if (!useSession().can('wall.switch')) return []
  return (await rpc.wall.schedules.query()).flatMap(({ id, wall, name, minute, skipped }): TodoItem[] =>
    skipped === null
      ? []
      : [
          {
            id: `schedule:${id}`,
            urgency: 'due',
            title: t('wall.schedule.todo', { name: `${minuteWords(minute)} ${name}`.trim() }),
            detail: t(`wall.schedule.why.${skipped.why.kind}`, { ...skipped.why }),
            since: skipped.at,
            to: { name: 'wall', params: { wall } },
          },
        ],
  )
}
