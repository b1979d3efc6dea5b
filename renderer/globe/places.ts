// Between degrees and Cesium's metres from the middle of the earth.
import { Cartesian3, Cartographic, Ellipsoid, Math as CesiumMath } from 'cesium'
import type { LonLat } from '../../native/contract/index.ts'

const scratch = new Cartographic()

/** @param heightM over the ellipsoid */
export function toWorld([lon, lat]: LonLat, result?: Cartesian3, heightM = 0): Cartesian3 {
  return Cartesian3.fromDegrees(lon, lat, heightM, Ellipsoid.WGS84, result)
}

export function toLonLat(world: Cartesian3): LonLat {
  const place = Cartographic.fromCartesian(world, Ellipsoid.WGS84, scratch)
  return [CesiumMath.toDegrees(place.longitude), CesiumMath.toDegrees(place.latitude)]
}
