// What a globe of the wall draws from what its station gives it.
import type { GlobeTileData, LonLat, WallGlobeView, WallMarker, WallTile } from '../../../../native/contract/index.ts'
import { drawingShape } from '../../../globe/drawing-shapes.ts'
import { layerGround } from '../../../globe/layer-ground.ts'
import { symbolOfType } from '../../../globe/incident-symbols.ts'
import type { FlyTarget, Globe, Marker, Shape, ShapeGeometry, Tone } from '../../../globe/types.ts'

const widths = { province: 3.5, city: 1.8, county: 1 }
const kmPerDegree = 111.32

export function drawGlobe(globe: Globe, data: GlobeTileData): void {
  // Made first, so that they lie lowest.
  globe.setGrounds(data.grounds.map(({ id, map, opacity }) => layerGround(map, { id, opacity, isVisible: true })))
  const boundaries = globe.shapes('boundaries')
  globe.shapes('drawings').set(data.drawings.map((drawing) => ({ ...drawingShape(drawing), isPickable: false })))
  globe.points('resources').set(data.resources.map((marker) => dot(marker, 'resource')))
  globe.icons('cameras').set(data.cameras.map((marker) => dot(marker, 'target')))
  globe.icons('tasks').set(data.tasks.map((marker) => dot(marker, 'order')))
  globe.icons('incidents').set(data.incidents.map((marker) => ({ ...dot(marker, 'incident'), symbol: symbolOfType(marker.typeCode) })))
  // What was drawn stays.
  if (data.boundaries === null) return
  boundaries.set(data.boundaries.map(outline))
  const home = boxOf(data.boundaries.map(({ geometry }) => geometry as unknown as ShapeGeometry))
  if (home !== null) globe.setHome(home)
}

/** @param aspect width of the tile through its height; null = the whole area of the centre */
export function targetOf(tile: Extract<WallTile, { kind: 'globe' }>, view: WallGlobeView | null, aspect: number): FlyTarget | null {
  const wanted = view ?? (tile.centre === null ? null : { centre: tile.centre, widthM: tile.widthM })
  if (wanted === null) return null
  // What the globe leaves free at the edges.
  const widthM = wanted.widthM / 1.12
  const [lon, lat] = wanted.centre
  const halfLat = widthM / aspect / 1000 / kmPerDegree / 2
  const halfLon = widthM / 1000 / (kmPerDegree * Math.max(0.1, Math.cos((lat * Math.PI) / 180))) / 2
  return { west: lon - halfLon, east: lon + halfLon, south: Math.max(-89, lat - halfLat), north: Math.min(89, lat + halfLat) }
}

function dot({ id, position, label }: WallMarker, tone: Tone): Marker {
  return { id, position, tone, symbol: null, caption: null, label: label === '' ? null : label, isStale: false }
}

function outline({ id, geometry, level }: NonNullable<GlobeTileData['boundaries']>[number]): Shape {
  const look = { symbol: null, label: null, labelAt: null, labelWithinM: null, isPickable: false, tone: 'boundary' as const }
  return {
    ...look,
    id,
    geometry: geometry as unknown as ShapeGeometry,
    isDashed: level === 'county',
    isFilled: level === 'province',
    widthPx: widths[level],
  }
}

function boxOf(geometries: readonly ShapeGeometry[]): { west: number; south: number; east: number; north: number } | null {
  const corners = geometries.flatMap((geometry): LonLat[] =>
    geometry.type === 'Polygon' ? geometry.coordinates.flat() : geometry.type === 'MultiPolygon' ? geometry.coordinates.flat(2) : [],
  )
  if (corners.length === 0) return null
  const box = { west: 180, south: 90, east: -180, north: -90 }
  for (const [lon, lat] of corners) {
    box.west = Math.min(box.west, lon)
    box.east = Math.max(box.east, lon)
    box.south = Math.min(box.south, lat)
    box.north = Math.max(box.north, lat)
  }
  return box
}
