// Boundaries and names of areas as shapes; marked 示意 by the globe's foot. Never a country's line or name.
import type { Area, LonLat } from '../../../native/contract/index.ts'
import type { Shape, ShapeGeometry } from '../../globe/types.ts'

/** What the station gives of an outline. */
export interface BoundaryLine {
  area: Pick<Area, 'code' | 'name' | 'kind'>
  geometry: Extract<ShapeGeometry, { type: 'Polygon' | 'MultiPolygon' }>
  /** 审图号 of the customer's map; null = 示意. */
  reviewNumber: string | null
  source: string
}

const widths: Partial<Record<Area['kind'], number>> = { province: 3.5, city: 1.8, county: 1 }
/** County names only when one is near enough to tell them apart. */
const COUNTY_NAMES_WITHIN_M = 420_000

/** Only lines of a province and below: whatever a pack holds, a code outside 11…82 is not drawn. */
export function areaShapes(lines: readonly BoundaryLine[]): Shape[] {
  return lines
    .filter(({ area }) => /^[1-8]\d/.test(area.code) && area.kind in widths)
    .map(({ area, geometry, source }) => ({
      ...bare,
      id: `${area.code}|${source}`,
      geometry,
      isDashed: area.kind === 'county',
      isFilled: area.kind === 'province',
      widthPx: widths[area.kind] ?? 1,
    }))
}

export function placeLabels(areas: readonly Area[]): Shape[] {
  return areas.flatMap((area) => {
    if (area.position === null || (area.kind !== 'city' && area.kind !== 'county')) return []
    const geometry = { type: 'Point' as const, coordinates: area.position }
    return [{ ...bare, id: area.code, geometry, label: area.name, widthPx: 0, labelWithinM: area.kind === 'county' ? COUNTY_NAMES_WITHIN_M : null }]
  })
}

/** The box around everything; null when there is nothing. */
export function homeOf(lines: readonly BoundaryLine[]): { west: number; south: number; east: number; north: number } | null {
  const corners = lines.flatMap(({ geometry }) => (geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()).flat())
  if (corners.length === 0) return null
  const home = { west: 180, south: 90, east: -180, north: -90 }
  for (const [lon, lat] of corners as LonLat[]) {
    home.west = Math.min(home.west, lon)
    home.east = Math.max(home.east, lon)
    home.south = Math.min(home.south, lat)
    home.north = Math.max(home.north, lat)
  }
  return home
}

const bare = {
  tone: 'boundary',
  symbol: null,
  label: null,
  labelAt: null,
  isDashed: false,
  isFilled: false,
  widthPx: 1,
  labelWithinM: null,
  isPickable: false,
} as const
