// Undecided conflicts are a matter to do for whoever may decide.
import { EVERYTHING } from '../../../native/contract/index.ts'
import type { TodoItem } from '../../app/feature.ts'
import { t } from '../../app/i18n.ts'
import { rpc } from '../../app/rpc.ts'
import { useSession } from '../../app/session.ts'
import { groupByRow } from './conflicts.ts'

/** A cell of any dataset may come into conflict. */
export const datasets: readonly string[] = [EVERYTHING]

export default async function conflictTodos(): Promise<TodoItem[]> {
  if (!useSession().can('conflicts.decide')) return []
  const items = await rpc.conflicts.list.query({})
  const rows = groupByRow(items)
  const since = Math.min(...items.map((item) => Math.max(...item.heads.map((head) => head.at))))
  const [first] = rows
  if (first === undefined) return []
  const title =
    rows.length === 1 ? t('conflicts.todo', { title: first.title ?? t('conflicts.untitled') }) : t('conflicts.todoMore', { count: rows.length })
  return [{ id: 'conflicts', urgency: 'due', title, since, to: { name: 'conflicts' } }]
}
