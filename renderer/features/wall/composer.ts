// Composing a scene: new tiles, moving and sizing them on a grid of twelfths of a screen, within the wall. Pure.
import { picturesOf, type TileFrame, wallCanvasOf, type WallShape, WallTile, type WallTileKind } from '../../../native/contract/index.ts'

/** A new tile on its way from the list of kinds to its place. */
export const tileKindType = 'text/x-wall-tile'
const step = 1 / 12
const smallest = step * 2

/** Onto the grid and into the wall; its size stays as it is where it fits. */
export function placed(frame: TileFrame, shape: WallShape): TileFrame {
  const canvas = wallCanvasOf(shape)
  const width = clamp(snap(frame.width), smallest, canvas.width)
  const height = clamp(snap(frame.height), smallest, canvas.height)
  return { x: clamp(snap(frame.x), 0, canvas.width - width), y: clamp(snap(frame.y), 0, canvas.height - height), width, height }
}

export function newTile(kind: WallTileKind, options: { id: string; at: { x: number; y: number }; shape: WallShape }): WallTile {
  const { id, at, shape } = options
  const isLine = kind === 'banner'
  const frame = placed({ x: at.x, y: at.y, width: isLine ? 1 : 0.5, height: isLine ? 1 / 6 : 0.5 }, shape)
  return WallTile.parse({ id, kind, frame, ...beginning[kind] })
}

/** What a new tile begins with where the contract has no default. */
const beginning: Partial<Record<WallTileKind, object>> = {
  banner: { text: '' },
  orders: { incident: null },
  checklist: { incident: null },
  weather: { incident: null },
  picture: { file: null, name: '' },
  video: { file: null, name: '' },
  pdf: { file: null, name: '' },
  camera: { cameras: [] },
  conference: { conference: null },
  // No address yet: what is saved must lead somewhere.
  web: { address: 'https://example.invalid/' },
}

/** One place up or down. @returns null: it is at that end already */
export function moved<T>(list: readonly T[], from: number, step: -1 | 1): T[] | null {
  const to = from + step
  if (from < 0 || to < 0 || to >= list.length) return null
  return list.toSpliced(from, 1).toSpliced(to, 0, ...list.slice(from, from + 1))
}

/** How many pictures of it will be stills. @param moving by tile */
export function stillsOf(tile: WallTile, moving: ReadonlyMap<string, number>): number {
  return picturesOf(tile) - (moving.get(tile.id) ?? 0)
}

function snap(value: number): number {
  return Math.round(value / step) * step
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high))
}
