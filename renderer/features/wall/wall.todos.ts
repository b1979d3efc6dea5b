// 待办: what the clock left undone on a wall, because somebody was at work on it; and the scene that an incident's phase asks for, until it is shown.
import type { TodoItem } from '../../app/feature.ts'
import { t } from '../../app/i18n.ts'
import { rpc } from '../../app/rpc.ts'
import { useSession } from '../../app/session.ts'
import { minuteWords } from './schedules.ts'

/** What is left undone changes no row; the wall says so all the same. */
export const datasets: readonly string[] = ['wallSchedules', 'incidents', 'responses', 'responseTasks', 'wallScenes', 'wallSwitches']

export default async function wallTodos(): Promise<TodoItem[]> {
  if (!useSession().can('wall.switch')) return []
  return (await Promise.all([skippedSchedules(), offeredScenes()])).flat()
}

async function skippedSchedules(): Promise<TodoItem[]> {
  return (await rpc.wall.schedules.query()).flatMap(({ id, wall, name, minute, skipped }): TodoItem[] =>
    skipped === null
      ? []
      : [
          {
            id: `schedule:${id}`,
            urgency: 'due',
            title: t('wall.schedule.todo', { name: `${minuteWords(minute)} ${name}`.trim() }),
            detail: t(`wall.schedule.why.${skipped.why.kind}`, { ...skipped.why }),
            since: skipped.at,
            to: { name: 'wall', params: { wall }, query: { schedule: id } },
          },
        ],
  )
}

/** One line a wall, however many incidents ask: that of the newest, for what came last is what is looked at. */
async function offeredScenes(): Promise<TodoItem[]> {
  const offers = (await rpc.wall.offers.query()).filter(({ isLive }) => isLive).toSorted((a, b) => b.since - a.since)
  return offers
    .filter(({ wall }, index) => offers.findIndex((one) => one.wall === wall) === index)
    .map(({ wall, wallName, scene, sceneName, incidentTitle, since }): TodoItem => ({
      id: `offer:${wall} ${scene}`,
      urgency: 'open',
      title: t('wall.offerHere', { scene: sceneName, wall: wallName }),
      detail: incidentTitle,
      since,
      to: { name: 'wall', params: { wall }, query: { scene } },
    }))
}
