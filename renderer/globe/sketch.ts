// What a drawing tool holds between clicks: the points so far and the cursor, and the geometry they make.
import type { LonLat } from '../../native/contract/index.ts'
import { distanceM, lengthM, ringAreaM2 } from './geodesy.ts'
import type { DrawKind, MeasureKind, ShapeGeometry } from './types.ts'

/** Points needed before a kind is complete, and after which it ends by itself (null = when the person says so). */
const needs: Record<DrawKind, { least: number; most: number | null }> = {
  point: { least: 1, most: 1 },
  line: { least: 2, most: null },
  polygon: { least: 3, most: null },
  circle: { least: 2, most: 2 },
}

export class Sketch {
  readonly kind: DrawKind
  readonly #points: LonLat[] = []
  cursor: LonLat | null = null

  constructor(kind: DrawKind) {
    this.kind = kind
  }

  get points(): readonly LonLat[] {
    return this.#points
  }

  /** @returns whether that was the last point the kind takes */
  add(point: LonLat): boolean {
    const last = this.#points.at(-1)
    // The second click of a double click: the same place again.
    if (last !== undefined && distanceM(last, point) < 0.01) return false
    this.#points.push(point)
    return this.#points.length === needs[this.kind].most
  }

  takeBack(): void {
    this.#points.pop()
  }

  get isComplete(): boolean {
    return this.#points.length >= needs[this.kind].least
  }

  /** The finished geometry; null while points are missing. */
  finished(): ShapeGeometry | null {
    return this.isComplete ? geometryOf(this.kind, this.#points) : null
  }

  /** What to show now, the cursor taken as the next point. */
  preview(): ShapeGeometry | null {
    const points = this.cursor === null ? [...this.#points] : [...this.#points, this.cursor]
    if (this.kind === 'polygon' && points.length === 2) return { type: 'LineString', coordinates: points }
    return points.length >= needs[this.kind].least ? geometryOf(this.kind, points) : null
  }
}

function geometryOf(kind: DrawKind, points: readonly LonLat[]): ShapeGeometry {
  switch (kind) {
    case 'point':
      return { type: 'Point', coordinates: points[0]! }
    case 'line':
      return { type: 'LineString', coordinates: [...points] }
    case 'polygon':
      return { type: 'Polygon', coordinates: [[...points, points[0]!]] }
    case 'circle':
      return { type: 'Circle', coordinates: points[0]!, radiusM: Math.max(1, distanceM(points[0]!, points[1]!)) }
    default:
      return kind satisfies never
  }
}

/** Metres of a line, square metres of an area; 0 for what has neither. */
export function measureOf(kind: MeasureKind, geometry: ShapeGeometry): number {
  if (kind === 'distance' && geometry.type === 'LineString') return lengthM(geometry.coordinates)
  if (kind === 'area' && geometry.type === 'Polygon') return ringAreaM2(geometry.coordinates[0]!)
  return 0
}

/** `850 m`, `12.3 km`. */
export function lengthText(metres: number): string {
  if (Math.abs(metres) < 1000) return `${metres.toFixed(metres < 10 ? 1 : 0)} m`
  return `${Number((metres / 1000).toFixed(Math.abs(metres) < 100_000 ? 2 : 0))} km`
}

/** `4 200 m²`, `3.42 km²`. */
export function areaText(squareMetres: number): string {
  return squareMetres < 100_000
    ? `${Math.round(squareMetres).toLocaleString('en').replaceAll(',', ' ')} m²`
    : `${(squareMetres / 1e6).toFixed(squareMetres < 1e8 ? 2 : 0)} km²`
}
