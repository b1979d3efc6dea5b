// Limits in 待办: one line an incident and means, with whom to tell; late ones come to the 值班长, then to the 带班领导.
import type { TodoItem } from '../../app/feature.ts'
import { t } from '../../app/i18n.ts'
import { queryClient } from '../../app/queries.ts'
import { useSession } from '../../app/session.ts'
import { type Asked, clockItems } from './clock-items.ts'
import { clockDatasetWords, openBoardQuery } from './clocks.api.ts'

export const datasets = clockDatasetWords
export const isOpenWhileLocked = true

/** Roles in which somebody may be asked, the first that fits. */
const asked = [
  ['duty-officer', 'officer'],
  ['shift-leader', 'shift-leader'],
  ['watch-leader', 'watch-leader'],
] as const satisfies readonly (readonly [string, Asked])[]

export default async function clockTodos(): Promise<TodoItem[]> {
  const roles = useSession().person?.roles ?? []
  const as = asked.filter(([role]) => roles.includes(role)).map(([, name]) => name)
  if (as.length === 0) return []
  const board = await queryClient.fetchQuery({ ...openBoardQuery, staleTime: 0 })
  return clockItems(board, as, { now: Date.now(), t })
}
