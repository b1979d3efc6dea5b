// How this person has arranged the console: panels open or shut. Kept on this machine.
import { useMediaQuery, useStorage } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'

export const useLayout = defineStore('layout', () => {
  /** Below this width list and context lie over the globe instead of beside it. */
  const isNarrow = useMediaQuery('(max-width: 1599px)')
  const wide = useStorage('wanglou.layout', { isListOpen: true, isContextOpen: true, isTimelineOpen: true })
  const narrow = ref({ isListOpen: true, isContextOpen: false, isTimelineOpen: false })
  const panels = computed(() => (isNarrow.value ? narrow.value : wide.value))
  const isPaletteOpen = ref(false)
  const isKeyHelpOpen = ref(false)

  function toggle(panel: keyof typeof narrow.value): void {
    panels.value[panel] = !panels.value[panel]
  }
  /** On a narrow console: one of the two that lie over the globe, the other makes room. */
  function show(panel: 'isListOpen' | 'isContextOpen'): void {
    panels.value.isListOpen = panel === 'isListOpen'
    panels.value.isContextOpen = panel === 'isContextOpen'
  }
  /** Nothing lies over the middle. */
  function clear(): void {
    panels.value.isListOpen = false
    panels.value.isContextOpen = false
  }
  return { isNarrow, panels, isPaletteOpen, isKeyHelpOpen, toggle, show, clear }
})
