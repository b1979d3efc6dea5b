// Composing a scene: new tiles, moving and sizing them on a grid of twelfths of a screen, within the wall. Pure.
import { type TileFrame, wallBudget, type WallStanding, WallTile, type WallTileKind } from '../../../native/contract/index.ts'

export type WallShape = Pick<WallStanding, 'rows' | 'columns' | 'bezelX' | 'bezelY'>
const step = 1 / 12
const smallest = step * 2

export function canvasOf({ rows, columns, bezelX, bezelY }: WallShape): { width: number; height: number } {
  return { width: columns + ((columns - 1) * bezelX) / 1000, height: rows + ((rows - 1) * bezelY) / 1000 }
}

/** Onto the grid and into the wall; its size stays as it is where it fits. */
export function placed(frame: TileFrame, shape: WallShape): TileFrame {
  const canvas = canvasOf(shape)
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

/** Of the tiles of one screen those that will be stills, because it cannot decode or draw more; the first ones move. */
export function stillsOf(tiles: readonly WallTile[]): string[] {
  let decoders = 0
  let globes = 0
  return tiles.flatMap((tile) => {
    const need = tile.kind === 'video' ? 1 : tile.kind === 'camera' ? tile.cameras.length : tile.kind === 'conference' ? 4 : 0
    const globe = tile.kind === 'globe' ? 1 : 0
    if (decoders + need > wallBudget.decoders || globes + globe > wallBudget.globes) return [tile.id]
    decoders += need
    globes += globe
    return []
  })
}

/** The same for every screen of a wall. */
export function overBudget(tiles: readonly WallTile[], shape: WallShape): string[] {
  const stills = new Set<string>()
  for (let row = 0; row < shape.rows; row += 1)
    for (let column = 0; column < shape.columns; column += 1) {
      const left = column * (1 + shape.bezelX / 1000)
      const top = row * (1 + shape.bezelY / 1000)
      const here = tiles.filter(
        ({ frame }) => frame.x < left + 1 && frame.x + frame.width > left && frame.y < top + 1 && frame.y + frame.height > top,
      )
      for (const id of stillsOf(here)) stills.add(id)
    }
  return [...stills]
}

function snap(value: number): number {
  return Math.round(value / step) * step
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high))
}
