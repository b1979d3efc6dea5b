// Which cameras see a point on the ground: nearest and best-angled first. Flat sight lines: what stands between is not known here.
import type { CameraRow, LonLat, SeeingCamera } from '../../contract/index.ts'
import { bearingDeg, distanceM } from '../../kernel/great-circle.ts'

/** Where nobody has said how far a camera sees. */
const usualRangeM = 300
const usualViewDeg = 60

export function camerasSeeing(point: LonLat, cameras: readonly CameraRow[], limit: number): SeeingCamera[] {
  return cameras
    .flatMap((camera) => sight(point, camera) ?? [])
    .toSorted((a, b) => cost(a) - cost(b) || a.distanceM - b.distanceM)
    .slice(0, limit)
}

function sight(point: LonLat, camera: CameraRow): SeeingCamera | null {
  if (camera.position === null) return null
  const distance = distanceM(camera.position, point)
  if (distance > (camera.rangeM ?? usualRangeM)) return null
  const bearing = bearingDeg(camera.position, point)
  const view = camera.viewDeg ?? usualViewDeg
  if (view >= 360 || camera.azimuthDeg === null) return { ...camera, distanceM: distance, bearingDeg: bearing, offAxisDeg: null, mustTurn: false }
  const off = Math.abs(((bearing - camera.azimuthDeg + 540) % 360) - 180)
  // A point right below has no direction: the camera is told of, whatever way it looks.
  if (distance < 1) return { ...camera, distanceM: distance, bearingDeg: bearing, offAxisDeg: null, mustTurn: false }
  const isInView = off <= view / 2
  if (!isInView && !camera.hasPtz) return null
  return { ...camera, distanceM: distance, bearingDeg: bearing, offAxisDeg: isInView ? off : null, mustTurn: !isInView }
}

/** Metres, made longer the farther off the middle; one that must first be turned comes after one that looks already; an unknown direction in between. */
function cost({ distanceM, offAxisDeg, viewDeg, azimuthDeg, mustTurn }: SeeingCamera): number {
  const half = (viewDeg ?? usualViewDeg) / 2
  const share = offAxisDeg === null || half === 0 ? 0 : offAxisDeg / half
  const doubt = azimuthDeg === null && (viewDeg ?? 0) < 360 ? 1 : 0
  return (distanceM + 10) * (1 + share) * (mustTurn ? 3 : 1) * (1 + doubt)
}
