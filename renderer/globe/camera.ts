// The camera: flights that happen once, the way home, what is in view, and moving by keys.
import { BoundingSphere, Cartesian2, Ellipsoid, HeadingPitchRange, Math as CesiumMath, Rectangle, type Scene } from 'cesium'
import type { LonLat } from '../../native/contract/index.ts'
import { distanceM } from './geodesy.ts'
import { toLonLat, toWorld } from './places.ts'
import type { FlyTarget } from './types.ts'

/** Shaanxi, until the pack says otherwise. */
const shaanxi = { west: 105.3, south: 31.6, east: 111.4, north: 39.7 }

export class CameraMan {
  readonly #flown = new Set<string>()
  #scene: Scene | null = null
  #isSoftware = false
  #home: { west: number; south: number; east: number; north: number } = shaanxi

  attach(scene: Scene, isSoftware: boolean): void {
    this.#scene = scene
    this.#isSoftware = isSoftware
  }

  detach(): void {
    this.#scene = null
  }

  setHome(box: { west: number; south: number; east: number; north: number }): void {
    this.#home = box
  }

  home(isAtOnce = false): void {
    this.fly(this.#home, { isAtOnce })
  }

  fly(target: FlyTarget, options: { once?: string; isAtOnce?: boolean } = {}): void {
    const camera = this.#scene?.camera
    if (camera === undefined) return
    if (options.once !== undefined) {
      if (this.#flown.has(options.once)) return
      this.#flown.add(options.once)
    }
    // Without a graphics card a flight is a slide show; whoever asked for less motion gets none.
    const isStill = options.isAtOnce === true || this.#isSoftware || window.matchMedia('(prefers-reduced-motion: reduce)').matches
    const duration = isStill ? 0 : 1.2
    if ('west' in target) {
      const height = Math.max(target.north - target.south, 0.01) * 0.06
      const width = Math.max(target.east - target.west, 0.01) * 0.06
      camera.flyTo({
        destination: Rectangle.fromDegrees(target.west - width, target.south - height, target.east + width, target.north + height),
        duration,
      })
      return
    }
    const offset = new HeadingPitchRange(0, CesiumMath.toRadians(-75), target.rangeM)
    camera.flyToBoundingSphere(new BoundingSphere(toWorld(target.position), 0), { offset, duration })
  }

  view(): { centre: LonLat; widthM: number } | null {
    const scene = this.#scene
    if (scene === null) return null
    const { clientWidth: width, clientHeight: height } = scene.canvas
    const at = (x: number) => scene.camera.pickEllipsoid(new Cartesian2(x, height / 2), Ellipsoid.WGS84)
    const centre = at(width / 2)
    if (centre === undefined) return null
    // A tenth of the width around the middle, so that the edge of the globe does not matter.
    const [left, right] = [at(width * 0.45), at(width * 0.55)]
    if (left === undefined || right === undefined) return null
    return { centre: toLonLat(centre), widthM: distanceM(toLonLat(left), toLonLat(right)) * 10 }
  }

  get headingRad(): number {
    return this.#scene?.camera.heading ?? 0
  }

  /** Arrows move, + and − come nearer, Page Up/Down tilt, N turns north up, Home shows everything. @returns whether the key was used */
  key(key: string): boolean {
    const camera = this.#scene?.camera
    if (camera === undefined) return false
    const heightM = camera.positionCartographic.height
    const step = heightM / 6_371_000 / 8
    switch (key) {
      case 'ArrowLeft':
        camera.rotateRight(-step)
        break
      case 'ArrowRight':
        camera.rotateRight(step)
        break
      case 'ArrowUp':
        camera.rotateUp(-step)
        break
      case 'ArrowDown':
        camera.rotateUp(step)
        break
      case '+':
      case '=':
        camera.zoomIn(heightM * 0.3)
        break
      case '-':
        camera.zoomOut(heightM * 0.4)
        break
      case 'PageUp':
      case 'PageDown':
        this.#tilt(key === 'PageUp' ? 0.1 : -0.1)
        break
      case 'n':
      case 'N':
        this.#northUp()
        break
      case 'Home':
        this.home()
        break
      default:
        return false
    }
    this.#scene?.requestRender()
    return true
  }

  #tilt(byRad: number): void {
    const camera = this.#scene?.camera
    const view = this.view()
    if (camera === undefined || view === null) return
    const pitch = Math.min(-0.2, Math.max(-Math.PI / 2, camera.pitch + byRad))
    const rangeM = distanceOf(camera.positionWC, toWorld(view.centre))
    camera.flyToBoundingSphere(new BoundingSphere(toWorld(view.centre), 0), {
      offset: new HeadingPitchRange(camera.heading, pitch, rangeM),
      duration: 0,
    })
  }

  #northUp(): void {
    const camera = this.#scene?.camera
    const view = this.view()
    if (camera === undefined || view === null) return
    const rangeM = distanceOf(camera.positionWC, toWorld(view.centre))
    camera.flyToBoundingSphere(new BoundingSphere(toWorld(view.centre), 0), { offset: new HeadingPitchRange(0, camera.pitch, rangeM), duration: 0 })
  }
}

function distanceOf(a: { x: number; y: number; z: number }, b: { x: number; y: number; z: number }): number {
  return Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z)
}
