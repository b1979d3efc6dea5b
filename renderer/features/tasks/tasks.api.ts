// Queries of orders; their states are rows of their own, so both datasets refresh them.
import { useQuery } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import { onChange, queryClient } from '../../app/queries.ts'
import { rpc } from '../../app/rpc.ts'

onChange((change) => {
  if (change.dataset === 'taskStates' || change.dataset === 'incidents') void queryClient.invalidateQueries({ queryKey: ['tasks'] })
})

/** Lateness grows with the clock, so open orders are asked again each half minute. */
const clockMs = 30_000

export const openTasksQuery = { queryKey: ['tasks', 'open'], queryFn: () => rpc.tasks.list.query({ incident: null }), refetchInterval: clockMs }

export function useTasks(incident: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => ['tasks', 'of', toValue(incident)]),
    queryFn: () => rpc.tasks.list.query({ incident: toValue(incident) }),
    refetchInterval: clockMs,
  })
}
