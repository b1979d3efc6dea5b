// The layers of the globe by id: what the layer tree lists, and what is drawn again on a new stage.
import type { Scene } from 'cesium'
import type { OverlayInfo, OverlayLayer } from './types.ts'

/** A layer that survives its scene: it holds what it shows, and draws it on any scene it is attached to. */
export interface Drawable extends OverlayLayer {
  info(): OverlayInfo
  attach(scene: Scene): void
  detach(): void
  /** Puts it over all others. */
  raise(): void
  /** Told after each picture from how high it was seen and how much larger the page is, for what looks different then. */
  seenFrom?(heightM: number, zoom: number): void
}

export class OverlayRegistry {
  readonly #layers = new Map<string, Drawable>()
  readonly #listeners = new Set<() => void>()
  #scene: Scene | null = null
  #isTold = true
  #order = ''

  /** The layer of that id, made when there is none. */
  take<T extends Drawable>(id: string, kind: abstract new (...args: never[]) => T, make: () => T): T {
    const found = this.#layers.get(id)
    if (found !== undefined) {
      if (!(found instanceof kind)) throw new Error(`layer ${id} is of another kind`)
      return found
    }
    const layer = make()
    this.#layers.set(id, layer)
    if (this.#scene !== null) layer.attach(this.#scene)
    this.changed()
    return layer
  }

  get(id: string): Drawable | undefined {
    return this.#layers.get(id)
  }

  drop(id: string): void {
    this.#layers.get(id)?.detach()
    this.#layers.delete(id)
    this.changed()
  }

  attach(scene: Scene): void {
    this.#scene = scene
    this.#order = ''
    for (const layer of this.#layers.values()) layer.attach(scene)
    this.changed()
  }

  detach(): void {
    this.#scene = null
    for (const layer of this.#layers.values()) layer.detach()
  }

  /** Only what differs is touched, so that telling the tree of a change does not go round in circles. */
  arrange(overlays: readonly { id: string; isVisible: boolean; opacity: number }[]): void {
    const known = overlays.filter(({ id }) => this.#layers.has(id))
    for (const { id, isVisible, opacity } of known) {
      const layer = this.#layers.get(id)!
      const info = layer.info()
      if (info.isVisible !== isVisible) layer.setVisible(isVisible)
      if (info.opacity !== opacity) layer.setOpacity(opacity)
    }
    const order = known.map(({ id }) => id).join('\n')
    if (order === this.#order) return
    this.#order = order
    for (const { id } of known) this.#layers.get(id)!.raise()
  }

  seenFrom(heightM: number, zoom: number): void {
    for (const layer of this.#layers.values()) layer.seenFrom?.(heightM, zoom)
  }

  list(): OverlayInfo[] {
    return [...this.#layers.values()].map((layer) => layer.info())
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Told once however many changes one turn brings. */
  changed(): void {
    if (!this.#isTold) return
    this.#isTold = false
    queueMicrotask(() => {
      this.#isTold = true
      for (const listener of this.#listeners) listener()
    })
  }
}
