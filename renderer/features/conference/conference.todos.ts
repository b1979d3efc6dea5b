// 待办: rooms this person was called to and has not joined, and people whom somebody must ring.
import type { TodoItem } from '../../app/feature.ts'
import { t } from '../../app/i18n.ts'
import { rpc } from '../../app/rpc.ts'
import { useSession } from '../../app/session.ts'

export const datasets: readonly string[] = ['conferences', 'conferenceInvitations', 'conferenceAttendance', 'calls']

export default async function conferenceTodos(): Promise<TodoItem[]> {
  if (!useSession().can('conference.read')) return []
  const { calls, toRing } = await rpc.conference.waiting.query()
  return [
    ...calls.map(({ conference, title, incidentTitle, at, by }): TodoItem => ({
      id: `call:${conference}`,
      urgency: 'urgent',
      title: t('conference.todo.called', { title }),
      detail: [t('conference.todo.by', { name: by }), incidentTitle ?? ''].filter(Boolean).join(' · '),
      since: at,
      to: { name: 'conference', params: { id: conference } },
    })),
    ...toRing.map(({ id, conference, title, name, telephone, at }): TodoItem => ({
      id: `ring:${id}`,
      urgency: 'due',
      title: t('conference.todo.ring', { name, title }),
      detail: telephone || t('conference.invite.noNumber'),
      since: at,
      to: { name: 'conference', params: { id: conference } },
    })),
  ]
}
