// One clock for the whole page: everything that ages looks at it.
import { onScopeDispose, readonly, type Ref, ref } from 'vue'
import type { EpochMs } from '../../native/contract/index.ts'

const now = ref<EpochMs>(Date.now())
let watchers = 0
let timer: ReturnType<typeof setTimeout> | null = null

function tick(): void {
  now.value = Date.now()
  timer = setTimeout(tick, 1_000 - (now.value % 1_000))
}

/** The present moment, epoch ms, on the full second; ticks while anybody looks. */
export function useNow(): Readonly<Ref<EpochMs>> {
  if (watchers === 0) tick()
  watchers += 1
  onScopeDispose(() => {
    watchers -= 1
    if (watchers > 0 || timer === null) return
    clearTimeout(timer)
    timer = null
  })
  return readonly(now)
}
