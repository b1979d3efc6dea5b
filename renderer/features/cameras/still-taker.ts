// Stills of cameras that do not fit the decode budget: each plays every five seconds until its first frame, which goes to the station or stays with whoever asked; a few at a time.
import { onScopeDispose, ref, watch, type Ref } from 'vue'
import type { WallCamera } from '../../../native/contract/index.ts'
import { lineOf } from './player-of.ts'
import { sendStill } from './stills.ts'

const everyMs = 5_000
/** A key frame may be long in coming: one that is waited for holds no other up. */
const patienceMs = 6_000
const atOnce = 4

export type StillCamera = Pick<WallCamera, 'id' | 'player' | 'hasSub'>
export interface StillTakerOptions {
  /** Before the paths of pictures. */
  base: string
  keep: (camera: string, video: HTMLVideoElement) => Promise<void>
}
const toStation: StillTakerOptions = { base: '', keep: sendStill }

/** When the last still of each was taken. @param cameras those that show only a still @param take whether a frame came */
export function useStillTaker<Camera extends StillCamera>(
  cameras: Ref<readonly Camera[]>,
  take: (camera: Camera) => Promise<boolean> = (camera) => takeStill(camera, toStation),
) {
  const takenAt = ref<Record<string, number>>({})
  /** When each was begun last; those that were never come first. */
  const begunAt = new Map<string, number>()
  const busy = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOpen = true

  function beginDue(): void {
    clearTimeout(timer)
    if (!isOpen) return
    const begun = ({ id }: StillCamera) => begunAt.get(id) ?? -Infinity
    const waiting = cameras.value.filter(({ id }) => !busy.has(id)).toSorted((a, b) => begun(a) - begun(b))
    for (const camera of waiting) {
      const inMs = begun(camera) + everyMs - Date.now()
      // Whoever is done makes room for the next.
      if (busy.size >= atOnce) return
      if (inMs > 0) return void (timer = setTimeout(beginDue, inMs))
      void begin(camera)
    }
  }
  async function begin(camera: Camera): Promise<void> {
    busy.add(camera.id)
    begunAt.set(camera.id, Date.now())
    try {
      if (await take(camera)) takenAt.value = { ...takenAt.value, [camera.id]: Date.now() }
    } finally {
      busy.delete(camera.id)
      beginDue()
    }
  }
  watch(cameras, beginDue, { immediate: true })
  onScopeDispose(() => {
    isOpen = false
    clearTimeout(timer)
  })
  return takenAt
}

/** @returns whether a frame came */
export async function takeStill({ id, player, hasSub }: StillCamera, { base, keep }: StillTakerOptions): Promise<boolean> {
  const video = document.createElement('video')
  video.muted = true
  try {
    const line = await lineOf({ id, player, quality: hasSub ? 'sub' : 'main' }, base)({ video, onFault: () => undefined })
    if (line === null) return false
    try {
      const hasFrame = await firstFrame(video)
      if (hasFrame) await keep(id, video)
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
