// 待办: alarms of video-analysis programs that nobody has taken yet.
import type { TodoItem } from '../../app/feature.ts'
import { t } from '../../app/i18n.ts'
import { queryClient } from '../../app/queries.ts'
import { useSession } from '../../app/session.ts'
import { alarmsQuery } from './alarms.api.ts'

export const datasets: readonly string[] = ['cameraAlarms']
export const isOpenWhileLocked = true

export default async function alarmTodos(): Promise<TodoItem[]> {
  const session = useSession()
  if (!session.can('cameras.read') || !session.can('incidents.write')) return []
  const alarms = await queryClient.fetchQuery({ ...alarmsQuery, staleTime: 0 })
  return alarms
    .filter(({ takenAt }) => takenAt === null)
    .map(({ id, kind, cameraName, at, isSample }): TodoItem => ({
      id,
      urgency: isSample ? 'open' : 'urgent',
      title: t('cameras.alarm.todo', { kind }),
      detail: [isSample ? t('cameras.sample') : '', cameraName].filter(Boolean).join(' · '),
      since: at,
      to: { name: 'cameraAlarms' },
    }))
}
