// What of the resources is shown, in the list and on the globe alike.
import { defineStore } from 'pinia'
import { ref } from 'vue'
import { type ResourceFilter, type ResourceKind, ResourceFilter as Filter } from '../../../native/contract/index.ts'

export const useResourceFilter = defineStore('resource-filter', () => {
  const filter = ref<ResourceFilter>(Filter.parse({}))
  return { filter }
})

/** GB/T 35649 symbols by kind; a kind without one is a dot. */
export const kindSymbols: Record<ResourceKind, string | null> = {
  team: 'D20400', store: 'D30100', equipment: 'D40200', shelter: 'D60100', hospital: 'D50100', expert: null, 'fire-station': 'D20400', 'protection-target': 'C10200',
}
