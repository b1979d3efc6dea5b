// What of incidents waits for somebody: a report nobody has checked, a grade nobody has confirmed, a draft left lying.
import type { IncidentSummary } from '../../../native/contract/index.ts'
import type { TodoItem } from '../../app/feature.ts'
import { t } from '../../app/i18n.ts'
import { queryClient } from '../../app/queries.ts'
import { rpc } from '../../app/rpc.ts'
import { useSession } from '../../app/session.ts'
import { openIncidentsQuery } from './incidents.api.ts'

export const datasets: readonly string[] = ['incidents', 'incidentStatements', 'incidentFigures']

export default async function incidentTodos(): Promise<TodoItem[]> {
  const session = useSession()
  if (!session.can('incidents.write')) return []
  const [open, drafts] = await Promise.all([queryClient.fetchQuery({ ...openIncidentsQuery, staleTime: 0 }), rpc.incidents.drafts.query()])
  return [
    ...open.filter((row) => row.mergedInto === null).flatMap((row) => itemsOf(row, session.can('incidents.confirm'))),
    ...drafts.map((draft): TodoItem => ({
      id: `draft-${draft.id}`,
      urgency: 'due',
      title: t('incidents.todo.draft'),
      since: draft.updatedAt,
      to: { name: 'intake', params: { draft: draft.id } },
    })),
  ]
}

function itemsOf(row: IncidentSummary, mayConfirm: boolean): TodoItem[] {
  const to = { name: 'incident', params: { id: row.id, tab: 'overview' } }
  const since = row.received?.at ?? Date.now()
  const items: TodoItem[] = []
  if (row.informationState === 'received')
    items.push({ id: `check-${row.id}`, urgency: 'urgent', title: t('incidents.todo.check', { title: row.title }), detail: row.place, since, to })
  if (mayConfirm && row.grade !== null && !row.isGradeConfirmed) {
    items.push({
      id: `grade-${row.id}`,
      urgency: 'due',
      title: t('incidents.todo.grade', { title: row.title, grade: t(`ui.grade.${row.grade}`) }),
      detail: row.place,
      since,
      to,
    })
  }
  return items
}
