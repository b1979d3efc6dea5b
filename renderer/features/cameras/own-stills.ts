// Stills that a page takes for itself alone: a screen of the wall writes nothing into the station.
import { onScopeDispose, reactive, type Ref } from 'vue'
import type { EpochMs } from '../../../native/contract/index.ts'
import { type StillCamera, takeStill, useStillTaker } from './still-taker.ts'
import { stillOf } from './stills.ts'

export interface OwnStill {
  url: string
  at: EpochMs
}

/** By camera. @param base before the paths of pictures */
export function useOwnStills(cameras: Ref<readonly StillCamera[]>, base: string): ReadonlyMap<string, OwnStill> {
  const stills = reactive(new Map<string, OwnStill>())
  let isOver = false
  const options = {
    base,
    async keep(camera: string, video: HTMLVideoElement) {
      const still = await stillOf(video)
      if (still === null || isOver) return
      const before = stills.get(camera)
      stills.set(camera, { url: URL.createObjectURL(still), at: Date.now() })
      if (before !== undefined) URL.revokeObjectURL(before.url)
    },
  }
  useStillTaker(cameras, (camera) => takeStill(camera, options))
  onScopeDispose(() => {
    isOver = true
    for (const { url } of stills.values()) URL.revokeObjectURL(url)
  })
  return stills
}
