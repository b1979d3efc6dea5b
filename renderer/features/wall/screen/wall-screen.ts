// The line of a screen to its station: paired or asking to be, following, reporting; comes back by itself whatever ended it.
import { onBeforeUnmount, onMounted, reactive, shallowRef } from 'vue'
import type { ScreenEvent, ScreenReport, WallTile } from '../../../../native/contract/index.ts'
import { pageError } from '../../../app/page-error.ts'
import { rpc } from '../../../app/rpc.ts'
import { nothing, onEvent, onFailed, onReady, onShown, type ScreenState, showInMs, StationClock } from './screen-state.ts'

const beginAgainMs = 2_000
/** Another window of the same screen took its place: two that throw each other out would flicker. */
const takenAgainMs = 30_000
const pulseEveryMs = 5_000
/** A picture of what is shown is made when the other screens of this machine have painted theirs. */
const pictureAfterMs = 1_000

export interface ScreenFace {
  phase: 'connecting' | 'code' | 'running' | 'taken' | 'gone'
  code: string
  screenName: string
  wallName: string
  /** By our own clock; null = never. */
  heardAt: number | null
}

export function useWallScreen(screen: string, options: { thumbnail: () => string | null }) {
  const face = reactive<ScreenFace>({ phase: 'connecting', code: '', screenName: '', wallName: '', heardAt: null })
  const state = shallowRef<ScreenState>(nothing)
  const faults = new Map<string, string>()
  const listeners = new Set<(kinds: readonly WallTile['kind'][]) => void>()
  const clock = new StationClock()
  let subscription: { unsubscribe: () => void } | null = null
  let beginTimer: ReturnType<typeof setTimeout> | undefined
  let showTimer: ReturnType<typeof setTimeout> | undefined
  let pulseTimer: ReturnType<typeof setInterval> | undefined
  let pictureTimer: ReturnType<typeof setTimeout> | undefined
  /** When what is shown was painted, by the station's clock. */
  let paintedAt: number | null = null
  let isOver = false

  async function begin(): Promise<void> {
    clearTimeout(beginTimer)
    try {
      const begun = await rpc.wall.screen.begin.mutate({ screen })
      if (isOver) return
      if (begun.isPaired) return follow()
      face.phase = 'code'
      face.code = begun.code
      state.value = nothing
    } catch (error) {
      if (pageError(error).code === 'NOT_FOUND') face.phase = 'gone'
    }
    beginTimer = setTimeout(() => void begin(), beginAgainMs)
  }

  function follow(): void {
    subscription?.unsubscribe()
    subscription = rpc.wall.screen.follow.subscribe(
      { screen },
      {
        onData: take,
        onError: () => again(beginAgainMs),
        onComplete() {
          if (face.phase === 'running') face.phase = 'taken'
          again(takenAgainMs)
        },
      },
    )
  }

  function again(afterMs: number): void {
    if (isOver) return
    clearTimeout(beginTimer)
    beginTimer = setTimeout(() => void begin(), afterMs)
  }

  function take(event: ScreenEvent): void {
    face.heardAt = Date.now()
    if ('stationNow' in event) clock.heard(event.stationNow, Date.now())
    if (event.kind === 'changed') for (const listener of listeners) listener(event.tiles)
    if (event.kind === 'state') {
      face.phase = 'running'
      face.screenName = event.screenName
      face.wallName = event.wallName
    }
    if (event.kind === 'revoked') {
      face.phase = 'connecting'
      again(100)
    }
    state.value = onEvent(state.value, event)
    if (event.kind === 'state' && state.value.prepared === null && state.value.shown !== null) report('shown')
    schedule()
  }

  /** Every tile of a prepared scene shows something of its own. */
  function ready(of: string, told: ReadonlyMap<string, string>): void {
    for (const [tile, reason] of told) faults.set(tile, reason)
    state.value = onReady(state.value, of)
    report('ready', of)
    schedule()
  }

  /** Something of it does not, in time. */
  function failed(of: string, told: ReadonlyMap<string, string>): void {
    for (const [tile, reason] of told) faults.set(tile, reason)
    state.value = onFailed(state.value, of)
    report(state.value.isPreparedReady ? 'ready' : 'failed', of)
    schedule()
  }

  /** A tile says how it stands; reported with what comes next. */
  function fault(tile: string, reason: string | null): void {
    if (reason === null) faults.delete(tile)
    else faults.set(tile, reason)
  }

  function schedule(): void {
    clearTimeout(showTimer)
    const waitMs = showInMs(state.value, clock.now(Date.now()))
    if (waitMs !== null) showTimer = setTimeout(show, waitMs)
  }

  function show(): void {
    state.value = onShown(state.value)
    paintedAt = null
    // Two frames on, what was swapped has been painted.
    requestAnimationFrame(() => requestAnimationFrame(painted))
  }

  function painted(): void {
    paintedAt = Math.round(clock.now(Date.now()))
    report('shown')
    clearTimeout(pictureTimer)
    pictureTimer = setTimeout(() => report('pulse'), pictureAfterMs)
  }

  function report(phase: ScreenReport['phase'], of: string | null = state.value.shown?.switch ?? null): void {
    const known = new Set([...(state.value.shown?.tiles ?? []), ...(state.value.prepared?.tiles ?? [])].map(({ tile }) => tile.id))
    for (const tile of faults.keys()) if (!known.has(tile)) faults.delete(tile)
    const thumbnail = phase === 'pulse' ? pictureNow() : null
    rpc.wall.screen.report
      .mutate({ screen, phase, switch: of, paintedAt, faults: [...faults].map(([tile, reason]) => ({ tile, reason })), thumbnail })
      .catch((error: unknown) => console.warn('report not taken', pageError(error).code))
  }

  function pictureNow(): string | null {
    try {
      return options.thumbnail()
    } catch (error) {
      // What it shows is said all the same.
      console.warn('no picture of the screen', error)
      return null
    }
  }

  onMounted(() => {
    void begin()
    pulseTimer = setInterval(() => face.phase === 'running' && report('pulse'), pulseEveryMs)
  })
  onBeforeUnmount(() => {
    isOver = true
    clearTimeout(beginTimer)
    clearTimeout(showTimer)
    clearInterval(pulseTimer)
    clearTimeout(pictureTimer)
    subscription?.unsubscribe()
  })

  return {
    face,
    state,
    ready,
    failed,
    fault,
    now: () => clock.now(Date.now()),
    onChanged(tile: WallTile, listener: () => void): () => void {
      const onKinds = (kinds: readonly WallTile['kind'][]) => kinds.includes(tile.kind) && listener()
      listeners.add(onKinds)
      return () => listeners.delete(onKinds)
    },
  }
}
