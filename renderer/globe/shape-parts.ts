// What a shape is made of: the lines to draw, the rings to fill, the place for its words.
import type { LonLat } from '../../native/contract/index.ts'
import { circleRing, densify, ringAreaM2, ringMiddle } from './geodesy.ts'
import type { Shape, ShapeGeometry } from './types.ts'

/** Lines as they are drawn, following the ground. */
export function linesOf(geometry: ShapeGeometry): LonLat[][] {
  switch (geometry.type) {
    case 'Point':
      return []
    case 'LineString':
      return [densify(geometry.coordinates)]
    case 'MultiLineString':
      return geometry.coordinates.map((line) => densify(line))
    case 'Polygon':
      return geometry.coordinates.map((ring) => densify(closed(ring)))
    case 'MultiPolygon':
      return geometry.coordinates.flatMap((polygon) => polygon.map((ring) => densify(closed(ring))))
    case 'Circle':
      return [circleRing(geometry.coordinates, geometry.radiusM)]
    default:
      return geometry satisfies never
  }
}

/** Areas: the outer ring first, then holes. */
export function areasOf(geometry: ShapeGeometry): LonLat[][][] {
  switch (geometry.type) {
    case 'Polygon':
      return [geometry.coordinates]
    case 'MultiPolygon':
      return geometry.coordinates
    case 'Circle':
      return [[circleRing(geometry.coordinates, geometry.radiusM)]]
    default:
      return []
  }
}

/** Where the words stand. */
export function middleOf(shape: Pick<Shape, 'geometry' | 'labelAt'>): LonLat {
  if (shape.labelAt !== null) return shape.labelAt
  const { geometry } = shape
  switch (geometry.type) {
    case 'Point':
    case 'Circle':
      return geometry.coordinates
    case 'LineString':
      return geometry.coordinates[Math.floor(geometry.coordinates.length / 2)]!
    case 'MultiLineString':
      return geometry.coordinates[0]![Math.floor(geometry.coordinates[0]!.length / 2)]!
    case 'Polygon':
      return ringMiddle(geometry.coordinates[0]!)
    case 'MultiPolygon':
      return ringMiddle(geometry.coordinates.map((polygon) => polygon[0]!).reduce((a, b) => (ringAreaM2(b) > ringAreaM2(a) ? b : a)))
    default:
      return geometry satisfies never
  }
}

function closed(ring: LonLat[]): LonLat[] {
  const [first, last] = [ring[0], ring.at(-1)]
  return first === undefined || last === undefined || (first[0] === last[0] && first[1] === last[1]) ? ring : [...ring, first]
}
