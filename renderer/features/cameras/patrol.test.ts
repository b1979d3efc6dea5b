// 轮巡 and the grid: everything comes by, what somebody works at stays, and what was chosen comes back.
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, ref } from 'vue'
import { chosenIds, closeCamera, layout, moveCamera, openCamera, patrolledIds, showCameras, shownIds, toggleCamera } from './chosen.ts'
import { nextOf, usePatrol } from './patrol.ts'

const seed = Date.now() % 2_147_483_647
console.log(`patrol: fast-check seed ${seed}`)
const nobody: ReadonlySet<string> = new Set()

beforeEach(() => {
  vi.useFakeTimers()
  patrolledIds.value = null
  showCameras(['a', 'b', 'c', 'd'])
})
afterEach(() => void vi.useRealTimers())

test('a patrol shows every camera of the list, whatever the grid, and leaves held tiles in their places', () => {
  const some = fc.record({
    count: fc.integer({ min: 1, max: 60 }),
    tiles: fc.constantFrom(1, 4, 9, 16, 25),
    heldAt: fc.array(fc.nat(24), { maxLength: 3 }),
  })
  fc.assert(
    fc.property(some, ({ count, tiles, heldAt }) => {
      const all = Array.from({ length: count }, (_, index) => String(index))
      let step = nextOf(all, { shown: [], count: tiles, held: nobody, last: null })
      const held = new Set(heldAt.flatMap((place) => step.ids[place] ?? []))
      const places = step.ids.map((id) => (held.has(id) ? id : null))
      const seen = new Set(step.ids)
      const free = tiles - held.size
      for (let turn = 0; free > 0 && turn < Math.ceil(count / free); turn += 1) {
        step = nextOf(all, { shown: step.ids, count: tiles, held, last: step.last })
        expect(new Set(step.ids).size).toBe(Math.min(count, tiles))
        for (const [index, id] of places.entries()) if (id !== null) expect(step.ids[index]).toBe(id)
        for (const id of step.ids) seen.add(id)
      }
      if (free > 0) expect(seen.size).toBe(count)
      else expect(nextOf(all, { shown: step.ids, count: tiles, held, last: step.last }).ids).toEqual(step.ids)
    }),
    { seed },
  )
})

function patrol(held = ref<ReadonlySet<string>>(nobody)) {
  const scope = effectScope()
  return { scope, held, ...scope.run(() => usePatrol(ref(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']), held))! }
}

test('what was chosen is not touched by a patrol, and stands in the grid again at its end, also when its page is left', () => {
  for (const end of ['stopped', 'left']) {
    const { scope, toggle, isOn } = patrol()
    toggle()
    expect(shownIds.value).toEqual(['a', 'b', 'c', 'd'])
    vi.advanceTimersByTime(15_000)
    expect([isOn.value, shownIds.value]).toEqual([true, ['e', 'f', 'g', 'h']])
    if (end === 'stopped') toggle()
    else scope.stop()
    vi.advanceTimersByTime(60_000)
    expect([end, isOn.value, shownIds.value, chosenIds.value]).toEqual([end, false, ['a', 'b', 'c', 'd'], ['a', 'b', 'c', 'd']])
    scope.stop()
  }
})

test('its time is chosen; a tile that is worked at is passed over until it is free', () => {
  const { scope, toggle, seconds, held } = patrol()
  seconds.value = 10
  held.value = new Set(['b'])
  toggle()
  vi.advanceTimersByTime(10_000)
  expect(shownIds.value).toEqual(['e', 'b', 'f', 'g'])
  held.value = nobody
  vi.advanceTimersByTime(10_000)
  expect(shownIds.value).toEqual(['h', 'a', 'b', 'c'])
  seconds.value = 15
  scope.stop()
})

test('a camera that is opened by hand ends the patrol; a tile that is taken off or dragged does not, and changes nothing that was chosen', () => {
  const { scope, toggle, isOn } = patrol()
  toggle()
  vi.advanceTimersByTime(15_000)
  closeCamera('e')
  moveCamera('f', 'g')
  expect([isOn.value, shownIds.value, chosenIds.value]).toEqual([true, ['g', 'f', 'h'], ['a', 'b', 'c', 'd']])
  toggleCamera('x')
  expect([isOn.value, shownIds.value]).toEqual([false, ['a', 'b', 'c', 'x']])
  vi.advanceTimersByTime(60_000)
  expect(shownIds.value).toEqual(['a', 'b', 'c', 'x'])
  scope.stop()
})

test('tiles are dragged: onto another they change places, into the open to the end; what is not in the grid moves nothing', () => {
  const moves: [string, string | null, string][] = [
    ['a', 'c', 'cbad'],
    ['d', 'a', 'dbca'],
    ['a', null, 'bcda'],
    ['d', null, 'abcd'],
    ['a', 'a', 'abcd'],
    ['x', 'a', 'abcd'],
    ['a', 'x', 'abcd'],
  ]
  for (const [id, to, after] of moves) {
    showCameras(['a', 'b', 'c', 'd'])
    moveCamera(id, to)
    expect([id, to, chosenIds.value.join('')]).toEqual([id, to, after])
  }
})

test('a full grid gives way at its end; one that is open already stays where it is', () => {
  openCamera('a')
  expect(chosenIds.value).toEqual(['a', 'b', 'c', 'd'])
  openCamera('e')
  expect([layout.value, chosenIds.value]).toEqual([4, ['a', 'b', 'c', 'e']])
})
