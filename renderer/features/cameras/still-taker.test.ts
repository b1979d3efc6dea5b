// Stills of what does not fit the decode budget are five seconds old and no older, also when some cameras let themselves be waited for.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, ref } from 'vue'
import type { CameraRow } from '../../../native/contract/index.ts'
import { useStillTaker } from './still-taker.ts'

beforeEach(() => void vi.useFakeTimers({ now: 0 }))
afterEach(() => void vi.useRealTimers())

/** @param takesMs how long a frame of each is in coming */
function taker(ids: readonly string[], takesMs: (id: string) => number) {
  const begun: Record<string, number[]> = {}
  const together = { now: 0, most: 0 }
  const scope = effectScope()
  const cameras = ref(ids.map((id) => ({ id }) as CameraRow))
  const takenAt = scope.run(() =>
    useStillTaker(cameras, async ({ id }) => {
      ;(begun[id] ??= []).push(Date.now())
      together.most = Math.max(together.most, (together.now += 1))
      await new Promise((resolve) => setTimeout(resolve, takesMs(id)))
      together.now -= 1
      return takesMs(id) < 6_000
    }),
  )!
  return { begun, together, scope, cameras, takenAt }
}
const nine = Array.from({ length: 9 }, (_, index) => `camera ${index}`)

test('nine cameras of a second each: every one every five seconds, never more than four at once', async () => {
  const { begun, together, takenAt } = taker(nine, () => 1_000)
  await vi.advanceTimersByTimeAsync(59_999)
  for (const id of nine) {
    const times = begun[id]!
    const gaps = times.slice(1).map((at, index) => at - times[index]!)
    expect([id, Math.max(...gaps), gaps.length]).toEqual([id, 5_000, 11])
    expect(Date.now() - takenAt.value[id]!).toBeLessThanOrEqual(6_000)
  }
  expect(together.most).toBe(4)
})

test('a camera that gives no frame holds the others up by nothing, and has no time of a still', async () => {
  const { begun, takenAt } = taker(nine, (id) => (id === 'camera 0' ? 6_000 : 500))
  await vi.advanceTimersByTimeAsync(59_999)
  for (const id of nine.slice(1)) expect(begun[id]!.length, id).toBe(12)
  expect(begun['camera 0']!.length).toBe(10)
  expect(Object.keys(takenAt.value).toSorted()).toEqual(nine.slice(1))
})

test('one that comes into the grid is taken at once; none is asked for when it has gone, or the page has', async () => {
  const { begun, cameras, scope } = taker(['a'], () => 100)
  await vi.advanceTimersByTimeAsync(2_000)
  cameras.value = [{ id: 'b' } as CameraRow]
  await vi.advanceTimersByTimeAsync(6_000)
  expect(begun).toEqual({ a: [0], b: [2_000, 7_000] })
  scope.stop()
  await vi.advanceTimersByTimeAsync(20_000)
  expect(begun['b']!.length).toBe(2)
})
