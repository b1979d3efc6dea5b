// Drawing point by point: what ends by itself, what a double click adds, what is shown meanwhile.
import { expect, test } from 'vitest'
import { areaText, lengthText, measureOf, Sketch } from './sketch.ts'

test('a point and a circle end by themselves, a line and a polygon do not', () => {
  expect(new Sketch('point').add([109, 34])).toBe(true)
  const circle = new Sketch('circle')
  expect(circle.add([109, 34])).toBe(false)
  expect(circle.finished()).toBeNull()
  expect(circle.add([109.01, 34])).toBe(true)
  expect(circle.finished()).toMatchObject({ type: 'Circle', coordinates: [109, 34], radiusM: expect.closeTo(921.9, 0) })
  const line = new Sketch('line')
  expect([line.add([109, 34]), line.add([110, 34]), line.add([111, 34])]).toEqual([false, false, false])
  expect(line.finished()).toEqual({
    type: 'LineString',
    coordinates: [
      [109, 34],
      [110, 34],
      [111, 34],
    ],
  })
})

test('the second click of a double click adds nothing; a point can be taken back', () => {
  const polygon = new Sketch('polygon')
  for (const place of [
    [109, 34],
    [110, 34],
    [110, 35],
    [110, 35],
  ] as [number, number][])
    polygon.add(place)
  expect(polygon.finished()).toEqual({
    type: 'Polygon',
    coordinates: [
      [
        [109, 34],
        [110, 34],
        [110, 35],
        [109, 34],
      ],
    ],
  })
  polygon.takeBack()
  expect(polygon.isComplete).toBe(false)
  polygon.cursor = [110.5, 35]
  expect(polygon.preview()).toMatchObject({ type: 'Polygon' })
  polygon.takeBack()
  expect(polygon.preview()).toEqual({
    type: 'LineString',
    coordinates: [
      [109, 34],
      [110.5, 35],
    ],
  })
})

test('measures and their words', () => {
  expect(
    measureOf('distance', {
      type: 'LineString',
      coordinates: [
        [109, 34],
        [109, 35],
      ],
    }),
  ).toBeCloseTo(111_195, -1)
  expect(
    measureOf('area', {
      type: 'Polygon',
      coordinates: [
        [
          [109, 34],
          [110, 34],
          [110, 35],
          [109, 35],
          [109, 34],
        ],
      ],
    }) / 1e6,
  ).toBeCloseTo(10_190, -2)
  expect([lengthText(8.44), lengthText(850), lengthText(12_345), lengthText(462_800)]).toEqual(['8.4 m', '850 m', '12.35 km', '463 km'])
  expect([areaText(4200), areaText(3_420_000), areaText(10_190_000_000)]).toEqual(['4 200 m²', '3.42 km²', '10190 km²'])
})
