// How the page stands with its station: open or lost, since when, when anything was last heard.
import { reactive, readonly } from 'vue'
import type { EpochMs } from '../../native/contract/index.ts'

interface Link {
  state: 'connecting' | 'open' | 'lost'
  since: EpochMs
  /** When the station last said anything; null = never. */
  lastEvidenceAt: EpochMs | null
  /** Grows with each connection; a watcher refetches everything when it does. */
  connections: number
}

const state = reactive<Link>({ state: 'connecting', since: Date.now(), lastEvidenceAt: null, connections: 0 })

export const link = readonly(state)

export function linkOpen(): void {
  state.state = 'open'
  state.since = Date.now()
  state.lastEvidenceAt = state.since
  state.connections += 1
}

export function linkLost(): void {
  if (state.state === 'lost') return
  state.state = 'lost'
  state.since = Date.now()
}

export function linkHeard(): void {
  state.lastEvidenceAt = Date.now()
}
