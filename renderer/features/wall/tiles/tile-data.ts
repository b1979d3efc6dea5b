// Where a tile's content comes from: a screen asks as a screen, the composer as an operator; the tiles are the same.
import type { InjectionKey, Ref } from 'vue'
import type { BoardData, ChartData, GlobeTileData, WallTile } from '../../../../native/contract/index.ts'
import type { WallTilePlace } from '../../../app/feature.ts'

export interface TileData {
  board(tile: WallTile): Promise<BoardData | null>
  chart(tile: WallTile): Promise<ChartData | null>
  /** null: the composer draws no globe of its own. @param hasOutlines with the outlines of areas, which are large and hardly ever change */
  globe(tile: WallTile, hasOutlines: boolean): Promise<GlobeTileData | null>
  /** @param type as the browser is to read it */
  fileUrl(file: string, type: string): string
  /** Calls back when this tile should ask again; returns what ends it. */
  onChanged(tile: WallTile, listener: () => void): () => void
  /** Words that somebody typed, as a wall may show them. */
  masked(text: string): Promise<string>
  /** The station's clock, epoch ms. */
  now(): number
  /** A small picture of it in the composer plays nothing. */
  isPreview: boolean
  /** For tiles that other rooms draw. */
  place: WallTilePlace
}

export const tileDataKey: InjectionKey<TileData> = Symbol('tile data')
/** Whether the scene that a tile belongs to is seen, or only loaded. */
export const isSeenKey: InjectionKey<Readonly<Ref<boolean>>> = Symbol('is seen')

/** Logical pixels a screen is wide; everything on it is scaled from there, so that the composer shows exactly what the wall does. */
export const logicalWidth = 1920
