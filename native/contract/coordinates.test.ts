// What people type for a place, and what must be refused.
import { expect, test } from 'vitest'
import fc from 'fast-check'
import { formatDegrees, formatDms, parseCoordinate } from './coordinates.ts'

test.each([
  ['109.5,34.5', [109.5, 34.5]],
  ['109.5, 34.5', [109.5, 34.5]],
  ['109.5 34.5', [109.5, 34.5]],
  ['109.5，34.5', [109.5, 34.5]],
  ['（109.5，34.5）', [109.5, 34.5]],
  ['１０９．５，３４．５', [109.5, 34.5]],
  ['34.5N 109.5E', [109.5, 34.5]],
  ['34.5n,109.5e', [109.5, 34.5]],
  ['N34.5 E109.5', [109.5, 34.5]],
  ['109.5°E 34.5°N', [109.5, 34.5]],
  ['109°30′E 34°30′N', [109.5, 34.5]],
  ["109°30'E, 34°30'N", [109.5, 34.5]],
  ['109º30′E 34º30′N', [109.5, 34.5]],
  ['109°30′36″E 34°30′18″N', [109.51, 34.505]],
  ['109°30\'36"E 34°30\'18"N', [109.51, 34.505]],
  ['E109°30′ N34°30′', [109.5, 34.5]],
  ['109度30分 34度30分', [109.5, 34.5]],
  ['东经109度30分36秒 北纬34度30分18秒', [109.51, 34.505]],
  ['北纬34.5度，东经109.5度', [109.5, 34.5]],
  ['经度：109.5 纬度：34.5', [109.5, 34.5]],
  ['109 30 36 E 34 30 18 N', [109.51, 34.505]],
  ['109-30-36E 34-30-18N', [109.51, 34.505]],
  ['-70.5,-33.4', [-70.5, -33.4]],
  ['33.4S 70.5W', [-70.5, -33.4]],
])('%s', (words, [lon, lat]) => {
  const parsed = parseCoordinate(words)
  if (parsed === null || 'fault' in parsed) throw new Error(`not read: ${JSON.stringify(parsed)}`)
  expect(parsed.position[0]).toBeCloseTo(lon!, 9)
  expect(parsed.position[1]).toBeCloseTo(lat!, 9)
  expect(parsed.isSwapped).toBe(false)
})

test('latitude first is seen from the numbers, and said', () => {
  expect(parseCoordinate('34.5,109.5')).toEqual({ position: [109.5, 34.5], isSwapped: true })
  expect(parseCoordinate('34.5 80.2')).toEqual({ position: [80.2, 34.5], isSwapped: true })
})

test.each([
  ['109.5,97', 'out-of-range'],
  ['200,34', 'out-of-range'],
  ['109°61′E 34°30′N', 'minutes'],
  ['109°30′60″E 34°30′N', 'minutes'],
  ['34.5N 33.5N', 'same-axis'],
])('%s is refused: %s', (words, fault) => {
  expect(parseCoordinate(words)).toEqual({ fault })
})

test.each(['', '临渭区', '109.5', '610502', '1,2,3', '109.5,34.5 附近', 'NaN,NaN', '109..5,34.5', '朝阳大街 12 号 3 楼'])(
  '%s is no coordinate',
  (words) => {
    expect(parseCoordinate(words)).toBeNull()
  },
)

test('what is written is read back, to a metre and to three', () => {
  fc.assert(
    fc.property(fc.double({ min: -180, max: 180, noNaN: true }), fc.double({ min: -90, max: 90, noNaN: true }), (lon, lat) => {
      for (const [words, tolerance] of [
        [formatDegrees([lon, lat]), 0.000_006],
        [formatDms([lon, lat]), 0.000_02],
      ] as const) {
        const parsed = parseCoordinate(words)
        if (parsed === null || 'fault' in parsed) throw new Error(words)
        expect(Math.abs(parsed.position[0] - lon)).toBeLessThan(tolerance)
        expect(Math.abs(parsed.position[1] - lat)).toBeLessThan(tolerance)
      }
    }),
  )
})
