// Rasters and tilesets under the vectors: only what changed is made anew, each failure is told apart, nothing throws.
import {
  Cesium3DTileset,
  GeographicTilingScheme,
  ImageryLayer,
  type ImageryProvider,
  Rectangle,
  type Scene,
  UrlTemplateImageryProvider,
  WebMercatorTilingScheme,
  buildModuleUrl,
} from 'cesium'
import { GcjImageryProvider } from './gcj-imagery.ts'
import type { Ground } from './types.ts'

/** The globe's own blue-grey shines through the built-in imagery. */
const BASE_ALPHA = 0.62

interface Standing {
  ground: Ground
  imagery: ImageryLayer | null
  tileset: Cesium3DTileset | null
}

export class Grounds {
  readonly #requestRender: () => void
  readonly #standing = new Map<string, Standing>()
  #wanted: readonly Ground[] = []
  #scene: Scene | null = null

  constructor(requestRender: () => void) {
    this.#requestRender = requestRender
  }

  attach(scene: Scene): void {
    this.#scene = scene
    this.set(this.#wanted)
  }

  /** The scene takes its own layers with it. */
  detach(): void {
    this.#scene = null
    this.#standing.clear()
  }

  set(grounds: readonly Ground[]): void {
    this.#wanted = grounds
    const scene = this.#scene
    if (scene === null) return
    const ids = new Set(grounds.map((ground) => ground.id))
    for (const [id, standing] of this.#standing) {
      const next = grounds.find((ground) => ground.id === id)
      if (!ids.has(id) || next === undefined || !isSameSource(standing.ground, next)) this.#remove(scene, id, standing)
    }
    for (const ground of grounds) this.#show(scene, ground)
    for (const ground of grounds) {
      const imagery = this.#standing.get(ground.id)?.imagery
      if (imagery !== null && imagery !== undefined) scene.imageryLayers.raiseToTop(imagery)
    }
    this.#requestRender()
  }

  #show(scene: Scene, ground: Ground): void {
    let standing = this.#standing.get(ground.id)
    if (standing === undefined) {
      standing = { ground, imagery: ground.kind === 'tiles3d' ? null : new ImageryLayer(provider(ground), tint(ground)), tileset: null }
      this.#standing.set(ground.id, standing)
      if (standing.imagery !== null) scene.imageryLayers.add(standing.imagery)
      else this.#loadTileset(scene, standing)
    }
    standing.ground = ground
    if (standing.imagery !== null) {
      standing.imagery.alpha = ground.opacity * (ground.kind === 'natural-earth' ? BASE_ALPHA : 1)
      standing.imagery.show = ground.isVisible && ground.opacity > 0
    }
    if (standing.tileset !== null) standing.tileset.show = ground.isVisible && ground.opacity > 0
  }

  #loadTileset(scene: Scene, standing: Standing): void {
    Cesium3DTileset.fromUrl(standing.ground.url).then(
      (tileset) => {
        if (scene.isDestroyed() || this.#standing.get(standing.ground.id) !== standing) return tileset.destroy()
        standing.tileset = scene.primitives.add(tileset) as Cesium3DTileset
        tileset.show = standing.ground.isVisible
        this.#requestRender()
      },
      // The station knows why and says so in the layer tree; asking again is a change of the layer or a reload.
      (error: unknown) => console.info(`tileset ${standing.ground.id}: ${String(error)}`),
    )
  }

  #remove(scene: Scene, id: string, { imagery, tileset }: Standing): void {
    if (imagery !== null) scene.imageryLayers.remove(imagery)
    if (tileset !== null) scene.primitives.remove(tileset)
    this.#standing.delete(id)
  }
}

function provider(ground: Ground): ImageryProvider {
  if (ground.kind === 'natural-earth') {
    // Addressed directly: reading its XML first would cost the first picture a round trip.
    const url = `${buildModuleUrl('Assets/Textures/NaturalEarthII')}/{z}/{x}/{reverseY}.jpg`
    return quiet(new UrlTemplateImageryProvider({ url, tilingScheme: new GeographicTilingScheme(), maximumLevel: 2 }))
  }
  const options = {
    url: ground.url,
    tilingScheme: ground.tiling === 'geographic' ? new GeographicTilingScheme() : new WebMercatorTilingScheme(),
    minimumLevel: lowestLevel(ground),
    maximumLevel: ground.maxLevel,
    ...(ground.box === null ? {} : { rectangle: Rectangle.fromDegrees(...ground.box) }),
  }
  return quiet(ground.datum === 'gcj02' ? new GcjImageryProvider(options, ground.tiling) : new UrlTemplateImageryProvider(options))
}

/** Cesium asks for every tile of the lowest level at once, so a high one is only allowed over a small box. */
function lowestLevel({ box, minLevel }: Ground): number {
  if (box === null) return 0
  const widestDeg = Math.max(box[2] - box[0], box[3] - box[1])
  return Math.max(0, Math.min(minLevel, Math.floor(Math.log2((360 / Math.max(widestDeg, 0.001)) * 2))))
}

/** A missing tile is no news for the console: the station keeps the state of each layer. */
function quiet<P extends ImageryProvider>(imagery: P): P {
  imagery.errorEvent.addEventListener(() => undefined)
  return imagery
}

/** The photo-like base is darkened and drained so that signs stand out; other maps are shown as they are. */
function tint(ground: Ground): ImageryLayer.ConstructorOptions {
  return ground.kind === 'natural-earth' ? { brightness: 0.55, saturation: 0.4, contrast: 1.2, gamma: 0.9 } : {}
}

function isSameSource(a: Ground, b: Ground): boolean {
  const key = (ground: Ground) => JSON.stringify([ground.kind, ground.url, ground.tiling, ground.minLevel, ground.maxLevel, ground.box, ground.datum])
  return key(a) === key(b)
}
