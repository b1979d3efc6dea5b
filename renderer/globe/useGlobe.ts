// The one globe of the page: null until it stands.
import { type ShallowRef, shallowRef, watch } from 'vue'
import type { Globe } from './types.ts'

const current = shallowRef<Globe | null>(null)

/** The globe of this page; null while it is loading, or where no graphics are to be had. */
export function useGlobe(): Readonly<ShallowRef<Globe | null>> {
  return current
}

/** Resolves when the globe stands. */
export function globeReady(): Promise<Globe> {
  return new Promise((resolve) => {
    const stop = watch(
      current,
      (globe) => {
        if (globe === null) return
        resolve(globe)
        queueMicrotask(() => stop())
      },
      { immediate: true },
    )
  })
}

/** Called by GlobeView alone. */
export function setGlobe(globe: Globe | null): void {
  current.value = globe
}
