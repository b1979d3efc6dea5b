// Distances, areas and great circles on the sphere, WGS-84 degrees; good to half a percent, which is what a map sketch needs.
import type { LonLat } from '../../native/contract/index.ts'

/** Mean radius of the earth in metres (IUGG). */
export const EARTH_RADIUS_M = 6_371_008.8
const RADIAN = Math.PI / 180

/** Great-circle distance in metres. */
export function distanceM(a: LonLat, b: LonLat): number {
  const sinLat = Math.sin(((b[1] - a[1]) * RADIAN) / 2)
  const sinLon = Math.sin(((b[0] - a[0]) * RADIAN) / 2)
  const h = sinLat * sinLat + Math.cos(a[1] * RADIAN) * Math.cos(b[1] * RADIAN) * sinLon * sinLon
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** Length of a line in metres. */
export function lengthM(line: readonly LonLat[]): number {
  return line.reduce((sum, point, index) => (index === 0 ? 0 : sum + distanceM(line[index - 1]!, point)), 0)
}

/** Area of a ring on the sphere in square metres, whichever way round (Chamberlain & Duquette, JPL 07-03). */
export function ringAreaM2(ring: readonly LonLat[]): number {
  let sum = 0
  for (let index = 0; index < ring.length; index++) {
    const a = ring[index]!
    const b = ring[(index + 1) % ring.length]!
    let lon = b[0] - a[0]
    if (lon > 180) lon -= 360
    if (lon < -180) lon += 360
    sum += lon * RADIAN * (2 + Math.sin(a[1] * RADIAN) + Math.sin(b[1] * RADIAN))
  }
  return Math.abs((sum * EARTH_RADIUS_M * EARTH_RADIUS_M) / 2)
}

/** The place `rangeM` metres from `from` in the direction `bearingDeg` (0 = north, 90 = east). */
export function destination(from: LonLat, bearingDeg: number, rangeM: number): LonLat {
  const angle = rangeM / EARTH_RADIUS_M
  const lat = from[1] * RADIAN
  const bearing = bearingDeg * RADIAN
  const sinLat = Math.sin(lat) * Math.cos(angle) + Math.cos(lat) * Math.sin(angle) * Math.cos(bearing)
  const lon = from[0] * RADIAN + Math.atan2(Math.sin(bearing) * Math.sin(angle) * Math.cos(lat), Math.cos(angle) - Math.sin(lat) * sinLat)
  return [((((lon / RADIAN + 180) % 360) + 360) % 360) - 180, Math.asin(Math.max(-1, Math.min(1, sinLat))) / RADIAN]
}

/** A circle as a closed ring. */
export function circleRing(centre: LonLat, radiusM: number, corners = 96): LonLat[] {
  const ring = Array.from({ length: corners }, (_, index) => destination(centre, (index * 360) / corners, radiusM))
  return [...ring, ring[0]!]
}

/** The line with points added so that no piece is longer than `stepM`: drawn straight it then follows the ground. */
export function densify(line: readonly LonLat[], stepM = 25_000): LonLat[] {
  const dense: LonLat[] = []
  line.forEach((point, index) => {
    const from = line[index - 1]
    if (from !== undefined) {
      const length = distanceM(from, point)
      const pieces = Math.ceil(length / stepM)
      for (let piece = 1; piece < pieces; piece++) dense.push(along(from, point, piece / pieces, length / EARTH_RADIUS_M))
    }
    dense.push(point)
  })
  return dense
}

function along(a: LonLat, b: LonLat, part: number, angle: number): LonLat {
  const weightA = Math.sin((1 - part) * angle) / Math.sin(angle)
  const weightB = Math.sin(part * angle) / Math.sin(angle)
  const [ax, ay, az] = unit(a)
  const [bx, by, bz] = unit(b)
  const [x, y, z] = [weightA * ax + weightB * bx, weightA * ay + weightB * by, weightA * az + weightB * bz]
  return [Math.atan2(y, x) / RADIAN, Math.atan2(z, Math.hypot(x, y)) / RADIAN]
}

function unit([lon, lat]: LonLat): [number, number, number] {
  const across = Math.cos(lat * RADIAN)
  return [across * Math.cos(lon * RADIAN), across * Math.sin(lon * RADIAN), Math.sin(lat * RADIAN)]
}

/** Where a label stands: the area-weighted middle of a ring, or the middle of its corners when it has no area. */
export function ringMiddle(ring: readonly LonLat[]): LonLat {
  let [area, lon, lat] = [0, 0, 0]
  const origin = ring[0]!
  for (let index = 0; index < ring.length; index++) {
    const a = ring[index]!
    const b = ring[(index + 1) % ring.length]!
    const cross = (a[0] - origin[0]) * (b[1] - origin[1]) - (b[0] - origin[0]) * (a[1] - origin[1])
    area += cross
    lon += (a[0] + b[0] + origin[0]) * cross
    lat += (a[1] + b[1] + origin[1]) * cross
  }
  if (Math.abs(area) < 1e-12) return [mean(ring, 0), mean(ring, 1)]
  return [lon / (3 * area), lat / (3 * area)]
}

function mean(points: readonly LonLat[], axis: 0 | 1): number {
  return points.reduce((sum, point) => sum + point[axis], 0) / points.length
}
