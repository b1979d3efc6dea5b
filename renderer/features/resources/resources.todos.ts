// Stock below zero is a matter to do: something was handed out that nobody had written in.
import type { TodoItem } from '../../app/feature.ts'
import { t } from '../../app/i18n.ts'
import { rpc } from '../../app/rpc.ts'
import { useSession } from '../../app/session.ts'

export const datasets: readonly string[] = ['stockMovements', 'resources']

export default async function resourceTodos(): Promise<TodoItem[]> {
  if (!useSession().can('resources.write')) return []
  const alerts = await rpc.resources.stockAlerts.query()
  return alerts.map((alert) => ({
    id: `${alert.resource}|${alert.item}`, urgency: 'open', title: t('resources.todo.negative', { item: alert.item, quantity: alert.quantity, measure: alert.measure ?? '' }), detail: alert.name, since: alert.since,
    to: { name: 'resource', params: { id: alert.resource } },
  }))
}
