// 数字放大: the wheel enlarges the picture around the pointer, a drag moves it, a double click sets it back.
import { computed, ref } from 'vue'

const largest = 8
const step = 1.25

export interface Zoom {
  scale: number
  /** Of the picture's middle from the tile's, as shares of the tile. */
  x: number
  y: number
}

const whole: Zoom = { scale: 1, x: 0, y: 0 }

/** @param at where the pointer stands, −0.5…0.5 from the middle of the tile */
export function zoomed(zoom: Zoom, { at, isIn }: { at: { x: number; y: number }; isIn: boolean }): Zoom {
  const scale = Math.min(largest, Math.max(1, zoom.scale * (isIn ? step : 1 / step)))
  const ratio = scale / zoom.scale
  // What lies under the pointer stays there.
  return within({ scale, x: at.x - (at.x - zoom.x) * ratio, y: at.y - (at.y - zoom.y) * ratio })
}

/** No edge of the picture comes into the tile. */
export function within({ scale, x, y }: Zoom): Zoom {
  const most = (scale - 1) / 2
  return { scale, x: Math.min(most, Math.max(-most, x)), y: Math.min(most, Math.max(-most, y)) }
}

export function useDigitalZoom() {
  const zoom = ref(whole)
  function onWheel(event: WheelEvent): void {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect()
    const at = { x: (event.clientX - box.left) / box.width - 0.5, y: (event.clientY - box.top) / box.height - 0.5 }
    zoom.value = zoomed(zoom.value, { at, isIn: event.deltaY < 0 })
  }
  function onMove(event: PointerEvent): void {
    if ((event.buttons & 1) === 0 || zoom.value.scale === 1) return
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect()
    zoom.value = within({ ...zoom.value, x: zoom.value.x + event.movementX / box.width, y: zoom.value.y + event.movementY / box.height })
  }
  return {
    zoom,
    /** As the style of the picture's layers. */
    style: computed(() =>
      zoom.value.scale === 1 ? {} : { transform: `translate(${zoom.value.x * 100}%, ${zoom.value.y * 100}%) scale(${zoom.value.scale})` },
    ),
    onWheel,
    onMove,
    reset: () => (zoom.value = whole),
  }
}
