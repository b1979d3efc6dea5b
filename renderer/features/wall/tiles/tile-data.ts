// Where a tile's content comes from: a screen asks as a screen, the composer as an operator; the tiles are the same.
import type { InjectionKey } from 'vue'
import type { BoardData, WallTile } from '../../../../native/contract/index.ts'

export interface TileData {
  board(tile: WallTile): Promise<BoardData | null>
  /** @param type as the browser is to read it */
  fileUrl(file: string, type: string): string
  /** Calls back when this tile should ask again; returns what ends it. */
  onChanged(tile: WallTile, listener: () => void): () => void
  /** The station's clock, epoch ms. */
  now(): number
  /** A small picture of it in the composer plays nothing. */
  isPreview: boolean
}

export const tileDataKey: InjectionKey<TileData> = Symbol('tile data')

/** Logical pixels a screen is wide; everything on it is scaled from there, so that the composer shows exactly what the wall does. */
export const logicalWidth = 1920
