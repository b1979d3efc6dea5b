// Which cameras stand in the grid, shared by the list and the tiles; kept in this browser so that a reload shows them again.
import { useLocalStorage } from '@vueuse/core'
import { ref } from 'vue'
import type { LonLat } from '../../../native/contract/index.ts'

export const layouts = [1, 4, 9, 16, 25] as const
export type Layout = (typeof layouts)[number]

export const chosenIds = useLocalStorage<string[]>('cameras.chosen', [])
export const layout = useLocalStorage<Layout>('cameras.layout', 4)
/** Where somebody pointed at the ground last: cameras that turn can be turned there. */
export const pointedAt = ref<LonLat | null>(null)
/** The camera whose form is open; `new` = one that is being added. */
export const editing = ref<string | null>(null)

/** Adds a camera, or takes it off; a full grid gives way at its end. */
export function toggleCamera(id: string): void {
  if (chosenIds.value.includes(id)) chosenIds.value = chosenIds.value.filter((one) => one !== id)
  else chosenIds.value = [...chosenIds.value.slice(0, layout.value - 1), id]
}

/** Those and no others, in the smallest grid that holds them. */
export function showCameras(ids: readonly string[]): void {
  layout.value = layouts.find((count) => count >= ids.length) ?? layouts.at(-1)!
  chosenIds.value = ids.slice(0, layout.value)
}

/** Two tiles change places; one dragged to an empty place goes to the end. */
export function moveCamera(id: string, to: string | null): void {
  const ids = [...chosenIds.value]
  const [from, target] = [ids.indexOf(id), to === null ? ids.length - 1 : ids.indexOf(to)]
  if (from < 0 || target < 0 || from === target) return
  if (to === null) ids.push(...ids.splice(from, 1))
  else [ids[from], ids[target]] = [ids[target]!, ids[from]!]
  chosenIds.value = ids
}

/** 轮巡: the next cameras of the list take the places of those that are shown. @param all ids in the order of the tree */
export function nextOf(all: readonly string[], { shown, count }: { shown: readonly string[]; count: number }): string[] {
  if (all.length <= count) return [...all]
  const start = all.indexOf(shown.at(-1) ?? '') + 1
  return Array.from({ length: count }, (_, index) => all[(start + index) % all.length]!)
}
