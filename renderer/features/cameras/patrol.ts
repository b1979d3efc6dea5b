// 轮巡: the cameras of the list walk through the grid; what the officer had chosen comes back at its end, and a tile somebody works at stays.
import { useIntervalFn, useLocalStorage } from '@vueuse/core'
import { computed, onScopeDispose, type Ref } from 'vue'
import { layout, patrolledIds, shownIds } from './chosen.ts'

export const patrolSeconds = [10, 15, 30, 60] as const

export interface PatrolStep {
  ids: string[]
  /** The last that came in: the next step goes on behind it. */
  last: string | null
}

/**
 * The next cameras of the list take the places of those that are shown.
 * @param all ids in the order of the tree
 * @param options.held stay where they are
 */
export function nextOf(
  all: readonly string[],
  { shown, count, held, last }: { shown: readonly string[]; count: number; held: ReadonlySet<string>; last: string | null },
): PatrolStep {
  const kept = shown.slice(0, count).map((id) => (held.has(id) ? id : null))
  const others = all.filter((id) => !kept.includes(id))
  const free = count - kept.filter((id) => id !== null).length
  const begin = others.findIndex((id) => all.indexOf(id) > all.indexOf(last ?? ''))
  // Where all of them fit nothing walks.
  const coming = others.length <= free ? others : [...others.slice(Math.max(0, begin)), ...others.slice(0, Math.max(0, begin))].slice(0, free)
  const waiting = [...coming]
  const ids = Array.from({ length: count }, (_, index) => kept[index] ?? waiting.shift())
  return { ids: ids.filter((id) => id !== undefined), last: coming.at(-1) ?? last }
}

/** @param all of the list, in its order @param held ids of the tiles somebody works at */
export function usePatrol(all: Ref<readonly string[]>, held: Ref<ReadonlySet<string>>) {
  const seconds = useLocalStorage<number>('cameras.patrolSeconds', 15)
  const isOn = computed(() => patrolledIds.value !== null)
  let last: string | null = null
  const interval = useIntervalFn(step, () => seconds.value * 1000, { immediate: false })

  function step(): void {
    // Ended elsewhere: a camera was chosen by hand.
    if (patrolledIds.value === null) return interval.pause()
    const next = nextOf(all.value, { shown: shownIds.value, count: layout.value, held: held.value, last })
    last = next.last
    patrolledIds.value = next.ids
  }
  function toggle(): void {
    interval.pause()
    if (isOn.value) return void (patrolledIds.value = null)
    last = shownIds.value.at(-1) ?? null
    patrolledIds.value = [...shownIds.value]
    interval.resume()
  }
  onScopeDispose(() => (patrolledIds.value = null))
  return { seconds, isOn, toggle }
}
