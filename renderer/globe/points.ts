// A layer of very many dots, in one Cesium buffer collection: a change costs its own setters and one upload, no object per dot.
import { BoundingSphere, BufferPoint, BufferPointCollection, BufferPointMaterial, Cartesian3, Color, Ellipsoid, type Scene } from 'cesium'
import type { LonLat } from '../../native/contract/index.ts'
import type { Drawable, OverlayRegistry } from './overlay-registry.ts'
import { toLonLat, toWorld } from './places.ts'
import { staleColour, toneColour } from './tones.ts'
import type { Marker, MarkerLayer, OverlayInfo, Tone } from './types.ts'

const wholeEarth = new BoundingSphere(Cartesian3.ZERO, Ellipsoid.WGS84.maximumRadius)
const MIN_CAPACITY = 1024
const DOT_PX = 8
/** Seen from this high the dots are a quiet stipple, so that outlines, names and signs come first; back below the lower bound they stand out again. */
const QUIET_ABOVE_M = 340_000
const LOUD_BELOW_M = 280_000
const QUIET_DOT_PX = 4
const QUIET_ALPHA = 0.55

export class PointLayer implements MarkerLayer, Drawable {
  readonly id: string
  readonly #registry: OverlayRegistry
  readonly #requestRender: () => void
  readonly #slots = new Map<string, number>()
  #ids: (string | null)[] = []
  readonly #free: number[] = []
  readonly #materials = new Map<string, BufferPointMaterial>()
  readonly #point = new BufferPoint()
  readonly #world = new Cartesian3()
  #collection = makeCollection(MIN_CAPACITY)
  #scene: Scene | null = null
  #isVisible = true
  #opacity = 1
  #isQuiet = false
  #zoom = 1

  constructor(id: string, registry: OverlayRegistry, requestRender: () => void) {
    this.id = id
    this.#registry = registry
    this.#requestRender = requestRender
  }

  get size(): number {
    return this.#slots.size
  }

  info(): OverlayInfo {
    return { id: this.id, kind: 'points', isVisible: this.#isVisible, opacity: this.#opacity, size: this.size }
  }

  set(markers: readonly Marker[]): void {
    this.#reset(markers.length)
    this.patch(markers)
  }

  patch(markers: readonly Marker[]): void {
    const sizeBefore = this.size
    for (const marker of markers) {
      const slot = this.#slots.get(marker.id)
      if (slot === undefined) this.#add(marker)
      else {
        this.#collection.get(slot, this.#point)
        this.#write(marker)
      }
    }
    if (this.size !== sizeBefore) this.#registry.changed()
    this.#requestRender()
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) {
      const slot = this.#slots.get(id)
      if (slot === undefined) continue
      this.#collection.get(slot, this.#point)
      // A buffer collection cannot shrink: the slot is hidden and used again.
      this.#point.show = false
      this.#slots.delete(id)
      this.#ids[slot] = null
      this.#free.push(slot)
    }
    this.#registry.changed()
    this.#requestRender()
  }

  clear(): void {
    this.set([])
  }

  setVisible(isVisible: boolean): void {
    this.#isVisible = isVisible
    this.#collection.show = isVisible
    this.#registry.changed()
    this.#requestRender()
  }

  setOpacity(opacity: number): void {
    this.#opacity = opacity
    this.#restyle()
    this.#registry.changed()
  }

  seenFrom(heightM: number, zoom: number): void {
    const isQuiet = heightM > (this.#isQuiet ? LOUD_BELOW_M : QUIET_ABOVE_M)
    if (isQuiet === this.#isQuiet && zoom === this.#zoom) return
    this.#isQuiet = isQuiet
    this.#zoom = zoom
    this.#restyle()
  }

  dispose(): void {
    this.#registry.drop(this.id)
  }

  attach(scene: Scene): void {
    this.detach()
    // Its buffers belonged to the scene before: what they held is copied into fresh ones.
    this.#copyInto(this.#collection.primitiveCountMax)
    this.#scene = scene
    scene.primitives.add(this.#collection)
  }

  detach(): void {
    // The scene would destroy the collection, and with it the positions.
    const primitives = this.#scene?.primitives
    if (primitives !== undefined && !primitives.isDestroyed()) {
      primitives.destroyPrimitives = false
      primitives.remove(this.#collection)
      primitives.destroyPrimitives = true
    }
    this.#scene = null
  }

  raise(): void {
    this.#scene?.primitives.raiseToTop(this.#collection)
    this.#requestRender()
  }

  /** The id of the dot that a pick hit; null when it is not of this layer. */
  idOf(picked: { collection?: unknown; index?: number }): string | null {
    return picked.collection === this.#collection && picked.index !== undefined ? (this.#ids[picked.index] ?? null) : null
  }

  positionOf(id: string): LonLat | null {
    const slot = this.#slots.get(id)
    if (slot === undefined) return null
    this.#collection.get(slot, this.#point)
    return toLonLat(this.#point.getPosition(this.#world))
  }

  #add(marker: Marker): void {
    const free = this.#free.pop()
    const slot = free ?? this.#ids.length
    if (free === undefined) {
      if (slot === this.#collection.primitiveCountMax) this.#copyInto(slot * 2)
      this.#collection.add({}, this.#point)
    } else {
      this.#collection.get(slot, this.#point)
      this.#point.show = true
    }
    this.#ids[slot] = marker.id
    this.#slots.set(marker.id, slot)
    this.#write(marker)
  }

  #write(marker: Marker): void {
    this.#point.setPosition(toWorld(marker.position, this.#world))
    this.#point.setMaterial(this.#material(marker.tone, marker.isStale))
  }

  #restyle(): void {
    this.#materials.clear()
    const material = new BufferPointMaterial()
    for (const [, slot] of this.#slots) {
      this.#collection.get(slot, this.#point)
      this.#point.getMaterial(material)
      this.#point.setMaterial(this.#asSeen(material))
    }
    this.#requestRender()
  }

  #asSeen(material: BufferPointMaterial): BufferPointMaterial {
    const alpha = this.#isQuiet ? QUIET_ALPHA * this.#opacity : this.#opacity
    material.size = (this.#isQuiet ? QUIET_DOT_PX : DOT_PX) * this.#zoom
    material.outlineWidth = this.#isQuiet ? 0 : this.#zoom
    material.color.alpha = alpha
    material.outlineColor.alpha = alpha
    return material
  }

  #material(tone: Tone, isStale: boolean): BufferPointMaterial {
    const key = isStale ? 'stale' : tone
    let material = this.#materials.get(key)
    if (material === undefined) {
      const color = Color.fromCssColorString(isStale ? staleColour : toneColour[tone])
      material = this.#asSeen(new BufferPointMaterial({ color, outlineColor: Color.fromCssColorString('#0b1118') }))
      this.#materials.set(key, material)
    }
    return material
  }

  #reset(expected: number): void {
    this.#slots.clear()
    this.#ids = []
    this.#free.length = 0
    this.#replace(makeCollection(Math.max(MIN_CAPACITY, 2 ** Math.ceil(Math.log2(expected + 1)))))
    this.#registry.changed()
  }

  /** Moves every slot, the hidden ones too, into a new collection. */
  #copyInto(capacity: number): void {
    const from = this.#collection
    const to = makeCollection(capacity)
    const target = new BufferPoint()
    const material = new BufferPointMaterial()
    for (let slot = 0; slot < this.#ids.length; slot++) {
      from.get(slot, this.#point)
      this.#point.getMaterial(material)
      to.add({ position: this.#point.getPosition(this.#world), material }, target)
      target.show = this.#ids[slot] !== null
    }
    this.#replace(to)
  }

  #replace(collection: BufferPointCollection): void {
    const primitives = this.#scene?.primitives
    const before = this.#collection
    this.#collection = collection
    collection.show = this.#isVisible
    if (primitives === undefined) return
    primitives.remove(before)
    primitives.add(collection)
  }
}

function makeCollection(capacity: number): BufferPointCollection {
  return new BufferPointCollection({ primitiveCountMax: capacity, allowPicking: true, boundingVolume: wholeEarth })
}
