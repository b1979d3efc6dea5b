// Which cameras of the grid have given no picture for a while: they are asked on and on, and take nothing of what this machine can decode.
import { type Ref, ref } from 'vue'
import type { EpochMs, Id, StreamState } from '../../../native/contract/index.ts'

/** A camera that is started anew is back sooner: its neighbours do not become stills and play again because of it. */
const goneAfterMs = 30_000

export interface Gone {
  gone: Readonly<Ref<ReadonlySet<Id>>>
  /** How a stream that plays, or should, stands now. */
  saw(id: Id, state: StreamState, now: EpochMs): void
}

export function useGone(): Gone {
  const gone = ref<ReadonlySet<Id>>(new Set())
  const silentSince = new Map<Id, EpochMs>()
  return {
    gone,
    saw(id, state, now) {
      const plays = state === 'live' || state === 'degraded'
      if (plays) silentSince.delete(id)
      else if (!silentSince.has(id)) silentSince.set(id, now)
      const isGone = now - (silentSince.get(id) ?? now) > goneAfterMs
      if (isGone === gone.value.has(id)) return
      gone.value = new Set(isGone ? [...gone.value, id] : [...gone.value].filter((one) => one !== id))
    },
  }
}

/** Which of a grid may move: the first so many that give a picture. One that gives none is asked on and on beside them. */
export function moversOf(cameras: readonly Id[], { most, gone }: { most: number; gone: ReadonlySet<Id> }): ReadonlySet<Id> {
  let left = most
  return new Set(cameras.filter((id) => gone.has(id) || (left -= 1) >= 0))
}
