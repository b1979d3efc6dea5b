// What a screen shows and prepares, as the station tells it. Pure: no two scenes are ever on it at once, and one that is not ready takes no other's place unless it is told to.
import type { ScreenContent, ScreenEvent } from '../../../../native/contract/index.ts'

export interface ScreenState {
  shown: ScreenContent | null
  /** Loaded beneath, not seen yet. */
  prepared: ScreenContent | null
  isPreparedReady: boolean
  /** The prepared one may be seen from here on, by the station's clock; null = it was not said yet. */
  showAt: number | null
}

export const nothing: ScreenState = { shown: null, prepared: null, isPreparedReady: false, showAt: null }

export function onEvent(state: ScreenState, event: ScreenEvent): ScreenState {
  switch (event.kind) {
    case 'state': {
      const { content } = event
      if (content === null) return nothing
      if (content.switch === state.shown?.switch) return { ...nothing, shown: content }
      // What it shows stays until the right one is loaded; one that was loaded before the line broke says so only once.
      return { ...state, prepared: content, isPreparedReady: isLoaded(state, content), showAt: event.stationNow }
    }
    case 'prepare':
      return { ...state, prepared: event.content, isPreparedReady: isLoaded(state, event.content), showAt: null }
    case 'show':
      if (state.prepared?.switch !== event.switch) return state
      return { ...state, showAt: event.at, isPreparedReady: state.isPreparedReady || event.isForced }
    case 'revoked':
      return nothing
    case 'changed':
    case 'pulse':
      return state
    default:
      return event satisfies never
  }
}

function isLoaded({ prepared, isPreparedReady }: ScreenState, content: ScreenContent): boolean {
  return isPreparedReady && prepared?.switch === content.switch
}

/** Everything of it is loaded. */
export function onReady(state: ScreenState, of: string): ScreenState {
  return state.prepared?.switch === of ? { ...state, isPreparedReady: true } : state
}

/** Something of it is missing. What is on the screen stays; where nothing is, the rest of it is better than nothing. */
export function onFailed(state: ScreenState, of: string): ScreenState {
  return state.shown === null ? onReady(state, of) : state
}

/** @returns milliseconds until the prepared scene is to be seen; null = not yet to be */
export function showInMs(state: ScreenState, stationNow: number): number | null {
  return state.isPreparedReady && state.showAt !== null ? Math.max(0, state.showAt - stationNow) : null
}

export function onShown(state: ScreenState): ScreenState {
  return state.prepared === null ? state : { ...nothing, shown: state.prepared }
}

/** Reckons the station's clock: an answer is never early, so the least late one is the nearest. */
export class StationClock {
  #offsets: number[] = []

  heard(stationNow: number, ourNow: number): void {
    this.#offsets = [...this.#offsets, stationNow - ourNow].slice(-12)
  }

  now(ourNow: number): number {
    return ourNow + (this.#offsets.length === 0 ? 0 : Math.max(...this.#offsets))
  }
}
