// Open orders in the palette, by unit or task.
import type { PaletteSource } from '../../app/feature.ts'
import { t } from '../../app/i18n.ts'
import { matches } from '../../app/palette.ts'
import { rpc } from '../../app/rpc.ts'
import { useSession } from '../../app/session.ts'

const search: PaletteSource = async (query) => {
  if (query === '' || !useSession().can('tasks.read')) return []
  const tasks = await rpc.tasks.list.query({ incident: null })
  return tasks
    .filter((task) => matches(query, `${task.unit} ${task.task}`))
    .slice(0, 10)
    .map((task) => ({
      id: task.id,
      kind: 'task' as const,
      title: task.unit,
      detail: `${t(`tasks.state.${task.state}`)} · ${task.task}`,
      at: task.stateAt.at,
      to: { name: 'incident', params: { id: task.incident, tab: 'orders' } },
    }))
}
export default search
