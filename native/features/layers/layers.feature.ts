// The layers of a station, put together: repository, tiles with their cache, layers, drawings, and the routes.
import { join } from 'node:path'
import type { HttpRoute } from '../../door/http-types.ts'
import type { Journal } from '../../journal/types.ts'
import type { MachineKey } from '../../kernel/machine-key.ts'
import type { Blobs, Store } from '../../store/types.ts'
import { DrawingsService } from './drawings.service.ts'
import { LayersRepository } from './layers.repository.ts'
import { mapPacksRoute, tilesRoute } from './layers.routes.ts'
import { LayersService } from './layers.service.ts'
import { TileCache } from './tile-cache.ts'
import { TilesService } from './tiles.service.ts'

/** Room on disk for tiles of online layers. */
const CACHE_LIMIT_BYTES = 4_000_000_000

export class Layers {
  readonly service: LayersService
  readonly drawings: DrawingsService
  readonly tiles: TilesService
  readonly tilesRoute: HttpRoute
  readonly routes: HttpRoute[]

  constructor(options: { store: Store; journal: Journal; blobs: Blobs; key: MachineKey; directory: string }) {
    const { store, journal, blobs, key, directory } = options
    const repository = new LayersRepository({ store, machineKey: key })
    const cache = new TileCache({ folder: join(directory, 'tiles'), limitBytes: CACHE_LIMIT_BYTES })
    this.tiles = new TilesService({ repository, blobs, cache })
    this.service = new LayersService({ journal, repository, tiles: this.tiles, blobs })
    this.drawings = new DrawingsService({ store, journal })
    this.tilesRoute = tilesRoute(this.tiles)
    this.routes = [this.tilesRoute, mapPacksRoute(blobs)]
  }

  /** Closes the map packs. */
  stop(): Promise<void> {
    return this.tiles.stop()
  }
}
