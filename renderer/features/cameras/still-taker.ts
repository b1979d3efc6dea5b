// Stills of cameras that do not fit the decode budget: one after the other each plays until its first frame, which goes to the station.
import { onScopeDispose, ref, watch, type Ref } from 'vue'
import type { CameraRow } from '../../../native/contract/index.ts'
import { lineOf } from './player-of.ts'
import { sendStill } from './stills.ts'

const everyMs = 5_000
/** A key frame may be long in coming. */
const patienceMs = 6_000

/** When the last still of each was taken. @param cameras those that show only a still */
export function useStillTaker(cameras: Ref<readonly CameraRow[]>) {
  const takenAt = ref<Record<string, number>>({})
  let isOpen = true
  let isBusy = false

  async function round(): Promise<void> {
    if (isBusy) return
    isBusy = true
    try {
      while (isOpen && cameras.value.length > 0) {
        const startedAt = Date.now()
        for (const camera of cameras.value) {
          if (isOpen && (await takeStill(camera))) takenAt.value = { ...takenAt.value, [camera.id]: Date.now() }
        }
        await new Promise((resolve) => setTimeout(resolve, Math.max(500, everyMs - (Date.now() - startedAt))))
      }
    } finally {
      isBusy = false
    }
  }
  watch(cameras, () => void round(), { immediate: true })
  onScopeDispose(() => (isOpen = false))
  return takenAt
}

/** @returns whether a frame came */
async function takeStill({ id, player, hasSub }: CameraRow): Promise<boolean> {
  const video = document.createElement('video')
  video.muted = true
  try {
    const line = await lineOf({ id, player, quality: hasSub ? 'sub' : 'main' })({ video, onFault: () => undefined })
    if (line === null) return false
    try {
      const hasFrame = await firstFrame(video)
      if (hasFrame) await sendStill(id, video)
      return hasFrame
    } finally {
      line.close()
    }
  } catch (error) {
    // The station or the camera is away: the next round.
    if (error instanceof TypeError || error instanceof DOMException) return false
    throw error
  }
}

function firstFrame(video: HTMLVideoElement): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  video.requestVideoFrameCallback(() => resolve(true))
  video.play().catch(() => undefined)
  setTimeout(() => resolve(false), patienceMs)
  return promise
}
