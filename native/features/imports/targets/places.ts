// Positions and areas of a row: read, oriented, shifted to WGS-84, and held against the area they should lie in.
import { coversArea, type RowProblem } from '../../../contract/index.ts'
import { gcoord } from '../gcoord.ts'
import { degreesOf, folded } from '../values.ts'
import type { CheckContext } from './target.ts'

export interface ReadPosition {
  lon: number | null
  lat: number | null
  problems: RowProblem[]
}

const earthRadiusM = 6_371_008.8
/** Outlines are right to a kilometre or two. */
const toleranceM = 3000
/** Farther than this from the centre of its own county a place is in another. */
const farFromCentreM = 150_000

/** Longitude and latitude in two cells, or both in one. */
export function readPosition(cell: (field: string) => string, context: CheckContext): ReadPosition {
  let [lonCell, latCell] = [cell('lon'), cell('lat')]
  const both = cell('position')
  if (lonCell.trim() === '' && latCell.trim() === '' && both.trim() !== '') {
    const parts = folded(both)
      .split(/[,;，；、\s]+/)
      .filter((part) => part !== '')
    const halves = parts.length === 2 ? parts : (folded(both).match(/[NSEW东西南北]?[^NSEW东西南北]+[NSEW]?/gi) ?? [])
    ;[lonCell, latCell] = /^[NS北南]|[NS]$|纬/i.test(halves[0] ?? '') ? [halves[1] ?? '', halves[0] ?? ''] : [halves[0] ?? '', halves[1] ?? '']
  }
  if (lonCell.trim() === '' && latCell.trim() === '') return none('missing-position', null)
  if (lonCell.trim() === '' || latCell.trim() === '') return none('coordinate-unreadable', `${lonCell},${latCell}`)
  const [lon, lat] = [degreesOf(lonCell, 'lon'), degreesOf(latCell, 'lat')]
  const value = `${lonCell},${latCell}`
  if (Number.isNaN(lon.degrees) || Number.isNaN(lat.degrees)) return none('coordinate-unreadable', value)
  if (lon.axis === 'lat' || lat.axis === 'lon' || isSwapped(lon.degrees, lat.degrees)) return none('coordinate-swapped', value)
  if (Math.abs(lon.degrees) > 180 || Math.abs(lat.degrees) > 90 || (lon.degrees === 0 && lat.degrees === 0))
    return none('coordinate-out-of-range', value)
  const [shiftedLon, shiftedLat] = toWgs84(lon.degrees, lat.degrees, context)
  return { lon: shiftedLon, lat: shiftedLat, problems: [] }
}

/** China lies at 73–136° E, 3–54° N. */
function isSwapped(lon: number, lat: number): boolean {
  return lon >= 3 && lon <= 54 && lat >= 73 && lat <= 136
}

/** Seven digits are a centimetre. */
function toWgs84(lon: number, lat: number, context: CheckContext): [number, number] {
  if (context.datum === 'wgs84') return [lon, lat]
  const [x, y] = gcoord.transform([lon, lat], context.datum === 'gcj02' ? gcoord.GCJ02 : gcoord.BD09, gcoord.WGS84)
  return [Math.round(x * 1e7) / 1e7, Math.round(y * 1e7) / 1e7]
}

function none(code: RowProblem['code'], value: string | null): ReadPosition {
  return { lon: null, lat: null, problems: [{ code, field: 'lon', value: value?.slice(0, 80) ?? null, other: null }] }
}

/** A code, a name, or names from the city down (渭南市临渭区); codes of towns are kept when their county is known. */
export function readArea(words: string, context: CheckContext): { code: string | null; isKnown: boolean } {
  const cell = folded(words).replaceAll(/\s/g, '')
  if (cell === '') return { code: null, isKnown: true }
  const areas = indexed(context)
  if (/^\d{2}(\d{2}){0,2}(\d{3}){0,2}$/.test(cell)) {
    const six = cell.length < 6 ? cell.padEnd(6, '0') : cell
    const known = areas.byCode.get(six.slice(0, 6))
    return { code: known === undefined ? null : six.length > 6 ? six : known, isKnown: known !== undefined }
  }
  for (const [name, code] of areas.names) if (cell.endsWith(name)) return { code, isKnown: true }
  return { code: null, isKnown: false }
}

interface AreaIndex {
  /** Present and former codes → present code. */
  byCode: Map<string, string>
  /** Longest first: 渭南市临渭区, 临渭区, and former names. */
  names: [name: string, code: string][]
  centres: Map<string, [number, number]>
  /** Centres of what lies in the area the rows must lie in. */
  inside: [number, number][]
}
const indexes = new WeakMap<CheckContext, AreaIndex>()

function indexed(context: CheckContext): AreaIndex {
  const known = indexes.get(context)
  if (known !== undefined) return known
  const byCode = new Map(
    context.areas.flatMap((area) => [...area.former.map((one) => [one.code, area.code] as const), [area.code, area.code] as const]),
  )
  const names = context.areas.flatMap((area) => [area.name, ...area.former.map((one) => one.name)].map((name): [string, string] => [name, area.code]))
  const centres = new Map(
    context.areas.flatMap((area) => (area.lon === null || area.lat === null ? [] : [[area.code, [area.lon, area.lat]] as const])),
  )
  const index = {
    byCode,
    names: names.toSorted((a, b) => b[0].length - a[0].length),
    centres: new Map(centres as Iterable<[string, [number, number]]>),
    inside: [...centres].flatMap(([code, point]): [number, number][] =>
      context.area !== null && coversArea(context.area, code) ? [[...point]] : [],
    ),
  }
  indexes.set(context, index)
  return index
}

/** Whether a position lies outside the area the rows must lie in, or far from the area the row itself names. */
export function isOutside(lon: number, lat: number, area: string | null, context: CheckContext): boolean {
  const centre = area === null ? undefined : indexed(context).centres.get(area.slice(0, 6))
  if (centre !== undefined && distanceM(centre, [lon, lat]) > farFromCentreM) return true
  if (context.area === null) return false
  if (area !== null && !coversArea(context.area, area)) return true
  if (context.outline !== null) return outlineDistanceM([lon, lat], rings(context.outline)) > toleranceM
  const { inside } = indexed(context)
  return inside.length > 0 && !inside.some((point) => distanceM(point, [lon, lat]) < farFromCentreM / 2)
}

type Ring = [number, number][]
const ringCache = new WeakMap<object, Ring[]>()
function rings(outline: NonNullable<CheckContext['outline']>): Ring[] {
  const known = ringCache.get(outline)
  if (known !== undefined) return known
  const list = outline.type === 'Polygon' ? (outline.coordinates as Ring[]) : (outline.coordinates as Ring[][]).flat()
  ringCache.set(outline, list)
  return list
}

/** 0 inside; else metres to the nearest edge (plane approximation, good to a percent over some kilometres). */
function outlineDistanceM([lon, lat]: [number, number], outline: readonly Ring[]): number {
  let isInside = false
  let nearest = Infinity
  const scale = Math.cos((lat * Math.PI) / 180)
  for (const ring of outline) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [x1, y1] = ring[i] ?? [0, 0]
      const [x2, y2] = ring[j] ?? [0, 0]
      if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) isInside = !isInside
      const [dx, dy] = [(x2 - x1) * scale, y2 - y1]
      const [px, py] = [(lon - x1) * scale, lat - y1]
      const along = Math.max(0, Math.min(1, (px * dx + py * dy) / (dx * dx + dy * dy || 1)))
      nearest = Math.min(nearest, Math.hypot(px - along * dx, py - along * dy))
    }
  }
  return isInside ? 0 : nearest * (Math.PI / 180) * earthRadiusM
}

function distanceM([lon1, lat1]: [number, number], [lon2, lat2]: [number, number]): number {
  const rad = Math.PI / 180
  const a = Math.sin(((lat2 - lat1) * rad) / 2) ** 2 + Math.cos(lat1 * rad) * Math.cos(lat2 * rad) * Math.sin(((lon2 - lon1) * rad) / 2) ** 2
  return 2 * earthRadiusM * Math.asin(Math.min(1, Math.sqrt(a)))
}
