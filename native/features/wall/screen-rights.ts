// What a screen may ask for: the tiles that stand on it now, that it still shows, or that it is being prepared for; nothing else of the wall, and nothing of another.
import { tilesOfScreen, type WallTile } from '../../contract/index.ts'
import type { ScreenDesk } from './screen-desk.ts'
import type { StoredScreen, WallRepository } from './wall.repository.ts'

/** A scene that may be seen on a wall now. */
export interface Standing {
  isInternal: boolean
  tiles: readonly WallTile[]
}
export interface OwnTile {
  tile: WallTile
  isInternal: boolean
}

export class ScreenRights {
  readonly #repository: WallRepository
  readonly #desk: ScreenDesk
  /** Scenes that screens are told to prepare, by wall. */
  readonly #preparing = new Map<string, Set<Standing>>()

  constructor(options: { repository: WallRepository; desk: ScreenDesk }) {
    this.#repository = options.repository
    this.#desk = options.desk
  }

  /** While a switch is under way its scene may be loaded. @returns what ends it */
  prepare(wall: string, scene: Standing): () => void {
    const all = this.#preparing.get(wall) ?? new Set()
    this.#preparing.set(wall, all.add(scene))
    return () => void all.delete(scene)
  }

  async tiles(screen: StoredScreen): Promise<OwnTile[]> {
    const [shape, [newest]] = await Promise.all([this.#repository.wall(screen.wall), this.#repository.switches(screen.wall, 1)])
    if (shape === null) return []
    // A screen that is late still shows another one.
    const actual = this.#desk.report(screen.id)?.switch ?? null
    const late = actual === null || actual === newest?.id ? null : await this.#repository.switchOf(screen.wall, actual)
    const scenes = [...(this.#preparing.get(screen.wall) ?? []), ...[newest, late].filter((one) => one !== undefined && one !== null)]
    return scenes.flatMap(({ tiles, isInternal }) =>
      tilesOfScreen(tiles, shape, { row: screen.atRow, column: screen.atColumn }).map(({ tile }) => ({ tile, isInternal })),
    )
  }

  async tile(screen: StoredScreen, id: string): Promise<OwnTile | null> {
    return (await this.tiles(screen)).find(({ tile }) => tile.id === id) ?? null
  }
}
