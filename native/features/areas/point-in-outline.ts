// Whether a point lies inside an outline, and the box around one.
import type { LonLat } from '../../contract/index.ts'

export type Ring = LonLat[]
export type Outline = { type: 'Polygon'; coordinates: Ring[] } | { type: 'MultiPolygon'; coordinates: Ring[][] }

/** Even–odd rule over all rings, so holes and several parts need no care. Degrees as a plane: good enough for outlines of this size. */
export function isInside([lon, lat]: LonLat, outline: Outline): boolean {
  let inside = false
  for (const ring of ringsOf(outline)) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [x1, y1] = ring[i] ?? [0, 0]
      const [x2, y2] = ring[j] ?? [0, 0]
      if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) inside = !inside
    }
  }
  return inside
}

export function ringsOf(outline: Outline): Ring[] {
  return outline.type === 'Polygon' ? outline.coordinates : outline.coordinates.flat()
}

/** @returns [west, south, east, north] */
export function boxOf(outline: Outline): [number, number, number, number] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const ring of ringsOf(outline)) {
    for (const [lon, lat] of ring) {
      west = Math.min(west, lon)
      south = Math.min(south, lat)
      east = Math.max(east, lon)
      north = Math.max(north, lat)
    }
  }
  return [west, south, east, north]
}

/** A foreign geometry as an outline; null when it is none or has a number that is no coordinate. Third ordinates are dropped. */
export function readOutline(geometry: unknown): Outline | null {
  if (typeof geometry !== 'object' || geometry === null || !('type' in geometry) || !('coordinates' in geometry)) return null
  const { type, coordinates } = geometry
  if (type === 'Polygon') {
    const rings = readRings(coordinates)
    return rings === null ? null : { type, coordinates: rings }
  }
  if (type !== 'MultiPolygon' || !Array.isArray(coordinates) || coordinates.length === 0) return null
  const parts = coordinates.map(readRings)
  return parts.every((part) => part !== null) ? { type, coordinates: parts } : null
}

function readRings(value: unknown): Ring[] | null {
  if (!Array.isArray(value) || value.length === 0) return null
  const rings = value.map((ring: unknown) => (Array.isArray(ring) && ring.length >= 4 ? ring.map(readPoint) : [null]))
  return rings.every((ring): ring is Ring => ring.every((point) => point !== null)) ? rings : null
}

function readPoint(value: unknown): LonLat | null {
  if (!Array.isArray(value)) return null
  const [lon, lat] = value as unknown[]
  if (typeof lon !== 'number' || typeof lat !== 'number' || !Number.isFinite(lon) || !Number.isFinite(lat)) return null
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? [lon, lat] : null
}
