// Which pixels of a GCJ-02 map make up a tile on the WGS-84 grid: one shift per tile, cut from up to four tiles of the source.
import gcoord from 'gcoord'
import type { LonLat, Tiling } from '../../native/contract/index.ts'

/** A source tile, and where its upper left corner comes to lie on the tile to be made, in pixels of a 256 px tile. */
export interface TilePiece {
  x: number
  y: number
  offsetX: number
  offsetY: number
}

export const TILE_PX = 256

/** WGS-84 to GCJ-02; the same place outside China. Degrees. */
export function toGcj(position: LonLat): LonLat {
  return gcoord.transform([...position], gcoord.WGS84, gcoord.GCJ02) as LonLat
}

/** Tile columns and rows (from the north) of a level, with their fractions. */
export function toTile(position: LonLat, level: number, tiling: Tiling): [number, number] {
  const [lon, lat] = position
  if (tiling === 'geographic') return [((lon + 180) / 180) * 2 ** level, ((90 - lat) / 180) * 2 ** level]
  const sin = Math.sin((lat * Math.PI) / 180)
  return [((lon + 180) / 360) * 2 ** level, (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * 2 ** level]
}

/** The inverse of `toTile`. */
export function fromTile(x: number, y: number, level: number, tiling: Tiling): LonLat {
  if (tiling === 'geographic') return [(x / 2 ** level) * 180 - 180, 90 - (y / 2 ** level) * 180]
  return [(x / 2 ** level) * 360 - 180, (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / 2 ** level))) * 180) / Math.PI]
}

/**
 * The pieces of tile `x, y`. The shift is that of the tile's middle; across one tile it changes by less than a pixel
 * (largest in `gcj-tiles.test.ts`), so neighbours meet within a pixel.
 */
export function gcjPieces(x: number, y: number, level: number, tiling: Tiling): TilePiece[] {
  const middle = fromTile(x + 0.5, y + 0.5, level, tiling)
  const [fromX, fromY] = toTile(toGcj(middle), level, tiling)
  const left = fromX - 0.5
  const top = fromY - 0.5
  const columns = 2 ** level * (tiling === 'geographic' ? 2 : 1)
  const pieces: TilePiece[] = []
  for (let row = Math.floor(top); row < top + 1; row++) {
    for (let column = Math.floor(left); column < left + 1; column++) {
      if (row < 0 || row >= 2 ** level) continue
      pieces.push({ x: (column + columns) % columns, y: row, offsetX: (column - left) * TILE_PX, offsetY: (row - top) * TILE_PX })
    }
  }
  return pieces
}
