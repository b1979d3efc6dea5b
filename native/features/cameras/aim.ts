// Where a camera must look to see a point on the ground, and what its mount is told for that. Pure: flat ground at the camera's foot.
import type { LonLat, PtzCalibration } from '../../contract/index.ts'
import { bearingDeg, distanceM } from '../../kernel/great-circle.ts'

export interface Aim {
  /** Clockwise from north, 0 ≤ b < 360. */
  bearingDeg: number
  /** Below the horizon, 0–90. */
  downDeg: number
}

/** As ONVIF's generic position space counts: −1…1 each. */
export interface PanTilt {
  pan: number
  tilt: number
}

const degreesInRadian = 180 / Math.PI

/** @param heightM of the camera above the ground */
export function aimAt(point: LonLat, { position, heightM }: { position: LonLat; heightM: number }): Aim {
  return {
    bearingDeg: bearingDeg(position, point),
    downDeg: Math.atan2(Math.max(0, heightM), distanceM(position, point)) * degreesInRadian,
  }
}

/** @returns null where the mount does not reach */
export function panTiltOf({ bearingDeg: bearing, downDeg }: Aim, { northDeg, panDeg, level, down }: PtzCalibration): PanTilt | null {
  // From −180 up to 180.
  const turn = ((((bearing - northDeg + 180) % 360) + 360) % 360) - 180
  const pan = turn / (panDeg / 2)
  const tilt = level + (downDeg / 90) * (down - level)
  return Math.abs(pan) > 1 || Math.abs(tilt) > 1 ? null : { pan, tilt }
}

/** Where a mount looks that stands so. */
export function aimOf({ pan, tilt }: PanTilt, { northDeg, panDeg, level, down }: PtzCalibration): Aim {
  return { bearingDeg: (((northDeg + pan * (panDeg / 2)) % 360) + 360) % 360, downDeg: ((tilt - level) / (down - level)) * 90 }
}
