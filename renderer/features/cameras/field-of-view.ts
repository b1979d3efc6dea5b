// What a camera sees of the ground, as a ring of the globe: a sector, or a circle where it sees all around. Flat: hills and houses are not known here.
import type { CameraRow, LonLat } from '../../../native/contract/index.ts'
import { circleRing, destination } from '../../globe/geodesy.ts'

const stepDeg = 5

/** null = it is not said where it stands, looks, or how far it sees. */
export function viewRing({
  position,
  azimuthDeg,
  viewDeg,
  rangeM,
}: Pick<CameraRow, 'position' | 'azimuthDeg' | 'viewDeg' | 'rangeM'>): LonLat[] | null {
  if (position === null || viewDeg === null || rangeM === null || viewDeg <= 0) return null
  if (viewDeg >= 360) return circleRing(position, rangeM)
  if (azimuthDeg === null) return null
  const steps = Math.max(1, Math.ceil(viewDeg / stepDeg))
  const edge = Array.from({ length: steps + 1 }, (_, index) =>
    destination(position, (azimuthDeg - viewDeg / 2 + (viewDeg * index) / steps + 360) % 360, rangeM),
  )
  return [position, ...edge, position]
}
