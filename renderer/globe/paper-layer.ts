// What the layers that draw on the sheet over the globe have in common: their things by id, whether and how strongly they show, their place in the order.
import type { Cartesian3, Scene } from 'cesium'
import type { LonLat } from '../../native/contract/index.ts'
import type { Drawable, OverlayRegistry } from './overlay-registry.ts'
import type { Caption, Painter, Paper, Stamp } from './paper.ts'
import { toWorld } from './places.ts'
import type { OverlayInfo } from './types.ts'

export interface PaperLayerOptions {
  paper: Paper
  requestRender: () => void
}

export abstract class PaperLayer<Item extends { id: string }> implements Drawable, Painter {
  readonly id: string
  protected abstract readonly kind: OverlayInfo['kind']
  protected readonly items = new Map<string, { item: Item; world: Cartesian3 }>()
  protected isVisible = true
  protected opacity = 1
  protected readonly requestRender: () => void
  readonly #registry: OverlayRegistry
  readonly #paper: Paper
  #leavePaper: () => void

  constructor(id: string, registry: OverlayRegistry, options: PaperLayerOptions) {
    this.id = id
    this.#registry = registry
    this.requestRender = options.requestRender
    this.#paper = options.paper
    this.#leavePaper = options.paper.add(this)
  }

  abstract collect(sheet: { stamps: Stamp[]; captions: Caption[]; cameraHeightM: number }): void
  abstract attach(scene: Scene): void
  abstract detach(): void
  /** Where a thing stands, or the middle of it. */
  protected abstract placeOf(item: Item): LonLat
  /** What is shown has changed, after the registry was told. */
  protected abstract redraw(): void

  get size(): number {
    return this.items.size
  }

  info(): OverlayInfo {
    return { id: this.id, kind: this.kind, isVisible: this.isVisible, opacity: this.opacity, size: this.size }
  }

  set(items: readonly Item[]): void {
    this.items.clear()
    this.patch(items)
  }

  patch(items: readonly Item[]): void {
    for (const item of items) this.items.set(item.id, { item, world: toWorld(this.placeOf(item)) })
    this.changed()
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) this.items.delete(id)
    this.changed()
  }

  clear(): void {
    this.set([])
  }

  setVisible(isVisible: boolean): void {
    this.isVisible = isVisible
    this.changed()
  }

  setOpacity(opacity: number): void {
    this.opacity = opacity
    this.changed()
  }

  positionOf(id: string): LonLat | null {
    const found = this.items.get(id)
    return found === undefined ? null : this.placeOf(found.item)
  }

  raise(): void {
    this.#leavePaper()
    this.#leavePaper = this.#paper.add(this)
    this.requestRender()
  }

  dispose(): void {
    this.#leavePaper()
    this.items.clear()
    this.#registry.drop(this.id)
    this.requestRender()
  }

  protected get isSeen(): boolean {
    return this.isVisible && this.opacity > 0
  }

  protected changed(): void {
    this.#registry.changed()
    this.redraw()
  }
}
