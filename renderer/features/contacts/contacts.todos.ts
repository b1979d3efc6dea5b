// Numbers reported wrong and not yet put right.
import type { TodoItem } from '../../app/feature.ts'
import { t } from '../../app/i18n.ts'
import { rpc } from '../../app/rpc.ts'
import { useSession } from '../../app/session.ts'
import { homeless } from './unit-tree.ts'

export const datasets: readonly string[] = ['contacts', 'units']

export default async function contactTodos(): Promise<TodoItem[]> {
  if (!useSession().can('contacts.write')) return []
  const wrong = await rpc.contacts.wrongNumbers.query()
  return wrong.map((one): TodoItem => {
    const query = one.contact === null ? {} : { contact: one.contact }
    return {
      id: `${one.contact ?? one.unit}|${one.number}`,
      urgency: 'open',
      title: t('contacts.todo.wrong', { party: one.party }),
      detail: [one.number, one.words, one.byName].filter((words) => words !== '').join(' · '),
      since: one.at,
      to: { name: 'contacts-unit', params: { id: one.unit ?? homeless }, query },
    }
  })
}
