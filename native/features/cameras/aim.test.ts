// Aiming at the ground: what a mount is told makes it look there again, and the place it looks at is the place that was meant.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LonLat } from '../../contract/index.ts'
import { distanceM } from '../../kernel/great-circle.ts'
import { aimAt, aimOf, panTiltOf } from './aim.ts'

const seed = Date.now() % 2_147_483_647
console.log(`aim: fast-check seed ${seed}`)
const real = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const tilts = fc.constantFrom({ level: 0, down: -1 }, { level: 1, down: -1 }, { level: 0, down: 1 }, { level: -1, down: 1 })
const mount = fc.record({ northDeg: real(0, 359.9), panDeg: fc.constantFrom(355, 360), tilt: tilts }).map(({ tilt, ...pan }) => ({ ...pan, ...tilt }))
const camera = fc.record({ lon: real(73, 135), lat: real(18, 53), heightM: real(3, 200) })

test('what a mount is told is within its bounds and looks where it should', () => {
  fc.assert(
    fc.property(mount, real(0, 359.99), real(0, 90), (calibration, bearing, downDeg) => {
      const told = panTiltOf({ bearingDeg: bearing, downDeg }, calibration)
      if (told === null) {
        expect(calibration.panDeg).toBeLessThan(360)
        return
      }
      expect(Math.max(Math.abs(told.pan), Math.abs(told.tilt))).toBeLessThanOrEqual(1)
      const looks = aimOf(told, calibration)
      expect(Math.abs(((looks.bearingDeg - bearing + 540) % 360) - 180)).toBeLessThan(1e-6)
      expect(looks.downDeg).toBeCloseTo(downDeg, 6)
    }),
    { seed },
  )
})

test('from the angles and the height alone the place is found again', () => {
  fc.assert(
    fc.property(camera, real(0, 360), real(2, 2_000), ({ lon, lat, heightM }, direction, farM) => {
      const latDeg = (farM * Math.cos((direction * Math.PI) / 180)) / 111_195
      const lonDeg = (farM * Math.sin((direction * Math.PI) / 180)) / (111_195 * Math.cos((lat * Math.PI) / 180))
      const point: LonLat = [lon + lonDeg, lat + latDeg]
      const { bearingDeg, downDeg } = aimAt(point, { position: [lon, lat], heightM })
      const reachM = heightM / Math.tan((downDeg * Math.PI) / 180)
      expect(Math.abs(reachM - distanceM([lon, lat], point))).toBeLessThan(1e-3 * farM)
      // The bearing of a short way is that of the flat one, but for the meridians that draw together.
      expect(Math.abs(((bearingDeg - direction + 540) % 360) - 180)).toBeLessThan(0.1)
    }),
    { seed },
  )
})

test('due east, as far as it is high: 90° and halfway down', () => {
  const aim = aimAt([109.001, 0], { position: [109, 0], heightM: distanceM([109, 0], [109.001, 0]) })
  expect(aim.bearingDeg).toBeCloseTo(90, 6)
  expect(aim.downDeg).toBeCloseTo(45, 6)
  expect(panTiltOf(aim, { northDeg: 45, panDeg: 360, level: 0, down: -1 })).toEqual({ pan: expect.closeTo(0.25, 6), tilt: expect.closeTo(-0.5, 6) })
  expect(panTiltOf({ bearingDeg: 180, downDeg: 0 }, { northDeg: 0, panDeg: 300, level: 0, down: -1 })).toBeNull()
})
