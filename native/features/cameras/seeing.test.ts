import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CameraRow, LonLat } from '../../contract/index.ts'
import { camerasSeeing } from './seeing.ts'

const seed = Date.now() % 2_147_483_647
console.log(`seeing: fast-check seed ${seed}`)

const here: LonLat = [109, 34]
/** About 92 m to the east and 111 m to the north for each thousandth of a degree. */
function camera(name: string, position: LonLat | null, more: Partial<CameraRow> = {}): CameraRow {
  return {
    id: '00000000-0000-7000-8000-000000000000',
    name,
    area: null,
    areaName: null,
    owner: '',
    device: '',
    channel: '',
    position,
    heightM: 6,
    azimuthDeg: 0,
    viewDeg: 60,
    rangeM: 500,
    hasPtz: false,
    sourceKind: 'rtsp',
    player: 'sfu',
    hasSub: false,
    isSample: false,
    stillAt: null,
    ...more,
  }
}
const names = (cameras: readonly CameraRow[], limit = 16) => camerasSeeing(here, cameras, limit).map(({ name }) => name)

test('who looks there, nearest and straightest first; who looks away, stands too far or nowhere, is left out', () => {
  const south: LonLat = [109, 33.999]
  expect(
    names([
      camera('away', south, { azimuthDeg: 180 }),
      camera('far', [109, 33.99]),
      camera('nowhere', null),
      camera('aslant', south, { azimuthDeg: 25 }),
      camera('straight', south),
      camera('nearest', [109, 33.9995]),
    ]),
  ).toEqual(['nearest', 'straight', 'aslant'])
})

test('what can be turned comes after what looks already, what looks all around needs no direction', () => {
  const south: LonLat = [109, 33.999]
  const found = camerasSeeing(
    here,
    [
      camera('ptz', south, { azimuthDeg: 180, hasPtz: true }),
      camera('dome', south, { azimuthDeg: null, viewDeg: 360 }),
      camera('unknown', south, { azimuthDeg: null }),
    ],
    16,
  )
  expect(found.map(({ name, mustTurn }) => `${name} ${mustTurn}`)).toEqual(['dome false', 'unknown false', 'ptz true'])
})

test('north is no edge: 350° and 10° are 20° apart', () => {
  expect(names([camera('one', [109, 33.999], { azimuthDeg: 350, viewDeg: 30 })])).toEqual(['one'])
  expect(names([camera('one', [109, 33.999], { azimuthDeg: 340, viewDeg: 30 })])).toEqual([])
})

test('wherever cameras stand: within range, within view or turnable, and in the order of what was asked', () => {
  const any = fc.record({
    dx: fc.double({ min: -0.01, max: 0.01, noNaN: true }),
    dy: fc.double({ min: -0.01, max: 0.01, noNaN: true }),
    azimuthDeg: fc.option(fc.integer({ min: 0, max: 360 })),
    viewDeg: fc.option(fc.integer({ min: 1, max: 360 })),
    hasPtz: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(any, { maxLength: 30 }), fc.integer({ min: 1, max: 10 }), (all, limit) => {
      const cameras = all.map(({ dx, dy, ...more }) => camera('x', [here[0] + dx, here[1] + dy], more))
      const found = camerasSeeing(here, cameras, limit)
      expect(found.length).toBeLessThanOrEqual(limit)
      for (const one of found) {
        expect(one.distanceM).toBeLessThanOrEqual(500)
        if (one.offAxisDeg !== null) expect(one.offAxisDeg).toBeLessThanOrEqual((one.viewDeg ?? 60) / 2)
        if (one.mustTurn) expect(one.hasPtz).toBe(true)
      }
    }),
    { seed },
  )
})
