// Reads areas, outlines and units from their projected tables.
import type { Area, FormerArea, LonLat, Terrain, Unit } from '../../contract/index.ts'
import type { Store } from '../../store/types.ts'
import type { Outline } from './point-in-outline.ts'

export type AreaRow = Omit<Area, 'path'>

export interface StoredOutline {
  area: string
  outline: Outline
  source: string
  reviewNumber: string | null
}

interface AreaSql {
  id: string
  code: string
  name: string
  parent: string | null
  kind: Area['kind']
  lon: number | null
  lat: number | null
  isApproximate: number | null
  terrain: Terrain | null
  former: string | null
  hasBoundary: number
}

export class AreasRepository {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  async all(): Promise<AreaRow[]> {
    const rows = await this.#store.all<AreaSql>(
      `SELECT a.id, a.code, a.name, a.parent, a.kind, a.lon, a.lat, a.isApproximate, a.terrain, a.former,
              EXISTS (SELECT 1 FROM areaBoundaries b WHERE b.area = a.code AND b._deleted = 0) AS hasBoundary
       FROM areas a WHERE a._deleted = 0 AND a.code IS NOT NULL AND a.name IS NOT NULL ORDER BY a.code`,
    )
    return rows.map(({ lon, lat, former, ...row }) => ({
      ...row,
      position: lon === null || lat === null ? null : ([lon, lat] satisfies LonLat),
      isApproximate: row.isApproximate === 1,
      former: former === null ? [] : (JSON.parse(former) as FormerArea[]),
      hasBoundary: row.hasBoundary === 1,
    }))
  }

  /** Outlines whose box holds the point. */
  async outlinesAt([lon, lat]: LonLat): Promise<StoredOutline[]> {
    return this.#outlines(
      `SELECT b.area, b.geometry, b.source, b.reviewNumber FROM areaBoundaryBoxes x JOIN areaBoundaries b ON b.key = x.key
       WHERE x.west <= ? AND x.east >= ? AND x.south <= ? AND x.north >= ? AND b._deleted = 0`,
      [lon, lon, lat, lat],
    )
  }

  /** Of these areas; a customer's outline (with a 审图号, or the newer one) before the shipped one. */
  async outlinesOf(codes: readonly string[]): Promise<StoredOutline[]> {
    const found = await this.#outlines(
      `SELECT area, geometry, source, reviewNumber FROM areaBoundaries WHERE _deleted = 0 AND area IN (SELECT value FROM json_each(?))
       ORDER BY area, reviewNumber IS NOT NULL, key`,
      [JSON.stringify(codes)],
    )
    return [...new Map(found.map((outline) => [outline.area, outline])).values()]
  }

  async #outlines(sql: string, params: (string | number)[]): Promise<StoredOutline[]> {
    const rows = await this.#store.all<{ area: string; geometry: string; source: string; reviewNumber: string | null }>(sql, params)
    return rows.map(({ geometry, ...row }) => ({ ...row, outline: JSON.parse(geometry) as Outline }))
  }

  async units(): Promise<Unit[]> {
    const rows = await this.#store.all<Omit<Unit, 'covers' | 'isSample'> & { covers: string | null; isSample: number | null }>(
      'SELECT id, code, name, superior, kind, covers, dutyTelephone, dutyTelephoneVerifiedAt, isSample FROM units WHERE _deleted = 0 ORDER BY code, name',
    )
    return rows.map((row) => ({ ...row, covers: row.covers === null ? [] : (JSON.parse(row.covers) as string[]), isSample: row.isSample === 1 }))
  }
}
