// A list of any length by windows of a hundred rows: only the windows in view are asked for.
import { useQueries } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, ref, shallowRef, toValue, watch } from 'vue'
import type { ResourceFilter, ResourcePage, ResourceRow } from '../../../native/contract/index.ts'
import { windowQuery, windowRows } from './resources.api.ts'

/** A browser cannot scroll a longer element; whoever needs what lies behind narrows the filter. */
export const longestList = 500_000

export function useResourceWindows(filter: MaybeRefOrGetter<ResourceFilter>) {
  const windows = ref<number[]>([0])
  watch(
    () => JSON.stringify(toValue(filter)),
    () => (windows.value = [0]),
  )
  const answers = useQueries({ queries: computed(() => windows.value.map((window) => windowQuery(toValue(filter), window))) })
  const first = computed(() => answers.value[0])
  // The list stays, with the focus in it, while the next answer is on its way.
  const last = shallowRef<ResourcePage | null>(null)
  const newest = computed(() => answers.value.find((answer) => answer.data !== undefined)?.data ?? last.value)
  watch(newest, (page) => (last.value = page))
  const count = computed(() => newest.value?.count ?? 0)

  function rowAt(index: number): ResourceRow | null {
    const at = windows.value.indexOf(Math.floor(index / windowRows))
    return answers.value[at]?.data?.rows[index % windowRows] ?? null
  }
  /** Tells which rows are in view. */
  function show(from: number, to: number): void {
    const wanted = new Set<number>()
    for (let window = Math.floor(from / windowRows); window <= Math.floor(to / windowRows); window += 1) wanted.add(window)
    if (wanted.size !== windows.value.length || windows.value.some((window) => !wanted.has(window))) windows.value = [...wanted]
  }
  return {
    rowAt, show, count,
    shown: computed(() => Math.min(count.value, longestList)),
    isCapped: computed(() => newest.value?.isCountCapped ?? false),
    incomplete: computed(() => newest.value?.incomplete ?? null),
    isLoading: computed(() => newest.value === null && (first.value?.isLoading ?? true)),
    readAt: computed(() => Math.max(...answers.value.map((answer) => answer.dataUpdatedAt))),
    error: computed(() => answers.value.find((answer) => answer.isError)?.error ?? null),
    retry: () => Promise.all(answers.value.map((answer) => answer.refetch())),
  }
}
