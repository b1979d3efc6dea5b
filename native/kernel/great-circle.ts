// Distance and bearing on the sphere.
import type { LonLat } from '../contract/index.ts'

/** Mean radius of the earth (IUGG), metres. */
export const earthRadiusM = 6_371_008.8
const radian = Math.PI / 180

/** Great-circle distance in metres (haversine); within 0.6 % of the ellipsoid. */
export function distanceM([lon1, lat1]: LonLat, [lon2, lat2]: LonLat): number {
  const a =
    Math.sin(((lat2 - lat1) * radian) / 2) ** 2 + Math.cos(lat1 * radian) * Math.cos(lat2 * radian) * Math.sin(((lon2 - lon1) * radian) / 2) ** 2
  return 2 * earthRadiusM * Math.asin(Math.min(1, Math.sqrt(a)))
}

/** Degrees clockwise from north at the first point, 0 ≤ b < 360. */
export function bearingDeg([lon1, lat1]: LonLat, [lon2, lat2]: LonLat): number {
  const y = Math.sin((lon2 - lon1) * radian) * Math.cos(lat2 * radian)
  const x = Math.cos(lat1 * radian) * Math.sin(lat2 * radian) - Math.sin(lat1 * radian) * Math.cos(lat2 * radian) * Math.cos((lon2 - lon1) * radian)
  return (Math.atan2(y, x) / radian + 360) % 360
}

/** Half sides in degrees of a box that holds every point within `radiusM`; 180/90 near the poles. */
export function boxAround([, lat]: LonLat, radiusM: number): { lonDeg: number; latDeg: number } {
  const latDeg = radiusM / earthRadiusM / radian
  const widest = Math.min(89.9, Math.abs(lat) + latDeg)
  // The parallels that touch a circle are a little wider than at its middle: asin(sin r / cos φ).
  const ratio = Math.sin(radiusM / earthRadiusM) / Math.cos(widest * radian)
  return { lonDeg: ratio >= 1 ? 180 : Math.asin(ratio) / radian, latDeg }
}
