// A layer of lines, areas and circles with words: batched polylines and one primitive of fills, rebuilt together when something changed.
import {
  ArcType,
  type Cartesian3,
  Color,
  ColorGeometryInstanceAttribute,
  GeometryInstance,
  Material,
  Math as CesiumMath,
  PerInstanceColorAppearance,
  PolygonGeometry,
  PolygonHierarchy,
  PolylineCollection,
  Primitive,
  PrimitiveCollection,
  type Scene,
} from 'cesium'
import type { LonLat } from '../../native/contract/index.ts'
import type { Drawable, OverlayRegistry } from './overlay-registry.ts'
import type { Caption, Painter, Paper, Stamp } from './paper.ts'
import { toWorld } from './places.ts'
import { areasOf, linesOf, middleOf } from './shape-parts.ts'
import { toneColour } from './tones.ts'
import type { OverlayInfo, Shape, ShapeLayer } from './types.ts'

/** What a pick of a line or a fill carries. */
export interface ShapePick {
  layer: ShapesLayer
  shape: string
}

/** Areas are tinted lightly; a province only so much that it stands out from its neighbours. */
const FILL_ALPHA = 0.22
const BOUNDARY_FILL_ALPHA = 0.06

export class ShapesLayer implements ShapeLayer, Drawable, Painter {
  readonly id: string
  readonly #registry: OverlayRegistry
  readonly #requestRender: () => void
  readonly #paper: Paper
  #leavePaper: () => void
  readonly #shapes = new Map<string, { shape: Shape; middle: Cartesian3 }>()
  #scene: Scene | null = null
  #drawn: PrimitiveCollection | null = null
  #isStale = false
  #isVisible = true
  #opacity = 1
  #zoom = 1

  constructor(id: string, registry: OverlayRegistry, options: { paper: Paper; requestRender: () => void }) {
    this.id = id
    this.#registry = registry
    this.#requestRender = options.requestRender
    this.#paper = options.paper
    this.#leavePaper = options.paper.add(this)
  }

  info(): OverlayInfo {
    return { id: this.id, kind: 'shapes', isVisible: this.#isVisible, opacity: this.#opacity, size: this.#shapes.size }
  }

  collect(sheet: { stamps: Stamp[]; captions: Caption[]; cameraHeightM: number }): void {
    if (!this.#isVisible || this.#opacity === 0) return
    for (const { shape, middle } of this.#shapes.values()) {
      const isPoint = shape.geometry.type === 'Point' && shape.widthPx > 0
      const common = { world: middle, opacity: this.#opacity }
      if (isPoint)
        sheet.stamps.push({
          ...common,
          picked: { layer: this.id, id: shape.id },
          symbol: shape.symbol,
          caption: null,
          tone: shape.tone,
          label: shape.label,
          isStale: false,
        })
      else if (shape.label !== null && (shape.labelWithinM === null || sheet.cameraHeightM < shape.labelWithinM)) {
        const isBoundary = shape.tone === 'boundary'
        const sizePx = isBoundary && shape.labelWithinM !== null ? 12 : 14
        sheet.captions.push({
          ...common,
          text: shape.label,
          colour: isBoundary ? '#c3d4df' : '#ffffff',
          sizePx,
          rank: isBoundary ? (shape.labelWithinM === null ? 20 : 10) : 60,
          beside: null,
        })
      }
    }
  }

  set(shapes: readonly Shape[]): void {
    this.#shapes.clear()
    this.patch(shapes)
  }

  patch(shapes: readonly Shape[]): void {
    for (const shape of shapes) this.#shapes.set(shape.id, { shape, middle: toWorld(middleOf(shape)) })
    this.#changed()
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) this.#shapes.delete(id)
    this.#changed()
  }

  clear(): void {
    this.set([])
  }

  setVisible(isVisible: boolean): void {
    this.#isVisible = isVisible
    if (this.#drawn !== null) this.#drawn.show = isVisible
    this.#registry.changed()
    this.#requestRender()
  }

  setOpacity(opacity: number): void {
    this.#opacity = opacity
    this.#changed()
  }

  seenFrom(_heightM: number, zoom: number): void {
    if (zoom === this.#zoom) return
    this.#zoom = zoom
    this.#changed()
  }

  positionOf(id: string): LonLat | null {
    const found = this.#shapes.get(id)
    return found === undefined ? null : middleOf(found.shape)
  }

  attach(scene: Scene): void {
    this.#scene = scene
    this.#drawn = scene.primitives.add(new PrimitiveCollection({ show: this.#isVisible })) as PrimitiveCollection
    this.#draw()
  }

  raise(): void {
    if (this.#drawn !== null) this.#scene?.primitives.raiseToTop(this.#drawn)
    this.#leavePaper()
    this.#leavePaper = this.#paper.add(this)
    this.#requestRender()
  }

  detach(): void {
    if (this.#drawn !== null && this.#scene !== null && !this.#scene.isDestroyed()) this.#scene.primitives.remove(this.#drawn)
    this.#drawn = null
    this.#scene = null
  }

  dispose(): void {
    this.#leavePaper()
    this.#shapes.clear()
    this.#registry.drop(this.id)
    this.#requestRender()
  }

  #changed(): void {
    this.#registry.changed()
    if (this.#isStale) return
    this.#isStale = true
    queueMicrotask(() => this.#draw())
  }

  #draw(): void {
    this.#isStale = false
    this.#requestRender()
    if (this.#drawn === null) return
    this.#drawn.removeAll()
    const fills: GeometryInstance[] = []
    const lines = new PolylineCollection()
    for (const { shape } of this.#shapes.values()) {
      const id: ShapePick | undefined = shape.isPickable ? { layer: this, shape: shape.id } : undefined
      const colour = Color.fromCssColorString(toneColour[shape.tone])
      for (const line of linesOf(shape.geometry)) {
        // Each line destroys its own material; equal ones are drawn together all the same.
        const material = lineMaterial(colour.withAlpha(this.#opacity), shape.isDashed)
        if (line.length > 1) lines.add({ positions: line.map((place) => toWorld(place)), width: shape.widthPx * this.#zoom, material, id })
      }
      if (shape.isFilled)
        fills.push(
          ...areasOf(shape.geometry).map((rings) =>
            fill(rings, colour.withAlpha((shape.tone === 'boundary' ? BOUNDARY_FILL_ALPHA : FILL_ALPHA) * this.#opacity), id),
          ),
        )
    }
    if (fills.length > 0)
      this.#drawn.add(
        new Primitive({
          geometryInstances: fills,
          appearance: new PerInstanceColorAppearance({ flat: true, translucent: true }),
          asynchronous: false,
        }),
      )
    this.#drawn.add(lines)
  }
}

function lineMaterial(color: Color, isDashed: boolean): Material {
  return isDashed ? Material.fromType('PolylineDash', { color, dashLength: 14 }) : Material.fromType('Color', { color })
}

function fill(rings: LonLat[][], colour: Color, id: ShapePick | undefined): GeometryInstance {
  const [outer = [], ...holes] = rings.map((ring) => ring.map((place) => toWorld(place)))
  return new GeometryInstance({
    id,
    geometry: new PolygonGeometry({
      polygonHierarchy: new PolygonHierarchy(
        outer,
        holes.map((hole) => new PolygonHierarchy(hole)),
      ),
      vertexFormat: PerInstanceColorAppearance.FLAT_VERTEX_FORMAT,
      arcType: ArcType.GEODESIC,
      granularity: CesiumMath.toRadians(0.2),
    }),
    attributes: { color: ColorGeometryInstanceAttribute.fromColor(colour) },
  })
}
