// Draws units under orders where they reported to be, or where they were last told to be (无定位, with its age); nothing ever glides.
import type { Task } from '../../../native/contract/index.ts'
import { observeRows } from '../../globe/observeRows.ts'
import type { GlobeFeature, Marker } from '../../globe/types.ts'
import { ageWords } from '../../ui/time-words.ts'
import { openTasksQuery } from './tasks.api.ts'

/** Older than this a reported position is drawn grey. */
const staleMs = 30 * 60_000

export function unitMarkers(tasks: readonly Task[], now: number, t: (key: string, params?: Record<string, unknown>) => string): Marker[] {
  return tasks.flatMap((task) => {
    if (!task.isOpen || task.unitPosition === null) return []
    const { basis, at, position } = task.unitPosition
    const age = ageWords(now - at, t)
    // The unit and its state first: at the edge of the map the end is cut.
    const where = basis === 'reported' ? age : `${t('tasks.position.none')} ${age}`
    return [
      {
        id: task.id,
        position,
        tone: 'order' as const,
        symbol: null,
        caption: null,
        label: `${task.unit} ${t(`tasks.state.${task.state}`)} · ${where}`,
        isStale: basis === 'told' || now - at > staleMs,
      },
    ]
  })
}

const feature: GlobeFeature = {
  id: 'tasks',
  permission: 'tasks.read',
  start(globe, { queryClient, router, t }) {
    const layer = globe.icons('tasks')
    let rows: readonly Task[] = []
    const draw = () => layer.set(unitMarkers(rows, Date.now(), t))
    const clock = setInterval(draw, 60_000)
    const ends = [
      observeRows({ queryClient, ...openTasksQuery }, (tasks) => {
        rows = tasks
        draw()
      }),
      globe.onPick((picked) => {
        const task = picked?.layer === 'tasks' ? rows.find((row) => row.id === picked.id) : undefined
        if (task !== undefined) void router.push({ name: 'incident', params: { id: task.incident, tab: 'orders' } })
      }),
    ]
    return () => {
      clearInterval(clock)
      for (const end of ends) end()
      layer.dispose()
    }
  },
}
export default feature
