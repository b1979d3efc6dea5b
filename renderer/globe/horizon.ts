// Whether a place is on this side of the earth, for the camera as it stands (the horizon test in the ellipsoid's scaled space).
import { Cartesian3, Ellipsoid } from 'cesium'

export class Horizon {
  readonly #camera = new Cartesian3()
  readonly #place = new Cartesian3()
  #limit = 0

  set camera(position: Cartesian3) {
    Ellipsoid.WGS84.transformPositionToScaledSpace(position, this.#camera)
    this.#limit = Cartesian3.magnitudeSquared(this.#camera) - 1
  }

  isVisible(world: Cartesian3): boolean {
    const place = Ellipsoid.WGS84.transformPositionToScaledSpace(world, this.#place)
    const sight = Cartesian3.subtract(place, this.#camera, place)
    const along = -Cartesian3.dot(sight, this.#camera)
    if (this.#limit < 0) return along <= 0
    return along <= this.#limit || (along * along) / Cartesian3.magnitudeSquared(sight) <= this.#limit
  }
}
