// The age of what a tile shows is the age of a frame that was really shown.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { SteadyPlayer } from './steady-player.ts'

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => void vi.useRealTimers())

/** A video element whose frames the test gives. */
function screenOf() {
  let onFrame: (() => void) | null = null
  const video = { videoWidth: 0, play: async () => undefined, requestVideoFrameCallback: (call: () => void) => (onFrame = call) }
  const frame = () => {
    const call = onFrame
    onFrame = null
    call?.()
  }
  return { video: video as unknown as HTMLVideoElement, frame }
}

test('what is on the screen is as old as its last frame: while the camera says nothing, while its line is opened again, while packets come without a picture', async () => {
  const { video, frame } = screenOf()
  let isComing = true
  let opened = 0
  const player = new SteadyPlayer({
    video,
    canvas: {} as HTMLCanvasElement,
    open: async () => {
      opened += 1
      return { close: () => undefined, isBroken: () => false, latencyMs: async () => null }
    },
    isComing: () => isComing,
    onPicture: () => undefined,
    onFault: () => undefined,
  })
  expect(player.shownAt).toBeNull()
  player.start()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(player.shownAt).toBeNull()
  frame()
  await vi.advanceTimersByTimeAsync(1_000)
  frame()
  expect(player.shownAt).toBe(1_002_000)
  // The camera is away: the last frame stays as old as it is.
  isComing = false
  await vi.advanceTimersByTimeAsync(20_000)
  expect([player.shownAt, opened]).toEqual([1_002_000, 1])
  // The station has packets, and the line gives no picture of them.
  isComing = true
  await vi.advanceTimersByTimeAsync(20_000)
  expect(opened).toBeGreaterThan(1)
  expect(player.shownAt).toBe(1_002_000)
  player.stop()
})
