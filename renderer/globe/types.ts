// What the other rooms may know of the globe: layers of markers and shapes, the camera, picking, drawing, measuring. No Cesium types.
import type { QueryClient } from '@tanstack/vue-query'
import type { Router } from 'vue-router'
import type { LonLat, Permission } from '../../native/contract/index.ts'

/** What a marker or a shape means; the colour follows from it and goes with a shape or a word. */
export type Tone = 'incident' | 'hazard' | 'target' | 'resource' | 'order' | 'boundary' | 'water' | 'drawing' | 'neutral' | 'alarm'

/** One thing at one place. A points layer draws its dot only; an icons layer draws symbol and label. */
export interface Marker {
  /** Unique in its layer. */
  id: string
  position: LonLat
  tone: Tone
  /** GB/T 35649 code of the symbol, e.g. `A20400`; null = a plain dot in the tone's colour. */
  symbol: string | null
  /** Two to four characters in the lower quarter of the symbol in place of the code's own (子类文字标识, e.g. 泥石流); null = the code's. */
  caption: string | null
  /** Words beside the marker; null = none. */
  label: string | null
  /** Greyer, because it is old. */
  isStale: boolean
}

/** What every layer of the globe has; it shows in the layer tree under `layers.overlays.<id>` unless a title is given. */
export interface OverlayLayer {
  readonly id: string
  setVisible(isVisible: boolean): void
  /** 0 (not seen) … 1. */
  setOpacity(opacity: number): void
  clear(): void
  /** Takes the layer off the globe; idempotent. */
  dispose(): void
}

/** `points`: up to 200 000 dots. `icons`: the few hundred that matter. */
export interface MarkerLayer extends OverlayLayer {
  /** Replaces all markers. */
  set(markers: readonly Marker[]): void
  /** Adds or changes these markers, leaves the others. */
  patch(markers: readonly Marker[]): void
  remove(ids: readonly string[]): void
  readonly size: number
}

/** GeoJSON geometry, or a circle (radius in metres along the ground). Lines follow great circles. */
export type ShapeGeometry =
  | { type: 'Point'; coordinates: LonLat }
  | { type: 'LineString'; coordinates: LonLat[] }
  | { type: 'MultiLineString'; coordinates: LonLat[][] }
  | { type: 'Polygon'; coordinates: LonLat[][] }
  | { type: 'MultiPolygon'; coordinates: LonLat[][][] }
  | { type: 'Circle'; coordinates: LonLat; radiusM: number }

export interface Shape {
  /** Unique in its layer. */
  id: string
  geometry: ShapeGeometry
  tone: Tone
  /** For a point: its GB/T 35649 code; null = a dot. */
  symbol: string | null
  /** Words at the shape's middle; null = none. */
  label: string | null
  /** Where the label stands; null = the middle of the geometry. */
  labelAt: LonLat | null
  isDashed: boolean
  /** Fill areas, lightly. */
  isFilled: boolean
  /** Line width in CSS pixels; a point with 0 is its label alone. */
  widthPx: number
  /** The label is shown only when the camera is nearer than this many metres; null = always. */
  labelWithinM: number | null
  /** False for what must not catch the mouse, such as boundaries. */
  isPickable: boolean
}

export interface ShapeLayer extends OverlayLayer {
  set(shapes: readonly Shape[]): void
  patch(shapes: readonly Shape[]): void
  remove(ids: readonly string[]): void
}

/** Either a place with how much ground around it to show, or a box. */
export type FlyTarget = { position: LonLat; rangeM: number } | { west: number; south: number; east: number; north: number }

/** What lies under the mouse: the layer's id and the marker's or shape's. */
export interface Picked {
  layer: string
  id: string
}

export type DrawKind = 'point' | 'line' | 'polygon' | 'circle'
export type MeasureKind = 'distance' | 'area' | 'height'

/** A finished measurement; `value` in metres or square metres. */
export interface Measurement {
  kind: MeasureKind
  value: number
  geometry: ShapeGeometry
}

/** Titles and marks of a map picture; the words come from the caller, in the page's language. */
export interface SnapshotOptions {
  title: string
  /** Rows of the legend, top to bottom. */
  legend: readonly { tone: Tone; symbol: string | null; text: string }[]
  /** Under the picture, e.g. source and time: `2026-03-01 14:30`. */
  footer: string
  /** 示意图 */
  sketch: string
  /** 北 */
  north: string
}

/** A raster layer or tileset under the vectors, fetched from this station alone. */
export interface Ground {
  id: string
  kind: 'natural-earth' | 'tiles' | 'tiles3d'
  /** `tiles`: with `{z}/{x}/{y}`, rows from the north; `tiles3d`: of the tileset.json; `natural-earth`: not used. */
  url: string
  tiling: 'mercator' | 'geographic'
  minLevel: number
  maxLevel: number
  /** West, south, east, north in degrees; null = everywhere. */
  box: readonly [number, number, number, number] | null
  datum: 'wgs84' | 'gcj02'
  opacity: number
  isVisible: boolean
}

/** How the picture stands; `lost` = the graphics context is gone and is being brought back. */
export type GlobeState = 'starting' | 'running' | 'lost' | 'failed'

export interface OverlayInfo {
  id: string
  kind: 'points' | 'icons' | 'shapes'
  isVisible: boolean
  opacity: number
  /** Things in it. */
  size: number
}

export interface Globe {
  /** The layer of that id, made on first use; ids are feature words such as `resources`, `incidents`. */
  points(id: string): MarkerLayer
  icons(id: string): MarkerLayer
  shapes(id: string): ShapeLayer

  /** Rasters and tilesets, lowest first. Those already there are kept as they are. */
  setGrounds(grounds: readonly Ground[]): void

  /** With `once`, a second flight under the same key is not made (an incident is flown to once, not every time). */
  flyTo(target: FlyTarget, options?: { once?: string }): void
  /** Back to the whole area of the pack. */
  flyHome(): void
  /** Draws attention to one marker or shape (ring and bright); null = nothing. */
  select(picked: Picked | null): void
  /** The centre of the view and the ground it spans in metres; null while only sky is seen. */
  view(): { centre: LonLat; widthM: number } | null

  /** Called with what a click hit, null = bare ground. Not called while drawing, measuring or picking a place. Returns the unsubscribe function. */
  onPick(listener: (picked: Picked | null, position: LonLat | null) => void): () => void
  /** A cross-hair; the next click is the place. Esc, or another tool, gives null. */
  pickPosition(): Promise<LonLat | null>
  /** Draws with the mouse; double click or Enter ends, Backspace takes back the last point, Esc gives null. Nothing is stored. */
  draw(kind: DrawKind): Promise<ShapeGeometry | null>
  /** As `draw`; the figure stands on the globe until the next measurement or `clearMeasure`. */
  measure(kind: MeasureKind): Promise<Measurement | null>
  clearMeasure(): void
  /** Ends whatever tool is in use, as Esc does. */
  cancelTool(): void
  /** Map picture as PNG with north, scale, legend, time and 示意图. */
  snapshot(options: SnapshotOptions): Promise<Blob>

  /** What `flyHome` shows. */
  setHome(box: { west: number; south: number; east: number; north: number }): void

  /** Order (lowest first), visibility and opacity of the layers made so far, as the layer tree has them; unknown ids are left out. */
  setOverlays(overlays: readonly { id: string; isVisible: boolean; opacity: number }[]): void

  /** The layers made so far, for the layer tree. */
  overlays(): OverlayInfo[]
  onOverlays(listener: () => void): () => void
}

/** What `<f>.globe.ts` may use besides the globe. Watch rows with `observeRows`, so that the change feed refreshes them. */
export interface GlobeDeps {
  queryClient: QueryClient
  router: Router
  /** Text of a key of the page, in its language. */
  t: (key: string, params?: Record<string, unknown>) => string
}

/** Default export of `<f>.globe.ts`: what the feature draws. Started once the globe stands; again after a sign-in. */
export interface GlobeFeature {
  id: string
  /** Whoever lacks it is not shown it: asking all the same would stand in the audit as a refusal. */
  permission: Permission
  /** @returns what undoes it */
  start(globe: Globe, deps: GlobeDeps): () => void
}
