// What of resources is a matter to do: held twice by consoles that had not heard of one another; stock below zero, handed out and never written in.
import type { TodoItem } from '../../app/feature.ts'
import { t } from '../../app/i18n.ts'
import { rpc } from '../../app/rpc.ts'
import { useSession } from '../../app/session.ts'

export const datasets: readonly string[] = ['stockMovements', 'resources', 'reservations']

export default async function resourceTodos(): Promise<TodoItem[]> {
  const session = useSession()
  const booked = session.can('resources.reserve') ? await rpc.resources.doubleBooked.query() : []
  const alerts = session.can('resources.write') ? await rpc.resources.stockAlerts.query() : []
  return [...booked.map(bookedItem), ...alerts.map(stockItem)]
}

function bookedItem({ resource, name, incidents, since }: { resource: string; name: string; incidents: number; since: number }): TodoItem {
  return { id: `booked|${resource}`, urgency: 'urgent', title: t('resources.todo.booked', { name, n: incidents }), since, to: { name: 'resource', params: { id: resource } } }
}

function stockItem(alert: Awaited<ReturnType<typeof rpc.resources.stockAlerts.query>>[number]): TodoItem {
  return {
    id: `${alert.resource}|${alert.item}`, urgency: 'open', title: t('resources.todo.negative', { item: alert.item, quantity: alert.quantity, measure: alert.measure ?? '' }), detail: alert.name, since: alert.since,
    to: { name: 'resource', params: { id: alert.resource } },
  }
}
