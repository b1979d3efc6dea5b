// What of the watch waits for somebody: 接班, a handover half signed or overdue, posts of the coming week that nobody stands, the digest of the day.
import { type DoubleBooking, type RosterGap, type WatchBoard } from '../../../native/contract/index.ts'
import type { TodoItem } from '../../app/feature.ts'
import { i18n, t } from '../../app/i18n.ts'
import { queryClient } from '../../app/queries.ts'
import { rpc } from '../../app/rpc.ts'
import { useSession } from '../../app/session.ts'
import { boardQuery } from './duty.api.ts'
import { dayWords, postList } from './duty-words.ts'

export const datasets: readonly string[] = [
  'dutyShifts',
  'dutyRoster',
  'dutyChanges',
  'dutyWatches',
  'dutyHandovers',
  'dutyHandoverMatters',
  'dutyNotes',
  'reports',
  'reportSteps',
]

const hourMs = 3_600_000
/** A handover is spoken of so long before it is due. */
const aheadMs = hourMs
const soonMs = 24 * hourMs

export default async function dutyTodos(): Promise<TodoItem[]> {
  const session = useSession()
  if (!session.can('duty.write')) return []
  const [board, findings, digest] = await Promise.all([
    queryClient.fetchQuery({ ...boardQuery, staleTime: 0 }),
    rpc.duty.findings.query(),
    session.can('reports.write') ? rpc.duty.digestDue.query() : null,
  ])
  const now = Date.now()
  const items = [
    ...watchItems(board, now),
    ...(findings.isEmpty ? [emptyItem(now)] : gapItems(findings.gaps, now)),
    ...findings.doubles.map(doubleItem),
  ]
  if (digest !== null)
    items.push({
      id: `digest-${digest.day}`,
      urgency: 'due',
      title: t('duty.todo.digest'),
      since: digest.since,
      to: { name: 'duty-digest', params: { day: digest.day } },
    })
  return items
}

function watchItems({ watch, handover, next }: WatchBoard, now: number): TodoItem[] {
  const to = { name: 'duty' }
  if (watch === null) {
    const since = Math.min(now, next[0]?.startsAt ?? now)
    return [{ id: 'take', urgency: 'due', title: t('duty.todo.take'), since, to }]
  }
  const detail = t('duty.watchOf', { day: dayWords(watch.day, i18n.global.locale.value), shift: watch.shiftName })
  if (handover?.state === 'half') {
    const { outgoing } = handover
    return [{ id: 'half', urgency: 'urgent', title: t('duty.todo.half', { name: outgoing?.name ?? '' }), detail, since: outgoing?.at ?? now, to }]
  }
  if (now < watch.endsAt - aheadMs) return []
  const isOver = now >= watch.endsAt
  return [
    {
      id: 'handover',
      urgency: isOver ? 'urgent' : 'due',
      title: t(isOver ? 'duty.todo.overdue' : 'duty.todo.handover'),
      detail,
      since: watch.endsAt,
      dueAt: watch.endsAt,
      to,
    },
  ]
}

/** One a day, with its posts. */
function gapItems(gaps: readonly RosterGap[], now: number): TodoItem[] {
  return [...Map.groupBy(gaps, (gap) => gap.day)].map(([day, ofDay]) => {
    const startsAt = Math.min(...ofDay.map((gap) => gap.startsAt))
    return {
      id: `gap-${day}`,
      urgency: startsAt - now < soonMs ? 'urgent' : 'due',
      title: t('duty.todo.gap', {
        day: dayWords(day, i18n.global.locale.value),
        posts: postList([...new Set(ofDay.map((gap) => gap.post))], t),
      }),
      since: now,
      dueAt: startsAt,
      to: { name: 'duty-roster', params: { month: day.slice(0, 7) } },
    }
  })
}

function emptyItem(now: number): TodoItem {
  return { id: 'no-roster', urgency: 'open', title: t('duty.todo.noRoster'), since: now, to: { name: 'duty-roster' } }
}

function doubleItem({ person, places }: DoubleBooking): TodoItem {
  const [one, other] = places
  const day = one?.day ?? ''
  const words = [one, other].map((place) =>
    place === undefined ? '' : `${dayWords(place.day, i18n.global.locale.value)} ${place.shiftName} ${t(`duty.post.${place.post}`)}`,
  )
  return {
    id: `double-${person}-${day}-${other?.day ?? ''}-${one?.post ?? ''}-${other?.post ?? ''}`,
    urgency: 'due',
    title: t('duty.todo.double', { person }),
    detail: words.join(t('app.listSeparator')),
    since: Date.now(),
    to: { name: 'duty-roster', params: { month: day.slice(0, 7) } },
  }
}
