// What of reports waits for this person: to review, to sign, to countersign, to write anew, to call for a receipt.
import type { ReportSummary } from '../../../native/contract/index.ts'
import type { TodoItem } from '../../app/feature.ts'
import { t } from '../../app/i18n.ts'
import { queryClient } from '../../app/queries.ts'
import { useSession } from '../../app/session.ts'
import { allReportsQuery, receivedQuery } from './reports.api.ts'
import { waitsFor } from './waiting.ts'

export const datasets: readonly string[] = ['reports', 'reportSteps', 'reportSends', 'reportReceipts', 'receivedReports']

export default async function reportTodos(): Promise<TodoItem[]> {
  const session = useSession()
  if (!session.can('reports.read')) return []
  const { queryKey, queryFn } = allReportsQuery
  const reports = await queryClient.fetchQuery({ queryKey, queryFn, staleTime: 0 })
  const own = reports.filter((report) => !report.isSample).flatMap((report) => itemsOf(report, session.person))
  return session.can('reports.write') ? [...own, ...(await receivedTodos())] : own
}

/** What came from below and nobody has signed for. */
async function receivedTodos(): Promise<TodoItem[]> {
  const { queryKey, queryFn } = receivedQuery
  const received = await queryClient.fetchQuery({ queryKey, queryFn, staleTime: 0 })
  return received
    .filter(({ receipts }) => !receipts.some(({ kind }) => kind === 'signed'))
    .map(({ id, fromName, title, incidentTitle, receivedAt }) => ({
      id: `received-${id}`,
      urgency: 'urgent',
      title: t('reports.todo.received', { from: fromName, title }),
      detail: incidentTitle,
      since: receivedAt,
      to: { name: 'reports' },
    }))
}

function itemsOf(report: ReportSummary, person: Parameters<typeof waitsFor>[1]): TodoItem[] {
  const waits = waitsFor(report, person)
  if (!waits.includes('me')) return []
  const item = { detail: report.title, since: report.stateAt, to: { name: 'report', params: { id: report.id } } }
  const { name } = report
  const items: TodoItem[] = []
  if (waits.includes('sign'))
    items.push({ ...item, id: `sign-${report.id}`, urgency: 'urgent', isMineAlone: true, title: t('reports.todo.sign', { name }) })
  if (waits.includes('review')) items.push({ ...item, id: `review-${report.id}`, urgency: 'urgent', title: t('reports.todo.review', { name }) })
  if (waits.includes('countersign'))
    items.push({ ...item, id: `countersign-${report.id}`, urgency: 'due', isMineAlone: true, title: t('reports.todo.countersign', { name }) })
  if (waits.includes('draft')) {
    const isBack = report.returned !== null
    items.push({
      ...item,
      id: `draft-${report.id}`,
      urgency: isBack ? 'urgent' : 'due',
      title: t(isBack ? 'reports.todo.returned' : 'reports.todo.draft', { name, words: report.returned?.words ?? '' }),
    })
  }
  if (report.urge !== null) {
    const { recipient, since } = report.urge
    items.push({ ...item, id: `urge-${report.id}`, urgency: 'urgent', title: t('reports.todo.urge', { name, recipient }), dueAt: since })
  }
  return items
}
