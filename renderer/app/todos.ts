// 待办: what needs somebody now, asked of every feature, ranked; a feature that fails does not empty the stack.
import { useQueries } from '@tanstack/vue-query'
import { computed, onScopeDispose } from 'vue'
import { type EpochMs, EVERYTHING } from '../../native/contract/index.ts'
import type { TodoItem, TodoUrgency } from './feature.ts'
import { todoSources } from './features.ts'
import { onChange, queryClient } from './queries.ts'

/** More than this many are counted, not shown. */
export const todosInView = 7

const order: Record<TodoUrgency, number> = { urgent: 0, due: 1, open: 2 }

/** Overdue first, then by urgency, then whatever is due soonest, then whatever waits longest. */
export function rankTodos<T extends TodoItem>(items: readonly T[], now: EpochMs): T[] {
  const isOverdue = (item: T) => item.dueAt != null && item.dueAt < now
  return [...items].sort(
    (a, b) =>
      Number(isOverdue(b)) - Number(isOverdue(a)) ||
      order[a.urgency] - order[b.urgency] ||
      (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || // Infinity − Infinity is NaN, which is falsy: on to the age
      a.since - b.since,
  )
}

export type FeatureTodo = TodoItem & { feature: string }

export function useTodos(now: { readonly value: EpochMs }) {
  const queries = useQueries({
    queries: todoSources.map(({ feature, ask }) => ({ queryKey: ['todos', feature], queryFn: ask })),
  })
  onScopeDispose(
    onChange((change) => {
      for (const { feature, datasets } of todoSources) {
        if (datasets.includes(change.dataset) || datasets.includes(EVERYTHING)) void queryClient.invalidateQueries({ queryKey: ['todos', feature] })
      }
    }),
  )
  const items = computed<FeatureTodo[]>(() =>
    queries.value.flatMap((query, index) => (query.data ?? []).map((item) => ({ ...item, feature: todoSources[index]?.feature ?? '' }))),
  )
  return {
    ranked: computed(() => rankTodos(items.value, now.value)),
    isLoading: computed(() => queries.value.some((query) => query.isLoading)),
    failed: computed(() => todoSources.filter((_, index) => queries.value[index]?.isError).map((source) => source.feature)),
  }
}
