// A scene cut into what each screen draws. Pure.
import { type ScreenTile, type TileFrame, type WallTile, wallBudget, type WallTileKind } from '../../contract/index.ts'

export interface WallShape {
  rows: number
  columns: number
  /** Thousandths of a screen. */
  bezelX: number
  bezelY: number
}

/** The wall's whole width and height with its bezels, in screens. */
export function canvasOf({ rows, columns, bezelX, bezelY }: WallShape): { width: number; height: number } {
  return { width: columns + ((columns - 1) * bezelX) / 1000, height: rows + ((rows - 1) * bezelY) / 1000 }
}

/** A picture goes on behind the bezel: what stands there is not squeezed in beside it. */
export function tilesOfScreen(tiles: readonly WallTile[], shape: WallShape, at: { row: number; column: number }): ScreenTile[] {
  const left = at.column * (1 + shape.bezelX / 1000)
  const top = at.row * (1 + shape.bezelY / 1000)
  return tiles.flatMap((tile) => {
    const { x, y, width, height } = tile.frame
    const isSeen = x < left + 1 && x + width > left && y < top + 1 && y + height > top
    return isSeen ? [{ tile, left: x - left, top: y - top, width, height }] : []
  })
}

/** Tiles that reach beyond the wall. */
export function isWithin({ x, y, width, height }: TileFrame, shape: WallShape): boolean {
  const canvas = canvasOf(shape)
  return x + width <= canvas.width + 1e-6 && y + height <= canvas.height + 1e-6
}

const decoders: Partial<Record<WallTileKind, (tile: WallTile) => number>> = {
  video: () => 1,
  conference: () => 4,
  camera: (tile) => (tile.kind === 'camera' ? tile.cameras.length : 0),
}

export interface ScreenBudget {
  decoders: number
  globes: number
  /** Tiles that will be a still, because the screen cannot decode more. */
  stills: string[]
  isOver: boolean
}

/** Counted before the switch, in the order of the tiles: the first ones move. */
export function budgetOf(tiles: readonly ScreenTile[]): ScreenBudget {
  let moving = 0
  let globes = 0
  const stills: string[] = []
  for (const { tile } of tiles) {
    const need = decoders[tile.kind]?.(tile) ?? 0
    const globe = tile.kind === 'globe' ? 1 : 0
    if (moving + need > wallBudget.decoders || globes + globe > wallBudget.globes) stills.push(tile.id)
    else {
      moving += need
      globes += globe
    }
  }
  return { decoders: moving, globes, stills, isOver: stills.length > 0 }
}
