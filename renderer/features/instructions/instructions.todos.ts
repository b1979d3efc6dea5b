// Open 批示 in 待办 until done: late ones first, then those due within a day.
import type { TodoItem } from '../../app/feature.ts'
import { t } from '../../app/i18n.ts'
import { queryClient } from '../../app/queries.ts'
import { useSession } from '../../app/session.ts'
import { standingOf } from './instruction-words.ts'
import { openInstructionsQuery } from './instructions.api.ts'

export const datasets: readonly string[] = ['instructions', 'instructionFeedback', 'incidents']

const urgency = { late: 'urgent', soon: 'due', open: 'open', done: 'open' } as const

export default async function instructionTodos(): Promise<TodoItem[]> {
  // A member of the headquarters writes them; the watch sees to them.
  if (!useSession().can('duty.write')) return []
  const rows = await queryClient.fetchQuery({ ...openInstructionsQuery, staleTime: 0 })
  const now = Date.now()
  return rows.map((one): TodoItem => ({
    id: one.id,
    urgency: urgency[standingOf(one, now)],
    title: t('instructions.todo.title', { leader: one.from, words: one.words }),
    detail: [one.isSample ? t('instructions.sample') : '', one.owner === '' ? t('instructions.todo.noOwner') : one.owner, one.incidentTitle ?? '']
      .filter(Boolean)
      .join(' · '),
    since: one.givenAt.at,
    dueAt: one.dueAt,
    to: { name: 'instruction', params: { id: one.id } },
  }))
}
