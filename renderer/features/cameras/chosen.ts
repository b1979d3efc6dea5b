// Which cameras stand in the grid, shared by the list and the tiles; kept in this browser so that a reload shows them again.
import { useLocalStorage } from '@vueuse/core'
import { computed, ref } from 'vue'
import type { LonLat } from '../../../native/contract/index.ts'

export const layouts = [1, 4, 9, 16, 25] as const
export type Layout = (typeof layouts)[number]

export const chosenIds = useLocalStorage<string[]>('cameras.chosen', [])
export const layout = useLocalStorage<Layout>('cameras.layout', 4)
/** Where somebody pointed at the ground last: cameras that turn can be turned there. */
export const pointedAt = ref<LonLat | null>(null)
/** The camera whose form is open; `new` = one that is being added. */
export const editing = ref<string | null>(null)

/** What a patrol (轮巡) shows instead, while one goes on; null = none does. What was chosen is left as it is. */
export const patrolledIds = ref<string[] | null>(null)
export const shownIds = computed(() => patrolledIds.value ?? chosenIds.value)

function show(ids: string[]): void {
  if (patrolledIds.value === null) chosenIds.value = ids
  else patrolledIds.value = ids
}

/** Into the grid; a full one gives way at its end. A patrol ends: somebody wants to look at this one. */
export function openCamera(id: string): void {
  if (shownIds.value.includes(id)) return
  patrolledIds.value = null
  if (!chosenIds.value.includes(id)) chosenIds.value = [...chosenIds.value.slice(0, layout.value - 1), id]
}

export function closeCamera(id: string): void {
  show(shownIds.value.filter((one) => one !== id))
}

export function toggleCamera(id: string): void {
  if (shownIds.value.includes(id)) closeCamera(id)
  else openCamera(id)
}

/** Those and no others, in the smallest grid that holds them. */
export function showCameras(ids: readonly string[]): void {
  patrolledIds.value = null
  layout.value = layouts.find((count) => count >= ids.length) ?? layouts.at(-1)!
  chosenIds.value = ids.slice(0, layout.value)
}

/** Two tiles change places; one dragged to an empty place goes to the end. */
export function moveCamera(id: string, to: string | null): void {
  const ids = [...shownIds.value]
  const [from, target] = [ids.indexOf(id), to === null ? ids.length - 1 : ids.indexOf(to)]
  if (from < 0 || target < 0 || from === target) return
  if (to === null) ids.push(...ids.splice(from, 1))
  else [ids[from], ids[target]] = [ids[target]!, ids[from]!]
  show(ids)
}
