// A scene cut into what each screen of a wall draws, and what of it moves there. Pure: the station cuts by it, the desk counts by it before the switch.
import type { Id } from './scalars.ts'
import type { ScreenTile } from './wall-live.ts'
import type { TileFrame, WallTile } from './wall-tiles.ts'

export interface WallShape {
  rows: number
  columns: number
  /** Thousandths of a screen. */
  bezelX: number
  bezelY: number
}

/** What one screen can show at once; compared before the switch. */
export const wallBudget = {
  /** Moving pictures it decodes; those beyond are stills. */
  decoders: 6,
  globes: 1,
  /** Of all that moves, pixels drawn at once: twice the whole of a screen of 3840 × 2160. */
  pixels: 3840 * 2160 * 2,
} as const
/** The largest screen that is thought of. */
const screenPixels = 3840 * 2160

/** The wall's whole width and height with its bezels, in screens. */
export function wallCanvasOf({ rows, columns, bezelX, bezelY }: WallShape): { width: number; height: number } {
  return { width: columns + ((columns - 1) * bezelX) / 1000, height: rows + ((rows - 1) * bezelY) / 1000 }
}

/** Whether it reaches nowhere beyond the wall. */
export function isWithinWall({ x, y, width, height }: TileFrame, shape: WallShape): boolean {
  const canvas = wallCanvasOf(shape)
  return x + width <= canvas.width + 1e-6 && y + height <= canvas.height + 1e-6
}

/** A picture goes on behind the bezel: what stands there is not squeezed in beside it. */
export function tilesOfScreen(tiles: readonly WallTile[], shape: WallShape, at: { row: number; column: number }): ScreenTile[] {
  const moving = movingOf(tiles, shape)
  return placedOn(tiles, shape, at).map((placed) => ({ ...placed, moving: moving.get(placed.tile.id) ?? 0 }))
}

/** How many moving pictures it would show; a gallery of more than four shows them smaller, for about the same work. */
export function picturesOf(tile: WallTile): number {
  switch (tile.kind) {
    case 'video':
    case 'globe':
      return 1
    case 'camera':
      return tile.cameras.length
    case 'conference':
      return tile.view === 'gallery' ? 4 : 1
    default:
      return 0
  }
}

/** Tiles that stand on more than one screen. */
export function isSpanning({ frame }: Pick<WallTile, 'frame'>, shape: WallShape): boolean {
  return screensOf(shape).filter((at) => shareOf(frame, shape, at) > 0).length > 1
}

/**
 * How many pictures of each tile move: in the order of the tiles and of their pictures, as far as every screen they stand on can; the others are stills, on all of them.
 * Tiles in which nothing moves anyway have none.
 */
export function movingOf(tiles: readonly WallTile[], shape: WallShape): Map<Id, number> {
  const left = screensOf(shape).map((at) => ({
    at,
    decoders: wallBudget.decoders as number,
    globes: wallBudget.globes as number,
    pixels: wallBudget.pixels as number,
  }))
  const moving = new Map<Id, number>()
  for (const tile of tiles) {
    const wanted = picturesOf(tile)
    if (wanted === 0) continue
    const on = left.flatMap((screen) => {
      const share = shareOf(tile.frame, shape, screen.at)
      return share > 0 ? [{ screen, pixelsEach: (share * screenPixels) / wanted }] : []
    })
    const most = on.map(({ screen, pixelsEach }) =>
      Math.min(tile.kind === 'globe' ? screen.globes : screen.decoders, Math.floor(screen.pixels / pixelsEach + 1e-6)),
    )
    const granted = Math.min(wanted, ...most)
    for (const { screen, pixelsEach } of on) {
      if (tile.kind === 'globe') screen.globes -= granted
      else screen.decoders -= granted
      screen.pixels -= granted * pixelsEach
    }
    moving.set(tile.id, granted)
  }
  return moving
}

function placedOn(tiles: readonly WallTile[], shape: WallShape, at: { row: number; column: number }): Omit<ScreenTile, 'moving'>[] {
  const { left, top } = cornerOf(shape, at)
  return tiles.flatMap((tile) => {
    const { x, y, width, height } = tile.frame
    return shareOf(tile.frame, shape, at) > 0 ? [{ tile, left: x - left, top: y - top, width, height }] : []
  })
}

/** How much of a screen it covers there; 0 = nothing of it is seen. */
function shareOf({ x, y, width, height }: TileFrame, shape: WallShape, at: { row: number; column: number }): number {
  const { left, top } = cornerOf(shape, at)
  return Math.max(0, Math.min(x + width, left + 1) - Math.max(x, left)) * Math.max(0, Math.min(y + height, top + 1) - Math.max(y, top))
}

function cornerOf({ bezelX, bezelY }: WallShape, { row, column }: { row: number; column: number }): { left: number; top: number } {
  return { left: column * (1 + bezelX / 1000), top: row * (1 + bezelY / 1000) }
}

function screensOf({ rows, columns }: WallShape): { row: number; column: number }[] {
  return Array.from({ length: rows * columns }, (_, index) => ({ row: Math.floor(index / columns), column: index % columns }))
}
