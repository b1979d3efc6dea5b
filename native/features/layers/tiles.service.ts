// Gives tiles: from a map pack's file, or from an online source through cache, key and guard. The page never asks anybody else.
import { type LayerSource, type TileSource, tileAddress, type TilesetSource, WanglouError } from '../../contract/index.ts'
import type { Blobs } from '../../store/types.ts'
import { imageType } from './image-type.ts'
import { LayerHealth, type LayerReason } from './layer-health.ts'
import type { LayerRow, LayersRepository } from './layers.repository.ts'
import { MapPack } from './mbtiles.ts'
import { fetchOutside, OutsideError, type OutsideAnswer } from './outside.ts'
import type { TileCache } from './tile-cache.ts'
import { type CachedTile } from './tile-cache.ts'

export interface Tile {
  bytes: Buffer
  type: string
  /** null for map packs, which do not age. */
  fetchedAt: number | null
  /** The source is down and this is older than it should be. */
  isStale: boolean
}

const TILE_LIMIT_BYTES = 8_000_000
const FILE_LIMIT_BYTES = 64_000_000
const TIMEOUT_MS = 15_000
const MAX_OPEN_PACKS = 16
const HOUR_MS = 3_600_000
/** 天地图 answers 418 for a key of the wrong kind. */
const keyRefusals = new Set([401, 403, 418, 429])

export class TilesService {
  readonly health = new LayerHealth()
  readonly #repository: LayersRepository
  readonly #blobs: Blobs
  readonly #cache: TileCache
  readonly #packs = new Map<string, Promise<MapPack>>()
  readonly #asking = new Map<string, Promise<CachedTile | null>>()
  readonly #newest = new Map<string, number>()

  constructor(options: { repository: LayersRepository; blobs: Blobs; cache: TileCache }) {
    this.#repository = options.repository
    this.#blobs = options.blobs
    this.#cache = options.cache
  }

  async stop(): Promise<void> {
    const packs = [...this.#packs.values()]
    this.#packs.clear()
    await Promise.allSettled(packs.map(async (pack) => (await pack).close()))
  }

  /** When the newest tile of a layer came, in this run of the station. */
  newest(layer: string): number | null {
    return this.#newest.get(layer) ?? null
  }

  /** @param y counted from the north. null = there is no tile. Throws NOT_FOUND, LAYER_UNREACHABLE. */
  async tile(id: string, tile: { level: number; x: number; y: number }): Promise<Tile | null> {
    const layer = await this.#layer(id)
    const { source } = layer
    if (source.kind === 'tiles3d' || !isOnGrid(source, tile)) return null
    if (source.kind === 'mbtiles') return this.#packTile(layer, source, tile)
    const name = `${tile.level}/${tile.x}/${tile.y}`
    const address = async () => tileAddress(source, tile, await this.#repository.key(id))
    const found = await this.#online(layer, source, { name, address, limitBytes: TILE_LIMIT_BYTES, mustBePicture: true })
    return found === null ? null : { ...found, type: imageType(found.bytes) ?? 'application/octet-stream' }
  }

  /** A file of a 3D tileset, by its path below the tileset's folder; the empty path is the tileset itself. */
  async file(id: string, path: string): Promise<Tile | null> {
    const layer = await this.#layer(id)
    const { source } = layer
    if (source.kind !== 'tiles3d') return null
    const key = async () => encodeURIComponent((await this.#repository.key(id)) ?? '')
    const address = async () => fileAddress(source.url, path).replaceAll(/\{key\}|%7Bkey%7D/gi, await key())
    const found = await this.#online(layer, source, {
      name: `3d/${path === '' ? 'tileset.json' : path}`,
      address,
      limitBytes: FILE_LIMIT_BYTES,
      mustBePicture: false,
    })
    return found === null ? null : { ...found, type: found.bytes[0] === 0x7b ? 'application/json' : 'application/octet-stream' }
  }

  /** Asks the source for one tile now, whatever is in the cache. */
  async check(id: string): Promise<void> {
    const { source } = await this.#layer(id)
    this.health.forget(id)
    try {
      if (source.kind === 'tiles3d') await this.file(id, '')
      else await this.tile(id, sampleTile(source))
    } catch (error) {
      // What it found stands in the layer's health.
      if (!(error instanceof WanglouError)) throw error
    }
  }

  /** A layer is gone or has another source. */
  async forget(id: string): Promise<void> {
    const pack = this.#packs.get(id)
    this.#packs.delete(id)
    this.#newest.delete(id)
    this.health.forget(id)
    if (pack !== undefined) await (await pack).close()
    await this.#cache.forget(id)
  }

  async #layer(id: string): Promise<LayerRow> {
    const layer = await this.#repository.get(id)
    if (layer === null) throw new WanglouError('NOT_FOUND')
    return layer
  }

  async #packTile(
    layer: LayerRow,
    source: Extract<LayerSource, { kind: 'mbtiles' }>,
    { level, x, y }: { level: number; x: number; y: number },
  ): Promise<Tile | null> {
    const row = source.rows === 'tms' ? 2 ** level - 1 - y : y
    try {
      const bytes = await (await this.#pack(layer.id, source.blob, layer.name)).tile(level, x, row)
      const type = bytes === null ? null : imageType(bytes)
      return bytes === null || type === null ? null : { bytes, type, fetchedAt: null, isStale: false }
    } catch (cause) {
      this.#packs.delete(layer.id)
      this.health.failed(layer.id, 'file-gone', null)
      throw new WanglouError('LAYER_UNREACHABLE', { layer: layer.name }, { cause })
    }
  }

  #pack(id: string, blob: string, name: string): Promise<MapPack> {
    let pack = this.#packs.get(id)
    if (pack === undefined) {
      pack = MapPack.open(this.#blobs.pathOf(blob), name)
      this.#packs.set(id, pack)
      const [oldest] = this.#packs
      if (this.#packs.size > MAX_OPEN_PACKS && oldest !== undefined) {
        this.#packs.delete(oldest[0])
        void oldest[1].then((open) => open.close())
      }
    }
    return pack
  }

  async #online(
    layer: LayerRow,
    source: TileSource | TilesetSource,
    want: { name: string; address: () => Promise<string>; limitBytes: number; mustBePicture: boolean },
  ): Promise<{ bytes: Buffer; fetchedAt: number; isStale: boolean } | null> {
    const cached = await this.#cache.read(layer.id, want.name)
    if (cached !== null && Date.now() - cached.fetchedAt < source.maxAgeHours * HOUR_MS) return { ...cached, isStale: false }
    if (!this.health.mayAsk(layer.id)) return this.#old(layer, cached)
    const key = `${layer.id}/${want.name}`
    // Ten views of one tile are one request.
    const asking = this.#asking.get(key) ?? this.#ask(layer, want).finally(() => this.#asking.delete(key))
    this.#asking.set(key, asking)
    try {
      const fresh = await asking
      return fresh === null ? null : { ...fresh, isStale: false }
    } catch (error) {
      if (error instanceof WanglouError && error.code === 'LAYER_UNREACHABLE') return this.#old(layer, cached)
      throw error
    }
  }

  #old(layer: LayerRow, cached: CachedTile | null): { bytes: Buffer; fetchedAt: number; isStale: boolean } {
    if (cached === null) throw new WanglouError('LAYER_UNREACHABLE', { layer: layer.name })
    return { ...cached, isStale: true }
  }

  async #ask(
    layer: LayerRow,
    want: { name: string; address: () => Promise<string>; limitBytes: number; mustBePicture: boolean },
  ): Promise<CachedTile | null> {
    let answer: OutsideAnswer
    try {
      answer = await fetchOutside(await want.address(), { isTrusted: layer.isTrusted, limitBytes: want.limitBytes, timeoutMs: TIMEOUT_MS })
    } catch (error) {
      if (!(error instanceof OutsideError)) throw error
      return this.#fail(layer, error.fault, null, error)
    }
    const { status, body } = answer
    if (status === 404 || status === 204 || (status === 200 && body.length === 0)) {
      this.health.answered(layer.id)
      return null
    }
    if (keyRefusals.has(status)) return this.#fail(layer, 'key-refused', status)
    if (status !== 200) return this.#fail(layer, 'server-error', status)
    if (want.mustBePicture && imageType(body) === null) return this.#fail(layer, 'no-picture', status)
    this.health.answered(layer.id)
    const fetchedAt = Date.now()
    this.#newest.set(layer.id, fetchedAt)
    await this.#cache.write(layer.id, want.name, body)
    return { bytes: body, fetchedAt }
  }

  #fail(layer: LayerRow, reason: LayerReason, status: number | null, cause?: unknown): never {
    this.health.failed(layer.id, reason, status)
    throw new WanglouError('LAYER_UNREACHABLE', { layer: layer.name, status }, { cause })
  }
}

function isOnGrid(
  source: { tiling: 'mercator' | 'geographic'; minLevel: number; maxLevel: number },
  { level, x, y }: { level: number; x: number; y: number },
): boolean {
  const rows = 2 ** level
  const columns = source.tiling === 'geographic' ? rows * 2 : rows
  return level >= source.minLevel && level <= source.maxLevel && x >= 0 && x < columns && y >= 0 && y < rows
}

/** A tile over the middle of the layer's box, else over Xi'an. */
function sampleTile(source: Exclude<LayerSource, { kind: 'tiles3d' }>): { level: number; x: number; y: number } {
  const level = Math.max(source.minLevel, Math.min(source.maxLevel, 8))
  const [lon, lat] = source.box === null ? [108.94, 34.34] : [(source.box[0] + source.box[2]) / 2, (source.box[1] + source.box[3]) / 2]
  const rows = 2 ** level
  if (source.tiling === 'geographic') return { level, x: Math.floor(((lon + 180) / 180) * rows), y: Math.floor(((90 - lat) / 180) * rows) }
  const sin = Math.sin((lat * Math.PI) / 180)
  return { level, x: Math.floor(((lon + 180) / 360) * rows), y: Math.floor((0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * rows) }
}

/** Below the tileset's folder, never above it and never another host; the query (a key, say) is that of the tileset. */
export function fileAddress(tileset: string, path: string): string {
  const base = new URL(tileset)
  if (path === '' || path === 'tileset.json') return base.href
  const folder = new URL('./', base)
  const file = new URL(path.split('/').map(encodeURIComponent).join('/'), folder)
  if (file.origin !== folder.origin || !file.pathname.startsWith(folder.pathname)) throw new WanglouError('NOT_FOUND')
  file.search = base.search
  return file.href
}
