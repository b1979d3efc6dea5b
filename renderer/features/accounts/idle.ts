// Tells the station that somebody is here: a key, a pointer, a touch. The station counts the idle time, so a page that hangs locks as well.
import { useEventListener } from '@vueuse/core'
import { rpc } from '../../app/rpc.ts'
import { useSession } from '../../app/session.ts'

const longestQuietMs = 20_000

/** @returns how long to keep quiet after having told the station: a quarter of the idle time, 20 s at most */
export function quietMs(idleLockMs: number): number {
  return Math.min(longestQuietMs, idleLockMs / 4)
}

export function useActivity(): void {
  const session = useSession()
  let toldAt = 0
  function tell(): void {
    const { state } = session
    if (state === null || state.person === null || state.isLocked) return
    const now = Date.now()
    if (now - toldAt < quietMs(state.idleLockMs)) return
    toldAt = now
    rpc.accounts.touch.mutate().catch((error: unknown) => console.warn('activity was not told', error))
  }
  for (const name of ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const)
    useEventListener(window, name, tell, { passive: true, capture: true })
}
