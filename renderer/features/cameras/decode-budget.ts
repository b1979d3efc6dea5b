// Before a grid opens: what this machine can decode is shared among its tiles; what does not fit shows its last still, with a note.
import type { CameraQuality } from '../../../native/contract/index.ts'

/** From here on a tile is worth the main stream. */
const mainFromPx = 900
/** One stream costs 1 when it is 1080p at 25 a second; this much until its picture has been seen. */
const usualCost = { main: 1, sub: 0.25 } satisfies Record<CameraQuality, number>
const unitPx = 1920 * 1080
/** Two such streams for each core leave room for the globe and the rest of the page. */
const streamsPerCore = 2
/** What a graphics card decodes that says it does so easily; small ones of today do that many. */
const streamsOfHardware = 16

export interface PictureSize {
  widthPx: number
  heightPx: number
}
/** What the browser says of one 1080p stream; see `MediaCapabilities`. */
export type Decoding = Pick<MediaCapabilitiesDecodingInfo, 'smooth' | 'powerEfficient'>

export interface TileWish {
  id: string
  hasSub: boolean
  /** What its main stream is coded in, if this page cannot play that; null = it can, or has not tried. */
  mainCodec: string | null
  /** It has given no picture for a while: it is asked on and on, and takes nothing from those that play. */
  isGone: boolean
  /** Of the streams whose picture was seen. */
  sizes: Partial<Record<CameraQuality, PictureSize>>
}
export interface TilePlan {
  id: string
  show: CameraQuality | 'still'
  /** The tile is worth the main stream, which is coded in this and cannot be played; null = nothing to say. */
  insteadOf: string | null
}

/** Asked once; null = the browser does not say. */
export async function askDecoding(capabilities: Pick<MediaCapabilities, 'decodingInfo'> | undefined): Promise<Decoding | null> {
  const video = { contentType: 'video/mp4; codecs="avc1.640028"', width: 1920, height: 1080, bitrate: 4_000_000, framerate: 25 }
  try {
    const answer = await capabilities?.decodingInfo({ type: 'media-source', video })
    return answer?.supported === true ? answer : null
  } catch (error) {
    if (error instanceof TypeError || error instanceof DOMException) return null
    throw error
  }
}

/** @param cores as `navigator.hardwareConcurrency` tells @param decoding null = not known */
export function budgetOf(cores: number, decoding: Decoding | null): number {
  const byProcessor = Math.max(1, cores) * streamsPerCore
  if (decoding?.smooth === false) return byProcessor / 2
  return decoding?.powerEfficient === true ? Math.max(byProcessor, streamsOfHardware) : byProcessor
}

export function costOf(quality: CameraQuality, size: PictureSize | undefined): number {
  return size === undefined ? usualCost[quality] : (size.widthPx * size.heightPx) / unitPx
}

/** In the order of the tiles: the first ones play. */
export function planTiles(tiles: readonly TileWish[], options: { tileWidthPx: number; budget: number }): TilePlan[] {
  let left = options.budget
  return tiles.map(({ id, hasSub, mainCodec, isGone, sizes }) => {
    const isLarge = options.tileWidthPx >= mainFromPx
    const insteadOf = hasSub && isLarge ? mainCodec : null
    const cost = { main: costOf('main', sizes.main), sub: costOf('sub', sizes.sub) }
    const quality = hasSub && (!isLarge || insteadOf !== null || cost.main > left) ? 'sub' : 'main'
    if (isGone) return { id, show: quality, insteadOf }
    if (cost[quality] > left) return { id, show: 'still', insteadOf: null }
    left -= cost[quality]
    return { id, show: quality, insteadOf }
  })
}
