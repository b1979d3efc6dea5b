// A layer of the few hundred symbols that matter, drawn on the sheet over the globe so that their words stay readable at any render scale.
import type { Cartesian3 } from 'cesium'
import type { LonLat } from '../../native/contract/index.ts'
import type { Drawable, OverlayRegistry } from './overlay-registry.ts'
import type { Painter, Paper, Stamp } from './paper.ts'
import { toWorld } from './places.ts'
import type { Marker, MarkerLayer, OverlayInfo } from './types.ts'

export class IconLayer implements MarkerLayer, Drawable, Painter {
  readonly id: string
  readonly #registry: OverlayRegistry
  readonly #requestRender: () => void
  readonly #paper: Paper
  #leavePaper: () => void
  readonly #items = new Map<string, { marker: Marker; world: Cartesian3 }>()
  #isVisible = true
  #opacity = 1

  constructor(id: string, registry: OverlayRegistry, options: { paper: Paper; requestRender: () => void }) {
    this.id = id
    this.#registry = registry
    this.#requestRender = options.requestRender
    this.#paper = options.paper
    this.#leavePaper = options.paper.add(this)
  }

  get size(): number {
    return this.#items.size
  }

  info(): OverlayInfo {
    return { id: this.id, kind: 'icons', isVisible: this.#isVisible, opacity: this.#opacity, size: this.size }
  }

  collect(sheet: { stamps: Stamp[] }): void {
    if (!this.#isVisible || this.#opacity === 0) return
    for (const { marker, world } of this.#items.values()) {
      const { symbol, caption, tone, label, isStale } = marker
      sheet.stamps.push({ picked: { layer: this.id, id: marker.id }, world, symbol, caption, tone, label, isStale, opacity: this.#opacity })
    }
  }

  set(markers: readonly Marker[]): void {
    this.#items.clear()
    this.patch(markers)
  }

  patch(markers: readonly Marker[]): void {
    for (const marker of markers) this.#items.set(marker.id, { marker, world: toWorld(marker.position) })
    this.#changed()
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) this.#items.delete(id)
    this.#changed()
  }

  clear(): void {
    this.set([])
  }

  setVisible(isVisible: boolean): void {
    this.#isVisible = isVisible
    this.#changed()
  }

  setOpacity(opacity: number): void {
    this.#opacity = opacity
    this.#changed()
  }

  positionOf(id: string): LonLat | null {
    return this.#items.get(id)?.marker.position ?? null
  }

  attach(): void {
    this.#requestRender()
  }

  raise(): void {
    this.#leavePaper()
    this.#leavePaper = this.#paper.add(this)
    this.#requestRender()
  }

  detach(): void {
    // Nothing of it belongs to the scene.
  }

  dispose(): void {
    this.#leavePaper()
    this.#items.clear()
    this.#registry.drop(this.id)
    this.#requestRender()
  }

  #changed(): void {
    this.#registry.changed()
    this.#requestRender()
  }
}
