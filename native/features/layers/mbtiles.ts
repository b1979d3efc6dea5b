// Map packs: a stranger's SQLite file, looked at before it is trusted (MBTiles 1.3), read tile by tile, never written.
import { open } from 'node:fs/promises'
import { type PackSource, type Tiling, WanglouError } from '../../contract/index.ts'
import { Connection } from '../../store/database.ts'
import { imageType } from './image-type.ts'

const MAGIC = 'SQLite format 3\0'
const MAX_TILE_BYTES = 8_000_000
/** A view that counts to infinity may pretend to be a table: whoever asks does not wait for it. */
const QUESTION_LIMIT_MS = 20_000

export interface PackFacts {
  name: string | null
  attribution: string | null
  format: PackSource['format']
  tiling: Tiling
  rows: PackSource['rows']
  minLevel: number
  maxLevel: number
  box: [number, number, number, number] | null
}

/**
 * Opens and examines a map pack.
 * @throws WanglouError FILE_EMPTY · FILE_WRONG_TYPE (no SQLite) · FILE_TRUNCATED · MAP_PACK_INVALID (no tiles, vector tiles, other pictures) · FILE_UNREADABLE
 */
export async function examinePack(path: string, fileName: string): Promise<PackFacts> {
  await examineHead(path, fileName)
  const pack = await MapPack.open(path, fileName)
  try {
    return await pack.facts()
  } finally {
    await pack.close()
  }
}

async function examineHead(path: string, file: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    const { size } = await handle.stat()
    if (size === 0) throw new WanglouError('FILE_EMPTY', { file })
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(100), 0, 100, 0)
    if (bytesRead < 100 || buffer.toString('latin1', 0, 16) !== MAGIC) throw new WanglouError('FILE_WRONG_TYPE', { file })
    const pageBytes = buffer.readUInt16BE(16) === 1 ? 65_536 : buffer.readUInt16BE(16)
    // The count of pages is only true when the change counter agrees (SQLite file format §1.3.8).
    const isCountTrue = buffer.readUInt32BE(24) === buffer.readUInt32BE(92)
    if (isCountTrue && buffer.readUInt32BE(28) * pageBytes > size) throw new WanglouError('FILE_TRUNCATED', { file })
  } finally {
    await handle.close()
  }
}

export class MapPack {
  readonly #connection: Connection
  readonly #file: string

  private constructor(connection: Connection, file: string) {
    this.#connection = connection
    this.#file = file
  }

  /** @param file its name, for what is said of it */
  static async open(path: string, file: string): Promise<MapPack> {
    try {
      return new MapPack(await Connection.openForeign(path), file)
    } catch (cause) {
      throw new WanglouError('FILE_UNREADABLE', { file }, { cause })
    }
  }

  /** @param row counted as the file counts. null = no such tile, or one that is no picture of sane size */
  async tile(level: number, column: number, row: number): Promise<Buffer | null> {
    const sql = 'SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ? LIMIT 1'
    const [found] = await this.#ask<{ tile_data: unknown }>(sql, [level, column, row])
    const data = found?.tile_data
    return Buffer.isBuffer(data) && data.length > 0 && data.length <= MAX_TILE_BYTES ? data : null
  }

  async facts(): Promise<PackFacts> {
    const metadata = await this.#metadata()
    const [levels] = await this.#ask<{ low: number | null; high: number | null }>('SELECT min(zoom_level) AS low, max(zoom_level) AS high FROM tiles')
    if (levels === undefined || levels.low === null || levels.high === null) throw this.#invalid('no-tiles')
    const { low, high } = levels
    if (!Number.isInteger(low) || !Number.isInteger(high) || low < 0 || high > 24) throw this.#invalid('levels')
    const [sample] = await this.#ask<{ tile_data: unknown }>('SELECT tile_data FROM tiles WHERE zoom_level = ? LIMIT 1', [low])
    const type = Buffer.isBuffer(sample?.tile_data) ? imageType(sample.tile_data) : null
    const format = ({ 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp' } as const)[type as 'image/png'] ?? null
    if (format === null) throw this.#invalid(metadata.get('format') === 'pbf' ? 'vector' : 'pictures')
    const [extent] = await this.#ask<{ column: number; row: number }>(
      'SELECT max(tile_column) AS "column", max(tile_row) AS row FROM tiles WHERE zoom_level = ?',
      [high],
    )
    return {
      name: metadata.get('name')?.trim() || null,
      attribution:
        metadata
          .get('attribution')
          ?.replaceAll(/<[^>]*>/g, '')
          .trim() || null,
      format,
      tiling: tilingOf(metadata, (extent?.column ?? 0) >= 2 ** high),
      rows: metadata.get('scheme')?.toLowerCase() === 'xyz' ? 'xyz' : 'tms',
      minLevel: low,
      maxLevel: high,
      box: boxOf(metadata.get('bounds')),
    }
  }

  close(): Promise<void> {
    return this.#connection.close()
  }

  async #metadata(): Promise<Map<string, string>> {
    const tables = await this.#ask<{ name: string }>(
      "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name IN ('tiles', 'metadata')",
    )
    const names = new Set(tables.map(({ name }) => name))
    if (!names.has('tiles')) throw this.#invalid('no-tiles')
    if (!names.has('metadata')) return new Map()
    const rows = await this.#ask<{ name: unknown; value: unknown }>('SELECT name, value FROM metadata LIMIT 1000')
    return new Map(rows.map(({ name, value }) => [String(name), String(value).slice(0, 2000)]))
  }

  async #ask<Row>(sql: string, params: readonly (number | string)[] = []): Promise<Row[]> {
    const limit = setTimeout(() => this.#connection.interrupt(), QUESTION_LIMIT_MS)
    try {
      return await this.#connection.all<Row>(sql, params)
    } catch (cause) {
      const words = String((cause as Error).message)
      if (/no such column|no such table/.test(words)) throw this.#invalid('no-tiles')
      throw new WanglouError('FILE_UNREADABLE', { file: this.#file }, { cause })
    } finally {
      clearTimeout(limit)
    }
  }

  #invalid(reason: 'no-tiles' | 'levels' | 'vector' | 'pictures'): WanglouError {
    return new WanglouError('MAP_PACK_INVALID', { file: this.#file, reason })
  }
}

/** MBTiles knows only Web Mercator; programs that write other grids say so in rows of their own, or by twice as many columns. */
function tilingOf(metadata: Map<string, string>, hasWideColumns: boolean): Tiling {
  const said = ['crs', 'srs', 'profile', 'projection', 'tilematrixset'].map((name) => metadata.get(name) ?? '').join(' ')
  if (/4326|4490|geodetic|geographic|crs84/i.test(said)) return 'geographic'
  if (/3857|900913|mercator/i.test(said)) return 'mercator'
  return hasWideColumns ? 'geographic' : 'mercator'
}

/** `left,bottom,right,top`; what is not a box of the earth is left out, the tiles are still there. */
function boxOf(bounds: string | undefined): PackFacts['box'] {
  const [west, south, east, north] = (bounds ?? '').split(',').map(Number) as (number | undefined)[]
  if (west === undefined || south === undefined || east === undefined || north === undefined) return null
  const isBox =
    [west, south, east, north].every(Number.isFinite) && west >= -180 && east <= 180 && south >= -90 && north <= 90 && west < east && south < north
  return isBox ? [west, south, east, north] : null
}
