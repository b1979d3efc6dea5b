// 待办: what needs somebody now, asked of every feature, ranked; a feature that fails does not empty the stack.
import { useQueries } from '@tanstack/vue-query'
import { computed, onScopeDispose } from 'vue'
import { type EpochMs, EVERYTHING } from '../../native/contract/index.ts'
import type { TodoItem } from './feature.ts'
import { todoSources } from './features.ts'
import { onChange, queryClient } from './queries.ts'
import { useSession } from './session.ts'
import { rankTodos } from './todo-rank.ts'

/** More than this many are counted, not shown. */
export const todosInView = 7

export type FeatureTodo = TodoItem & { feature: string }

export function useTodos(now: { readonly value: EpochMs }) {
  const session = useSession()
  const queries = useQueries({
    // While locked what was last known stays, and what rings is asked all the same.
    queries: todoSources.map(({ feature, ask, isOpenWhileLocked }) => ({
      queryKey: ['todos', feature],
      queryFn: ask,
      enabled: () => session.person !== null && (isOpenWhileLocked || !session.isLocked),
    })),
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
