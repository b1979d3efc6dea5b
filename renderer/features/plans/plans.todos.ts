// What of responses needs somebody now: items past their time, proposals that wait for approval.
import type { OverdueItem } from '../../../native/contract/index.ts'
import type { TodoItem } from '../../app/feature.ts'
import { t } from '../../app/i18n.ts'
import { queryClient } from '../../app/queries.ts'
import { rpc } from '../../app/rpc.ts'
import { useSession } from '../../app/session.ts'

export const datasets: readonly string[] = ['responses', 'responseDecisions', 'responseTasks']

/** Shown this long before its time. */
const warnBeforeMs = 10 * 60_000
const lookAheadMs = 24 * 3_600_000
let timer: ReturnType<typeof setTimeout> | undefined

/** Time passes without an act: asks again when the next item comes near its time or passes it. */
function askAgain(items: readonly OverdueItem[], now: number): void {
  clearTimeout(timer)
  const moments = items.flatMap((item) => [item.dueAt - warnBeforeMs, item.dueAt]).filter((at) => at > now)
  if (moments.length > 0)
    timer = setTimeout(() => void queryClient.invalidateQueries({ queryKey: ['todos', 'plans'] }), Math.min(...moments) - now + 500)
}

export default async function planTodos(): Promise<TodoItem[]> {
  if (!useSession().can('plans.read')) return []
  const [items, waiting] = await Promise.all([rpc.responses.overdue.query({ withinMs: lookAheadMs }), rpc.responses.waiting.query()])
  const isLeader = useSession().can('reports.sign')
  const now = Date.now()
  askAgain(items, now)
  const to = (incident: string) => ({ name: 'incident', params: { id: incident, tab: 'plan' } })
  return [
    ...waiting.map<TodoItem>((one) => ({
      id: `decision-${one.decision}`,
      urgency: 'urgent',
      // An officer types what the leader said on the telephone; the decision is his.
      isMineAlone: isLeader,
      since: one.proposedAt.at,
      to: to(one.incident),
      detail: one.incidentTitle ?? '',
      title: t(`plans.todo.${one.kind}`, { tier: one.tier === null ? '' : t(`ui.tier.${one.tier}`) }),
    })),
    ...items
      .filter((item) => item.dueAt - warnBeforeMs <= now)
      .map<TodoItem>((item) => ({
        id: `task-${item.task}`,
        urgency: item.dueAt <= now ? 'urgent' : 'due',
        since: item.dueAt,
        dueAt: item.dueAt,
        to: to(item.incident),
        title: t('plans.todo.item', { role: item.role ?? t('plans.noRole'), action: item.action }),
        detail: [item.incidentTitle, item.telephone].filter((words) => words !== null).join(' · '),
      })),
  ]
}
