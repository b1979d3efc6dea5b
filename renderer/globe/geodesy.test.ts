// The sphere's formulas beside turf's, over random places.
import * as turf from '@turf/turf'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LonLat } from '../../native/contract/index.ts'
import { circleRing, densify, destination, distanceM, lengthM, ringAreaM2, ringMiddle } from './geodesy.ts'

const place = fc.tuple(fc.double({ min: -180, max: 180, noNaN: true }), fc.double({ min: -80, max: 80, noNaN: true })) as fc.Arbitrary<LonLat>
const near = (value: number, expected: number, part: number): void => {
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(Math.abs(expected) * part + 1e-3)
}

test("distances are turf's", () => {
  fc.assert(fc.property(place, place, (a, b) => near(distanceM(a, b), turf.distance(a, b, { units: 'meters' }), 1e-6)))
})

test("a ring's area is turf's within a thousandth", () => {
  fc.assert(
    fc.property(place, fc.double({ min: 500, max: 50_000, noNaN: true }), (centre, radiusM) => {
      if (Math.abs(centre[0]) > 179) return
      const ring = circleRing(centre, radiusM)
      near(ringAreaM2(ring), turf.area(turf.polygon([ring])), 2e-3)
      near(ringAreaM2([...ring].reverse()), ringAreaM2(ring), 1e-9)
    }),
  )
})

test('a destination is as far as asked', () => {
  fc.assert(
    fc.property(place, fc.double({ min: 0, max: 360, noNaN: true }), fc.double({ min: 1, max: 2_000_000, noNaN: true }), (from, bearingDeg, rangeM) =>
      near(distanceM(from, destination(from, bearingDeg, rangeM)), rangeM, 1e-5),
    ),
  )
})

test('a densified line is as long, ends alike, and has no long piece', () => {
  const line: LonLat[] = [
    [108.94, 34.34],
    [109.5, 34.5],
    [110.2, 38.3],
  ]
  const dense = densify(line, 20_000)
  near(lengthM(dense), lengthM(line), 1e-9)
  expect([dense[0], dense.at(-1)]).toEqual([line[0], line.at(-1)])
  for (let index = 1; index < dense.length; index++) expect(distanceM(dense[index - 1]!, dense[index]!)).toBeLessThanOrEqual(20_000.1)
})

test('the middle of a square and of a line', () => {
  expect(
    ringMiddle([
      [108, 34],
      [110, 34],
      [110, 36],
      [108, 36],
      [108, 34],
    ]),
  ).toEqual([109, 35])
  expect(
    ringMiddle([
      [108, 34],
      [110, 34],
    ]),
  ).toEqual([109, 34])
})
