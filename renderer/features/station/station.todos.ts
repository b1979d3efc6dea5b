// Entries kept out by their clock wait for whoever may let them in.
import { EVERYTHING } from '../../../native/contract/index.ts'
import type { TodoItem } from '../../app/feature.ts'
import { t } from '../../app/i18n.ts'
import { rpc } from '../../app/rpc.ts'
import { useSession } from '../../app/session.ts'

/** An entry that waits changes no dataset; what comes with it does. */
export const datasets: readonly string[] = [EVERYTHING]

export default async function waitingTodos(): Promise<TodoItem[]> {
  if (!useSession().can('journal.letIn')) return []
  const { items, forks } = await rpc.station.waiting.query()
  const since = [...items.filter((item) => item.reason === 'ahead').map((item) => item.receivedAt), ...forks.map((fork) => fork.aside.receivedAt)]
  if (since.length === 0) return []
  const title = t('station.waiting.todo', { n: since.length })
  return [{ id: 'waiting', urgency: 'due', title, since: Math.min(...since), to: { name: 'station', hash: '#waiting' } }]
}
