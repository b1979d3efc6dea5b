// A page for a display seen from afar: laid out as if the display were so many pixels wide, and scaled to what it is.
import { useWindowSize } from '@vueuse/core'
import { computed } from 'vue'

/** @returns its height in those pixels, and the style of what is scaled */
export function useLogicalStage(widthPx: number) {
  const { width, height } = useWindowSize()
  const heightPx = computed(() => Math.round((widthPx * height.value) / Math.max(1, width.value)))
  const stageStyle = computed(() => ({ width: `${widthPx}px`, height: `${heightPx.value}px`, transform: `scale(${width.value / widthPx})` }))
  return { heightPx, stageStyle }
}
