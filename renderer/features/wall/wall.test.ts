// The pure parts of the wall's pages: no screen ever mixes two scenes, the clock is reckoned, tiles stay within the wall.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { movingOf, type ScreenContent, type ScreenEvent, wallCanvasOf, type WallTile } from '../../../native/contract/index.ts'
import { moved, newTile, placed, stillsOf } from './composer.ts'
import { Readiness } from './screen/readiness.ts'
import { nothing, onEvent, onFailed, onReady, onShown, type ScreenState, showInMs, StationClock } from './screen/screen-state.ts'
import { aheadS, nearS, rateOf, wantedS } from './tiles/film-clock.ts'
import en from './words.en.ts'
import zh from './words.zh-CN.ts'
import { displayFacts, displayFaultCodes, displayProtocols, wallTileKinds } from '../../../native/contract/index.ts'
import { dayWords, minuteOf, minuteWords, withDay } from './schedules.ts'

const seed = Date.now() % 2_147_483_647
console.log(`wall pages: fast-check seed ${seed}`)
const content = (of: string): ScreenContent => ({ switch: of, sceneName: of, isInternal: false, tiles: [] })

describe('a screen', () => {
  test('shows nothing of a scene before it is loaded and its moment has come', () => {
    let state = onEvent(nothing, { kind: 'prepare', content: content('a'), stationNow: 1000 })
    expect(showInMs(state, 1000)).toBeNull()
    state = onEvent(state, { kind: 'show', switch: 'a', at: 1200, isForced: false, stationNow: 1010 })
    expect([state.shown, showInMs(state, 1100)]).toEqual([null, null])
    state = onReady(state, 'a')
    expect([showInMs(state, 1100), showInMs(state, 5000)]).toEqual([100, 0])
    expect(onShown(state)).toEqual({ ...nothing, shown: content('a') })
  })

  test('comes back from a cut line to the scene that is right now, and keeps its own until that is loaded', () => {
    const running: ScreenState = { ...nothing, shown: content('a') }
    const same = onEvent(running, { kind: 'state', screenName: '', wallName: '', content: content('a'), stationNow: 0 })
    expect(same).toEqual(running)
    const other = onEvent(running, { kind: 'state', screenName: '', wallName: '', content: content('b'), stationNow: 0 })
    expect([other.shown?.switch, other.prepared?.switch, showInMs(other, 0)]).toEqual(['a', 'b', null])
    expect(onShown(onReady(other, 'b')).shown?.switch).toBe('b')
    expect(onEvent(running, { kind: 'revoked' })).toEqual(nothing)
  })

  test('that is not ready keeps what it shows until it is, or until it is told to; where nothing is, the rest is better than nothing', () => {
    const late = onFailed(onEvent({ ...nothing, shown: content('a') }, { kind: 'prepare', content: content('b'), stationNow: 0 }), 'b')
    const told = (isForced: boolean) => onEvent(late, { kind: 'show', switch: 'b', at: 100, isForced, stationNow: 0 })
    expect(showInMs(told(false), 0)).toBeNull()
    expect(showInMs(onReady(told(false), 'b'), 0)).toBe(100)
    expect(showInMs(told(true), 0)).toBe(100)
    const dark = onFailed(onEvent(nothing, { kind: 'state', screenName: '', wallName: '', content: content('b'), stationNow: 0 }), 'b')
    expect(showInMs(dark, 0)).toBe(0)
  })

  test('is ready when each tile shows something of its own; words that nothing was chosen are something, a picture that is not there is nothing', () => {
    const readiness = new Readiness(['a', 'b', 'c'])
    for (const tile of ['a', 'b']) readiness.told(tile, null)
    expect([readiness.isReady, readiness.endPatience()]).toEqual([false, false])
    expect([...readiness.faults]).toEqual([['c', 'slow']])
    for (const [fault, isReady] of [
      ['picture', false],
      ['partly', true],
      ['missing', false],
      ['broken', false],
      ['unset', true],
      ['nobody', true],
      ['unread', false],
      [null, true],
    ] as const) {
      readiness.told('c', fault)
      expect([fault, readiness.isReady]).toEqual([fault, isReady])
    }
  })

  test('that was cut off between loading a scene and being told to show it shows it when it is back: a loaded scene says so only once', () => {
    const loaded = onReady(onEvent({ ...nothing, shown: content('a') }, { kind: 'prepare', content: content('b'), stationNow: 0 }), 'b')
    expect(showInMs(loaded, 0)).toBeNull()
    const back = onEvent(loaded, { kind: 'state', screenName: '', wallName: '', content: content('b'), stationNow: 500 })
    expect(showInMs(back, 500)).toBe(0)
    expect(onShown(back)).toEqual({ ...nothing, shown: content('b') })
  })

  test('whatever the station says in whatever order: what is seen was whole when it was seen, and a show of another scene shows nothing', () => {
    const name = fc.constantFrom('a', 'b', 'c')
    const step = fc.oneof(
      name.map((of): ScreenEvent => ({ kind: 'prepare', content: content(of), stationNow: 0 })),
      name.map((of): ScreenEvent => ({ kind: 'show', switch: of, at: 0, isForced: false, stationNow: 0 })),
      name.map((of): ScreenEvent => ({ kind: 'state', screenName: '', wallName: '', content: content(of), stationNow: 0 })),
      name.map((of) => ({ ready: of })),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let state = nothing
        const whole = new Set<string>()
        for (const one of steps) {
          if ('ready' in one) {
            if (state.prepared?.switch === one.ready) whole.add(one.ready)
            state = onReady(state, one.ready)
          } else {
            // Prepared anew it must be loaded anew; the one that is loaded beneath stays so.
            const told = one.kind === 'prepare' || one.kind === 'state' ? (one.content?.switch ?? null) : null
            if (told !== null && told !== state.shown?.switch && told !== state.prepared?.switch) whole.delete(told)
            state = onEvent(state, one)
          }
          if (showInMs(state, 0) !== null) {
            expect(whole.has(state.prepared!.switch)).toBe(true)
            state = onShown(state)
          }
        }
      }),
      { seed, numRuns: 300 },
    )
  })

  test('reckons the station’s clock from what came least late', () => {
    const clock = new StationClock()
    for (const lateMs of [80, 3, 200]) clock.heard(10_000, 5_000 + lateMs)
    expect(clock.now(6_000)).toBe(6_000 + 4_997)
  })
})

test('a tile stays within the wall, on its grid, whatever is done to it', () => {
  const shape = { rows: 2, columns: 3, bezelX: 30, bezelY: 30 }
  const canvas = wallCanvasOf(shape)
  fc.assert(
    fc.property(
      fc.record({
        x: fc.double({ min: -9, max: 9, noNaN: true }),
        y: fc.double({ min: -9, max: 9, noNaN: true }),
        width: fc.double({ min: -1, max: 9, noNaN: true }),
        height: fc.double({ min: -1, max: 9, noNaN: true }),
      }),
      (frame) => {
        const { x, y, width, height } = placed(frame, shape)
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0)
        expect(Math.min(width, height)).toBeGreaterThan(0.1)
        expect([x + width <= canvas.width + 1e-9, y + height <= canvas.height + 1e-9]).toEqual([true, true])
      },
    ),
    { seed },
  )
})

test('what will be a still is known before the switch: pictures, not whole tiles', () => {
  const shape = { rows: 1, columns: 1, bezelX: 0, bezelY: 0 }
  const idOf = (index: number) => `018f0000-0000-7000-8000-00000000000${index}`
  const grid = {
    ...newTile('camera', { id: idOf(0), at: { x: 0, y: 0 }, shape }),
    cameras: Array.from({ length: 9 }, (_, index) => idOf(index)),
  } as WallTile
  const tiles = [grid, newTile('video', { id: idOf(1), at: { x: 0, y: 0 }, shape }), newTile('clock', { id: idOf(2), at: { x: 0, y: 0 }, shape })]
  const moving = movingOf(tiles, shape)
  expect(tiles.map((tile) => stillsOf(tile, moving))).toEqual([3, 1, 0])
})

test('a scene is moved by one place, and at either end stays where it is', () => {
  const list = ['a', 'b', 'c']
  expect([moved(list, 0, 1), moved(list, 2, -1), moved(list, 1, -1)]).toEqual([
    ['b', 'a', 'c'],
    ['a', 'c', 'b'],
    ['b', 'a', 'c'],
  ])
  expect([moved(list, 0, -1), moved(list, 2, 1), moved(list, -1, 1)]).toEqual([null, null, null])
})

describe('a film', () => {
  test('is brought to its place the nearer way round, by its speed, within what is seen', () => {
    const at = (positionS: number, nowMs: number) => aheadS(positionS, { nowMs, durationS: 10 })
    expect(at(3, 3_000)).toBeCloseTo(0)
    expect(at(0.1, 9_900)).toBeCloseTo(0.2)
    expect(at(9.9, 10_100)).toBeCloseTo(-0.2)
    expect([rateOf(0.3), rateOf(-0.3), rateOf(0.05), rateOf(0)]).toEqual([0.85, 1.15, 0.95, 1])
  })

  test('that is a third of a second off is within 80 ms after two and a half, and stays', () => {
    fc.assert(
      fc.property(fc.double({ min: -0.39, max: 0.39, noNaN: true }), fc.double({ min: 1, max: 600, noNaN: true }), (offS, durationS) => {
        let [nowS, positionS] = [1_000, (wantedS(1_000_000, durationS) + offS + durationS) % durationS]
        for (let check = 0; check < 40; check += 1) {
          const rate = rateOf(aheadS(positionS, { nowMs: nowS * 1000, durationS }))
          nowS += 0.25
          positionS = (positionS + 0.25 * rate) % durationS
          if (check >= 10) expect(Math.abs(aheadS(positionS, { nowMs: nowS * 1000, durationS }))).toBeLessThan(nearS)
        }
      }),
      { seed },
    )
  })
})

test('every kind of tile, protocol, fact and fault has its words', () => {
  for (const words of [zh, en]) {
    expect(Object.keys(words.kind).sort()).toEqual([...wallTileKinds].sort())
    expect(Object.keys(words.devices.protocols).sort()).toEqual([...displayProtocols].sort())
    expect(Object.keys(words.devices.fact).sort()).toEqual([...displayFacts].sort())
    expect(Object.keys(words.devices.fault).sort()).toEqual([...displayFaultCodes].sort())
  }
})

test('a time of day as people type it, the days as they read them', () => {
  expect(['8:00', '08：00', '0800', ' 23:59 ', '0:00'].map(minuteOf)).toEqual([480, 480, 480, 1_439, 0])
  expect(['24:00', '8:60', '8', '', '早上'].map(minuteOf)).toEqual([null, null, null, null, null])
  for (const minute of [0, 59, 480, 1_439]) expect(minuteOf(minuteWords(minute))).toBe(minute)
  expect(['1111111', '1111100', '0000011', '0000000', '1010000'].map(dayWords)).toEqual(['daily', 'workdays', 'weekend', 'never', [0, 2]])
  expect(withDay(withDay('1111100', 6), 0)).toBe('0111101')
})
