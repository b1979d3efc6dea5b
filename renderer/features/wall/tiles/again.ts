// Tries again what failed in a tile: later and later, and at once when the station is heard again.
import { onScopeDispose, watch } from 'vue'
import { link } from '../../../app/link.ts'

const firstMs = 2_000
const longestMs = 60_000

export interface Again {
  /** It failed: asked for once more after a while; a second word of the same failure changes nothing. */
  failed: () => void
  /** It works: the next failure is tried again soon. */
  worked: () => void
}

/** @param work what is tried again; it says itself how it went */
export function useAgain(work: () => void): Again {
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  function run(): void {
    clearTimeout(timer)
    timer = undefined
    work()
  }
  watch(
    () => link.connections,
    () => timer !== undefined && run(),
  )
  onScopeDispose(() => clearTimeout(timer))
  return {
    failed() {
      if (timer !== undefined) return
      timer = setTimeout(run, Math.min(longestMs, firstMs * 2 ** failures))
      failures += 1
    },
    worked() {
      failures = 0
      clearTimeout(timer)
      timer = undefined
    },
  }
}
