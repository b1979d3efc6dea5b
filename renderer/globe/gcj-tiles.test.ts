// The shift of GCJ-02 tiles: against published points, and how well one shift per tile fits.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LonLat, Tiling } from '../../native/contract/index.ts'
import { fromTile, gcjPieces, TILE_PX, toGcj, toTile } from './gcj-tiles.ts'

const tiling = fc.constantFrom<Tiling>('mercator', 'geographic')
const inShaanxi = fc.tuple(
  fc.double({ min: 105.5, max: 111.2, noNaN: true }),
  fc.double({ min: 31.7, max: 39.6, noNaN: true }),
) as fc.Arbitrary<LonLat>

test.each([
  [
    [116.404, 39.915],
    [116.4102445, 39.91640428],
  ],
  [
    [108.9398, 34.3416],
    [108.94445563, 34.3400445],
  ],
  [
    [104.06, 30.67],
    [104.0624964, 30.66757487],
  ],
] as [LonLat, LonLat][])('%s is shifted as published', (from, to) => {
  expect(toGcj(from)[0]).toBeCloseTo(to[0], 7)
  expect(toGcj(from)[1]).toBeCloseTo(to[1], 7)
})

test('tile numbers there and back', () => {
  fc.assert(
    fc.property(inShaanxi, fc.integer({ min: 0, max: 20 }), tiling, (position, level, kind) => {
      const [x, y] = toTile(position, level, kind)
      const back = fromTile(x, y, level, kind)
      expect(Math.hypot(back[0] - position[0], back[1] - position[1])).toBeLessThan(1e-9)
    }),
  )
})

test('the middle of the tile shows the pixel that the GCJ-02 map has for that place', () => {
  fc.assert(
    fc.property(inShaanxi, fc.integer({ min: 3, max: 18 }), tiling, (position, level, kind) => {
      const [x, y] = toTile(position, level, kind).map(Math.floor) as [number, number]
      const [wantX, wantY] = toTile(toGcj(fromTile(x + 0.5, y + 0.5, level, kind)), level, kind)
      const piece = gcjPieces(x, y, level, kind).find((each) => each.x === Math.floor(wantX) && each.y === Math.floor(wantY))
      if (piece === undefined) throw new Error('the piece with the middle is missing')
      expect(piece.offsetX + (wantX - piece.x) * TILE_PX).toBeCloseTo(TILE_PX / 2, 4)
      expect(piece.offsetY + (wantY - piece.y) * TILE_PX).toBeCloseTo(TILE_PX / 2, 4)
    }),
  )
})

test('the pieces cover the whole tile, without overlap', () => {
  fc.assert(
    fc.property(inShaanxi, fc.integer({ min: 3, max: 18 }), tiling, (position, level, kind) => {
      const [x, y] = toTile(position, level, kind).map(Math.floor) as [number, number]
      const pieces = gcjPieces(x, y, level, kind)
      const covered = pieces.reduce((sum, { offsetX, offsetY }) => {
        const width = Math.min(TILE_PX, offsetX + TILE_PX) - Math.max(0, offsetX)
        const height = Math.min(TILE_PX, offsetY + TILE_PX) - Math.max(0, offsetY)
        return sum + width * height
      }, 0)
      expect(covered).toBeCloseTo(TILE_PX * TILE_PX, 3)
      expect(pieces.length).toBeLessThanOrEqual(4)
    }),
  )
})

test('one shift for a tile is within a pixel at its corners', () => {
  let worstPx = 0
  fc.assert(
    fc.property(inShaanxi, fc.integer({ min: 5, max: 18 }), tiling, (position, level, kind) => {
      const [x, y] = toTile(position, level, kind).map(Math.floor) as [number, number]
      const [middleX, middleY] = toTile(toGcj(fromTile(x + 0.5, y + 0.5, level, kind)), level, kind)
      for (const [cornerX, cornerY] of [
        [x, y],
        [x + 1, y],
        [x, y + 1],
        [x + 1, y + 1],
      ] as const) {
        const [trueX, trueY] = toTile(toGcj(fromTile(cornerX, cornerY, level, kind)), level, kind)
        const offPx = Math.hypot(trueX - cornerX - (middleX - x - 0.5), trueY - cornerY - (middleY - y - 0.5)) * TILE_PX
        worstPx = Math.max(worstPx, offPx)
      }
    }),
    { numRuns: 3000 },
  )
  expect(worstPx).toBeLessThan(1)
})
