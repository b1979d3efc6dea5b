// A layer of lines, areas and circles with words: batched polylines and one primitive of fills, rebuilt together when something changed.
import {
  ArcType,
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
import type { Caption, Stamp } from './paper.ts'
import { PaperLayer } from './paper-layer.ts'
import { toWorld } from './places.ts'
import { areasOf, linesOf, middleOf } from './shape-parts.ts'
import { toneColour } from './tones.ts'
import type { Shape, ShapeLayer } from './types.ts'

/** What a pick of a line or a fill carries. */
export interface ShapePick {
  layer: ShapesLayer
  shape: string
}

/** Areas are tinted lightly; a province only so much that it stands out from its neighbours. */
const FILL_ALPHA = 0.22
const BOUNDARY_FILL_ALPHA = 0.06

export class ShapesLayer extends PaperLayer<Shape> implements ShapeLayer {
  protected readonly kind = 'shapes'
  #scene: Scene | null = null
  #drawn: PrimitiveCollection | null = null
  #isStale = false
  #zoom = 1

  collect(sheet: { stamps: Stamp[]; captions: Caption[]; cameraHeightM: number }): void {
    if (!this.isSeen) return
    for (const { item: shape, world } of this.items.values()) {
      const isPoint = shape.geometry.type === 'Point' && shape.widthPx > 0
      const common = { world, opacity: this.opacity }
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

  override setVisible(isVisible: boolean): void {
    if (this.#drawn !== null) this.#drawn.show = isVisible
    super.setVisible(isVisible)
  }

  seenFrom(_heightM: number, zoom: number): void {
    if (zoom === this.#zoom) return
    this.#zoom = zoom
    this.changed()
  }

  attach(scene: Scene): void {
    this.#scene = scene
    this.#drawn = scene.primitives.add(new PrimitiveCollection({ show: this.isVisible })) as PrimitiveCollection
    this.#draw()
  }

  override raise(): void {
    if (this.#drawn !== null) this.#scene?.primitives.raiseToTop(this.#drawn)
    super.raise()
  }

  detach(): void {
    if (this.#drawn !== null && this.#scene !== null && !this.#scene.isDestroyed()) this.#scene.primitives.remove(this.#drawn)
    this.#drawn = null
    this.#scene = null
  }

  protected placeOf(shape: Shape): LonLat {
    return middleOf(shape)
  }

  /** Changes of one turn are drawn together. */
  protected redraw(): void {
    if (this.#isStale) return
    this.#isStale = true
    queueMicrotask(() => this.#draw())
  }

  #draw(): void {
    this.#isStale = false
    this.requestRender()
    if (this.#drawn === null) return
    this.#drawn.removeAll()
    const fills: GeometryInstance[] = []
    const lines = new PolylineCollection()
    for (const { item: shape } of this.items.values()) {
      const id: ShapePick | undefined = shape.isPickable ? { layer: this, shape: shape.id } : undefined
      const colour = Color.fromCssColorString(toneColour[shape.tone])
      for (const line of linesOf(shape.geometry)) {
        // Each line destroys its own material; equal ones are drawn together all the same.
        const material = lineMaterial(colour.withAlpha(this.opacity), shape.isDashed)
        if (line.length > 1) lines.add({ positions: line.map((place) => toWorld(place)), width: shape.widthPx * this.#zoom, material, id })
      }
      if (shape.isFilled)
        fills.push(
          ...areasOf(shape.geometry).map((rings) =>
            fill(rings, colour.withAlpha((shape.tone === 'boundary' ? BOUNDARY_FILL_ALPHA : FILL_ALPHA) * this.opacity), id),
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
