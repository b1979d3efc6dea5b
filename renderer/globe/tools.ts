// The tool in hand: picking a place, drawing or measuring, with mouse or keyboard. One at a time; it answers once, null when given up.
import { Cartesian2, Cartesian3, Ellipsoid, type Scene, ScreenSpaceEventHandler, ScreenSpaceEventType } from 'cesium'
import type { LonLat } from '../../native/contract/index.ts'
import { distanceM } from './geodesy.ts'
import { toLonLat, toWorld } from './places.ts'
import type { ShapesLayer } from './shapes.ts'
import { areaText, lengthText, measureOf, Sketch } from './sketch.ts'
import type { DrawKind, Measurement, MeasureKind, Shape, ShapeGeometry, Tone } from './types.ts'

/** What the mouse and keys do while a tool is in hand. */
interface Tool {
  /** `at` is null where the sky was clicked. */
  click(at: LonLat | null, window: Cartesian2): void
  move(at: LonLat | null, window: Cartesian2): void
  finish(): void
  takeBack(): void
  cancel(): void
}

export class Tools {
  readonly #sketches: ShapesLayer
  readonly #measures: ShapesLayer
  #scene: Scene | null = null
  #handler: ScreenSpaceEventHandler | null = null
  #tool: Tool | null = null
  #onIdleClick: (window: Cartesian2) => void

  constructor(options: { sketches: ShapesLayer; measures: ShapesLayer; onIdleClick: (window: Cartesian2) => void }) {
    this.#sketches = options.sketches
    this.#measures = options.measures
    this.#onIdleClick = options.onIdleClick
  }

  attach(scene: Scene): void {
    this.#scene = scene
    const handler = new ScreenSpaceEventHandler(scene.canvas)
    this.#handler = handler
    handler.setInputAction((event: ScreenSpaceEventHandler.PositionedEvent) => this.#click(event.position), ScreenSpaceEventType.LEFT_CLICK)
    handler.setInputAction(
      (event: ScreenSpaceEventHandler.MotionEvent) => this.#tool?.move(this.groundAt(event.endPosition), event.endPosition),
      ScreenSpaceEventType.MOUSE_MOVE,
    )
    handler.setInputAction(() => this.#tool?.finish(), ScreenSpaceEventType.LEFT_DOUBLE_CLICK)
    handler.setInputAction(() => this.#tool?.finish(), ScreenSpaceEventType.RIGHT_CLICK)
    this.#cursor()
  }

  detach(): void {
    this.#handler?.destroy()
    this.#handler = null
    this.#scene = null
  }

  get isBusy(): boolean {
    return this.#tool !== null
  }

  /** The ground under a place of the window (CSS pixels); null = sky. */
  groundAt(window: Cartesian2): LonLat | null {
    const world = this.#scene?.camera.pickEllipsoid(window, Ellipsoid.WGS84)
    return world === undefined ? null : toLonLat(world)
  }

  /** Space takes the middle of the view as the next point, so that a tool works without a mouse. @returns whether the key was used */
  key(key: string): boolean {
    if (this.#tool === null) return false
    if (key === 'Escape') this.#tool.cancel()
    else if (key === 'Enter') this.#tool.finish()
    else if (key === 'Backspace') this.#tool.takeBack()
    else if (key === ' ') this.#click(this.#middle())
    else return false
    return true
  }

  cancel(): void {
    this.#tool?.cancel()
  }

  clearMeasures(): void {
    this.#measures.clear()
  }

  pickPosition(): Promise<LonLat | null> {
    return this.draw('point').then((geometry) => (geometry?.type === 'Point' ? geometry.coordinates : null))
  }

  draw(kind: DrawKind): Promise<ShapeGeometry | null> {
    return this.#sketch(new Sketch(kind), 'drawing', (geometry) => (geometry.type === 'Circle' ? `r ${lengthText(geometry.radiusM)}` : null))
  }

  async measure(kind: MeasureKind): Promise<Measurement | null> {
    this.clearMeasures()
    if (kind === 'height') return this.#measureHeight()
    const words = (geometry: ShapeGeometry) => measureText(kind, geometry)
    const geometry = await this.#sketch(new Sketch(kind === 'area' ? 'polygon' : 'line'), 'order', words)
    if (geometry === null) return null
    this.#measures.set([shape(geometry, 'order', words(geometry))])
    return { kind, value: measureOf(kind, geometry), geometry }
  }

  #sketch(sketch: Sketch, tone: Tone, words: (geometry: ShapeGeometry) => string | null): Promise<ShapeGeometry | null> {
    const show = () => {
      const preview = sketch.preview()
      const corners = sketch.points.map((point, index) => ({ ...shape({ type: 'Point', coordinates: point }, tone, null), id: `corner-${index}` }))
      this.#sketches.set(preview === null || preview.type === 'Point' ? corners : [shape(preview, tone, words(preview)), ...corners.slice(0, 40)])
    }
    return this.#hold<ShapeGeometry>((end) => ({
      click: (at) => {
        if (at === null) return
        const isLast = sketch.add(at)
        if (isLast) end(sketch.finished())
        else show()
      },
      move: (at) => {
        sketch.cursor = at
        if (sketch.points.length > 0) show()
      },
      finish: () => {
        if (sketch.isComplete) end(sketch.finished())
      },
      takeBack: () => {
        sketch.takeBack()
        show()
      },
      cancel: () => end(null),
    }))
  }

  /** The foot is clicked, then the top: the height where the line of sight passes the plumb line over the foot. */
  #measureHeight(): Promise<Measurement | null> {
    let foot: LonLat | null = null
    const top = (window: Cartesian2) => (foot === null ? 0 : this.#heightOver(foot, window))
    const show = (heightM: number) => {
      if (foot !== null) this.#measures.set([{ ...shape({ type: 'Point', coordinates: foot }, 'order', `↕ ${lengthText(heightM)}`), id: 'height' }])
    }
    return this.#hold<Measurement>((end) => ({
      click: (at, window) => {
        if (foot === null) {
          foot = at
          return show(0)
        }
        const heightM = top(window)
        show(heightM)
        end({ kind: 'height', value: heightM, geometry: { type: 'Point', coordinates: foot } })
      },
      move: (_at, window) => show(top(window)),
      finish: () => undefined,
      takeBack: () => {
        foot = null
        this.clearMeasures()
      },
      cancel: () => {
        this.clearMeasures()
        end(null)
      },
    }))
  }

  #heightOver(foot: LonLat, window: Cartesian2): number {
    const ray = this.#scene?.camera.getPickRay(window)
    if (ray === undefined) return 0
    const base = toWorld(foot)
    return heightOnPlumbLine(base, Ellipsoid.WGS84.geodeticSurfaceNormal(base, new Cartesian3()), ray)
  }

  #hold<T>(make: (end: (result: T | null) => void) => Tool): Promise<T | null> {
    this.#tool?.cancel()
    return new Promise((resolve) => {
      const tool = make((result) => {
        if (this.#tool === tool) this.#tool = null
        this.#sketches.clear()
        this.#cursor()
        resolve(result)
      })
      this.#tool = tool
      this.#cursor()
    })
  }

  #click(window: Cartesian2): void {
    if (this.#tool === null) return this.#onIdleClick(Cartesian2.clone(window))
    this.#tool.click(this.groundAt(window), window)
  }

  #middle(): Cartesian2 {
    const canvas = this.#scene?.canvas
    return new Cartesian2((canvas?.clientWidth ?? 0) / 2, (canvas?.clientHeight ?? 0) / 2)
  }

  #cursor(): void {
    if (this.#scene !== null) this.#scene.canvas.style.cursor = this.#tool === null ? '' : 'crosshair'
  }
}

/** Metres up the plumb line (from `base` along `up`) where it comes nearest to the line of sight; never below the foot. */
export function heightOnPlumbLine(base: Cartesian3, up: Cartesian3, ray: { origin: Cartesian3; direction: Cartesian3 }): number {
  const between = Cartesian3.subtract(base, ray.origin, new Cartesian3())
  const cosine = Cartesian3.dot(up, ray.direction)
  const sine2 = 1 - cosine * cosine
  if (sine2 < 1e-6) return 0
  return Math.max(0, (cosine * Cartesian3.dot(ray.direction, between) - Cartesian3.dot(up, between)) / sine2)
}

function measureText(kind: MeasureKind, geometry: ShapeGeometry): string | null {
  if (geometry.type === 'LineString' && kind === 'area') return lengthText(distanceM(geometry.coordinates[0]!, geometry.coordinates[1]!))
  const value = measureOf(kind, geometry)
  return kind === 'area' ? areaText(value) : lengthText(value)
}

function shape(geometry: ShapeGeometry, tone: Tone, label: string | null): Shape {
  return {
    id: 'sketch',
    geometry,
    tone,
    symbol: null,
    label,
    labelAt: null,
    isDashed: false,
    isFilled: true,
    widthPx: 2.5,
    labelWithinM: null,
    isPickable: false,
  }
}
