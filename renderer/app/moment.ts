// Which moment and which world the page shows: live or drill, now or rewound.
import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { EpochMs } from '../../native/contract/index.ts'

export const useMoment = defineStore('moment', () => {
  /** 演练: this station is a drill's; nothing leaves it. */
  const isDrill = ref(false)
  /** The page shows what stood at this moment; null = now. */
  const rewoundTo = ref<EpochMs | null>(null)
  /** `happened`: as it was in the world; `known`: as this station knew it. */
  const rewoundBy = ref<'happened' | 'known'>('happened')

  function rewind(at: EpochMs, by: 'happened' | 'known'): void {
    rewoundTo.value = at
    rewoundBy.value = by
  }
  function backToNow(): void {
    rewoundTo.value = null
  }
  return { isDrill, rewoundTo, rewoundBy, rewind, backToNow }
})
