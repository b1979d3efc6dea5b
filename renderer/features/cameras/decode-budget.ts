// Before a grid opens: what this machine can decode is shared among its tiles; what does not fit shows its last still, with a note.
import type { CameraQuality } from '../../../native/contract/index.ts'

/** From here on a tile is worth the main stream. */
const mainFromPx = 900
/** What one stream costs, in pictures of 1080p at 25 a second decoded without help of the graphics card. */
const cost = { main: 1, sub: 0.25 } satisfies Record<CameraQuality, number>
/** Two such streams for each core leave room for the globe and the rest of the page. */
const streamsPerCore = 2

export interface TileWish {
  id: string
  hasSub: boolean
}
export type TilePlan = { id: string; show: CameraQuality | 'still' }

/** @param cores as `navigator.hardwareConcurrency` tells */
export function budgetOf(cores: number): number {
  return Math.max(1, cores) * streamsPerCore
}

/** In the order of the tiles: the first ones play. */
export function planTiles(tiles: readonly TileWish[], options: { tileWidthPx: number; budget: number }): TilePlan[] {
  let left = options.budget
  return tiles.map(({ id, hasSub }) => {
    const wished: CameraQuality = hasSub && options.tileWidthPx < mainFromPx ? 'sub' : 'main'
    const quality = cost[wished] > left && hasSub ? 'sub' : wished
    if (cost[quality] > left) return { id, show: 'still' }
    left -= cost[quality]
    return { id, show: quality }
  })
}
