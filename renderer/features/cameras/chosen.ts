// Which cameras stand in the grid, shared by the list and the tiles; kept in this browser so that a reload shows them again.
import { useLocalStorage } from '@vueuse/core'
import { ref } from 'vue'

export const layouts = [1, 4, 9, 16] as const
export type Layout = (typeof layouts)[number]

export const chosenIds = useLocalStorage<string[]>('cameras.chosen', [])
export const layout = useLocalStorage<Layout>('cameras.layout', 4)
/** The camera whose form is open; `new` = one that is being added. */
export const editing = ref<string | null>(null)

/** Adds a camera, or takes it off; a full grid gives way at its end. */
export function toggleCamera(id: string): void {
  if (chosenIds.value.includes(id)) chosenIds.value = chosenIds.value.filter((one) => one !== id)
  else chosenIds.value = [...chosenIds.value.slice(0, layout.value - 1), id]
}
