// A tile whose content the station gives: asked at once, when something changed, and every half minute; what cannot be asked now stays as it was, with its age.
import { computed, type ComputedRef, inject, onBeforeUnmount, onMounted, ref, type Ref, type ShallowRef, shallowRef } from 'vue'
import type { EpochMs, WallTile } from '../../../../native/contract/index.ts'
import { type TileData, tileDataKey } from './tile-data.ts'

const askEveryMs = 30_000
const staleMs = 90_000

export interface AskedTile<Content> {
  content: Readonly<ShallowRef<Content | null>>
  /** The last question was not answered. */
  isFailing: Readonly<Ref<boolean>>
  /** Older than it should be. */
  isStale: ComputedRef<boolean>
  /** The station's clock, each second. */
  now: Readonly<Ref<EpochMs>>
}

/**
 * @param options.onContent what it takes to show it; the tile is ready when this is done
 * @param options.onReady null, or that it could not be read
 */
export function useAskedTile<Content extends { readAt: EpochMs }>(options: {
  tile: () => WallTile
  ask: (data: TileData) => Promise<Content | null>
  onContent?: (content: Content | null) => Promise<void>
  onReady: (fault: string | null) => void
}): AskedTile<Content> {
  const { tile, ask, onContent, onReady } = options
  const data = inject(tileDataKey)!
  const content: ShallowRef<Content | null> = shallowRef(null)
  const isFailing = ref(false)
  const now = ref(data.now())
  let timer: ReturnType<typeof setInterval> | undefined
  let unfollow: (() => void) | null = null

  async function read(): Promise<void> {
    try {
      content.value = await ask(data)
      isFailing.value = false
      await onContent?.(content.value)
      onReady(null)
    } catch (error) {
      isFailing.value = true
      console.warn('tile not read', tile().kind, error)
      onReady('unread')
    }
  }
  onMounted(() => {
    void read()
    unfollow = data.onChanged(tile(), () => void read())
    let ticks = 0
    timer = setInterval(() => {
      now.value = data.now()
      ticks += 1
      if (ticks % (askEveryMs / 1000) === 0) void read()
    }, 1000)
  })
  onBeforeUnmount(() => {
    clearInterval(timer)
    unfollow?.()
  })
  const isStale = computed(() => content.value !== null && (isFailing.value || now.value - content.value.readAt > staleMs))
  return { content, isFailing, isStale, now }
}
