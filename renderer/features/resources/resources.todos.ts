// What of resources is a matter to do: held twice by stations that had not heard of one another, refused or not answered by the owner; stock below zero, handed out and never written in.
import type { TodoItem } from '../../app/feature.ts'
import type { UnsettledReservation } from '../../../native/contract/index.ts'
import { t } from '../../app/i18n.ts'
import { rpc } from '../../app/rpc.ts'
import { useSession } from '../../app/session.ts'
import { refusalWords } from './reservation-words.ts'

export const datasets: readonly string[] = ['stockMovements', 'resources', 'reservations', 'reservationAnswers']

export default async function resourceTodos(): Promise<TodoItem[]> {
  const session = useSession()
  const mayReserve = session.can('resources.reserve')
  const booked = mayReserve ? await rpc.resources.doubleBooked.query() : []
  const unsettled = mayReserve ? await rpc.resources.unsettled.query() : []
  const alerts = session.can('resources.write') ? await rpc.resources.stockAlerts.query() : []
  // Where both are ours to see, the double booking says it all.
  const isBooked = new Set(booked.map(({ resource }) => resource))
  const left = unsettled.filter(({ resource, confirmation }) => confirmation === 'provisional' || !isBooked.has(resource))
  return [...booked.map(bookedItem), ...left.map(unsettledItem), ...alerts.map(stockItem)]
}

function bookedItem({ resource, name, incidents, since }: { resource: string; name: string; incidents: number; since: number }): TodoItem {
  return { id: `booked|${resource}`, urgency: 'urgent', title: t('resources.todo.booked', { name, n: incidents }), since, to: { name: 'resource', params: { id: resource } } }
}

function unsettledItem({ reservation, resourceName: name, incident, confirmation, ownerName, answer, since }: UnsettledReservation): TodoItem {
  const owner = ownerName || t('resources.reservation.host')
  const isRefused = confirmation === 'refused' && answer !== null
  return {
    id: `unsettled|${reservation}`, urgency: isRefused ? 'urgent' : 'open', since, to: { name: 'incident', params: { id: incident, tab: 'resources' } },
    title: isRefused ? t('resources.todo.refused', { name, owner, why: refusalWords(answer) }) : t('resources.todo.unanswered', { name, owner }),
    detail: t(isRefused ? 'resources.reservation.refusedNext' : 'resources.reservation.unansweredNext'),
  }
}

function stockItem(alert: Awaited<ReturnType<typeof rpc.resources.stockAlerts.query>>[number]): TodoItem {
  return {
    id: `${alert.resource}|${alert.item}`, urgency: 'open', title: t('resources.todo.negative', { item: alert.item, quantity: alert.quantity, measure: alert.measure ?? '' }), detail: alert.name, since: alert.since,
    to: { name: 'resource', params: { id: alert.resource } },
  }
}
