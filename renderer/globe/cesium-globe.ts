// The globe itself: puts stage, layers, sheet, camera and tools together, and starts over by itself when the graphics context is lost.
import { Cartesian2, type Scene } from 'cesium'
import type { LonLat } from '../../native/contract/index.ts'
import { CameraMan } from './camera.ts'
import { Grounds } from './grounds.ts'
import { IconLayer } from './icons.ts'
import { OverlayRegistry } from './overlay-registry.ts'
import { Paper } from './paper.ts'
import { PointLayer } from './points.ts'
import type { RenderSetting } from './profile.ts'
import { ShapesLayer, type ShapePick } from './shapes.ts'
import { composeSnapshot } from './snapshot.ts'
import { toWorld } from './places.ts'
import { applyPose, createStage, type Pose, readPose, type Stage } from './stage.ts'
import { Tools } from './tools.ts'
import { pageZoom } from './zoom.ts'
import type { DrawKind, FlyTarget, Globe, GlobeState, Ground, Measurement, MeasureKind, Picked, ShapeGeometry, SnapshotOptions } from './types.ts'

/** While the camera moves a processor-drawn picture is drawn at half its size, at rest at its own, on a screen larger than full HD at that size. */
const MOVING_SCALE = 0.5
const MAX_SHARP_PIXELS = 1920 * 1080
const REST_AFTER_MS = 250
const MAX_SHARP_POINTS = 20_000
const FIRST_RETRY_MS = 300
const LONGEST_RETRY_MS = 30_000

type PickListener = (picked: Picked | null, position: LonLat | null) => void

export interface CesiumGlobeOptions {
  container: HTMLElement
  render: RenderSetting
}

export class CesiumGlobe implements Globe {
  readonly #render: RenderSetting
  readonly #registry = new OverlayRegistry()
  readonly #paper: Paper
  readonly #camera = new CameraMan()
  readonly #grounds: Grounds
  readonly #tools: Tools
  readonly #measures: ShapesLayer
  readonly #sketches: ShapesLayer
  readonly #pickListeners = new Set<PickListener>()
  readonly #element: HTMLElement
  #stage: Stage | null = null
  #pose: Pose | null = null
  #retryMs = FIRST_RETRY_MS
  #retry: ReturnType<typeof setTimeout> | null = null
  #rest: ReturnType<typeof setTimeout> | null = null
  #isDisposed = false
  #state: GlobeState = 'starting'
  readonly #first = Promise.withResolvers<void>()
  /** Resolves when it has been drawn for the first time. */
  readonly firstPicture: Promise<void> = this.#first.promise
  readonly #whole = Promise.withResolvers<void>()
  /** Resolves when a picture stands in which nothing of ground and imagery is missing. */
  readonly wholePicture: Promise<void> = this.#whole.promise
  /** Called with each change of the state. */
  onState: (state: GlobeState) => void = () => undefined
  /** Called after each drawn picture, at most once a frame: for scale bar and compass. */
  onView: () => void = () => undefined

  constructor(options: CesiumGlobeOptions) {
    this.#render = options.render
    this.#element = document.createElement('div')
    this.#element.style.cssText = 'position:absolute;inset:0'
    options.container.append(this.#element)
    this.#paper = new Paper(options.container)
    this.#grounds = new Grounds(this.#requestRender)
    this.#measures = new ShapesLayer('~measure', this.#registry, { paper: this.#paper, requestRender: this.#requestRender })
    this.#sketches = new ShapesLayer('~sketch', this.#registry, { paper: this.#paper, requestRender: this.#requestRender })
    this.#tools = new Tools({ sketches: this.#sketches, measures: this.#measures, onIdleClick: (at) => this.#pick(at) })
    this.#start()
  }

  points(id: string): PointLayer {
    return this.#registry.take(id, PointLayer, () => new PointLayer(id, this.#registry, this.#requestRender))
  }

  icons(id: string): IconLayer {
    return this.#registry.take(id, IconLayer, () => new IconLayer(id, this.#registry, { paper: this.#paper, requestRender: this.#requestRender }))
  }

  shapes(id: string): ShapesLayer {
    return this.#registry.take(id, ShapesLayer, () => new ShapesLayer(id, this.#registry, { paper: this.#paper, requestRender: this.#requestRender }))
  }

  setGrounds(grounds: readonly Ground[]): void {
    this.#grounds.set(grounds)
  }

  setHome(box: { west: number; south: number; east: number; north: number }): void {
    this.#camera.setHome(box)
  }

  flyTo(target: FlyTarget, options: { once?: string } = {}): void {
    this.#camera.fly(target, options)
    this.#requestRender()
  }

  flyHome(): void {
    this.#camera.home()
    this.#requestRender()
  }

  select(picked: Picked | null): void {
    this.#paper.selected = picked
    this.#requestRender()
  }

  view(): { centre: LonLat; widthM: number } | null {
    return this.#camera.view()
  }

  get headingRad(): number {
    return this.#camera.headingRad
  }

  onPick(listener: PickListener): () => void {
    this.#pickListeners.add(listener)
    return () => this.#pickListeners.delete(listener)
  }

  pickPosition(): Promise<LonLat | null> {
    return this.#tools.pickPosition()
  }

  draw(kind: DrawKind): Promise<ShapeGeometry | null> {
    return this.#tools.draw(kind)
  }

  measure(kind: MeasureKind): Promise<Measurement | null> {
    return this.#tools.measure(kind)
  }

  clearMeasure(): void {
    this.#tools.clearMeasures()
  }

  cancelTool(): void {
    this.#tools.cancel()
  }

  /** A key pressed on the globe: the tool in hand first, then the camera. @returns whether it was used */
  key(key: string): boolean {
    return this.#tools.key(key) || this.#camera.key(key)
  }

  /** The ground under a place of the container (CSS pixels); null = sky. */
  groundAt(x: number, y: number): LonLat | null {
    return this.#tools.groundAt(new Cartesian2(x, y))
  }

  /** Where a marker or shape is on the container (CSS pixels); null when not in sight. For tests that click. */
  windowOf(picked: Picked): { x: number; y: number } | null {
    const drawn = this.#paper.drawnAt(picked)
    if (drawn !== null) return { x: drawn.x, y: drawn.y }
    const layer = this.#registry.get(picked.layer) as PointLayer | IconLayer | ShapesLayer | undefined
    const position = layer?.positionOf(picked.id)
    if (position === undefined || position === null || this.#stage === null) return null
    return this.windowAt(position)
  }

  /** Where a place is on the container (CSS pixels); null when not in sight. */
  windowAt(position: LonLat): { x: number; y: number } | null {
    const scene = this.#stage?.widget.scene
    const at = scene === undefined ? null : this.#paper.project(scene, toWorld(position))
    return at === null ? null : { x: at.x, y: at.y }
  }

  /** Where the end of a plumb line of that many metres over a place is on the container (CSS pixels). */
  windowAbove(position: LonLat, heightM: number): { x: number; y: number } | null {
    const scene = this.#stage?.widget.scene
    const at = scene === undefined ? null : this.#paper.project(scene, toWorld(position, undefined, heightM))
    return at === null ? null : { x: at.x, y: at.y }
  }

  async snapshot(options: SnapshotOptions): Promise<Blob> {
    const stage = this.#stage
    if (stage === null) throw new Error('no globe to take a picture of')
    const { scene } = stage.widget
    stage.widget.resolutionScale = 1
    stage.widget.resize()
    scene.requestRender()
    // The drawing buffer is only whole until the browser shows it: copied in the same turn.
    scene.render()
    const widthPx = scene.canvas.width
    const heightPx = scene.canvas.height
    const copy = document.createElement('canvas')
    copy.width = widthPx
    copy.height = heightPx
    copy.getContext('2d')?.drawImage(scene.canvas, 0, 0)
    const layers = [copy, this.#paper.element]
    return composeSnapshot({ layers, widthPx, heightPx, spanM: this.view()?.widthM ?? null, headingRad: this.#camera.headingRad }, options)
  }

  /** What it shows, lowest first, painted anew: the browser takes the picture away at the end of this turn, until then it can be copied. */
  paintNow(): CanvasImageSource[] {
    const scene = this.#stage?.widget.scene
    if (scene === undefined || this.#state !== 'running') return []
    scene.requestRender()
    scene.render()
    return [scene.canvas, this.#paper.element]
  }

  setOverlays(overlays: readonly { id: string; isVisible: boolean; opacity: number }[]): void {
    this.#registry.arrange(overlays)
  }

  overlays() {
    return this.#registry.list()
  }

  onOverlays(listener: () => void): () => void {
    return this.#registry.onChange(listener)
  }

  /** Cesium's scene, for the benches alone. */
  get scene(): Scene | null {
    return this.#stage?.widget.scene ?? null
  }

  dispose(): void {
    this.#isDisposed = true
    if (this.#retry !== null) clearTimeout(this.#retry)
    if (this.#rest !== null) clearTimeout(this.#rest)
    this.#tools.cancel()
    this.#leaveStage()
    this.#paper.dispose()
    this.#element.remove()
  }

  /** It stands in another place now: the whole area is framed for its new shape. */
  settle(): void {
    this.#stage?.widget.resize()
    this.#camera.home(true)
    this.#requestRender()
  }

  get state(): GlobeState {
    return this.#state
  }

  #tell(state: GlobeState): void {
    this.#state = state
    this.onState(state)
  }

  readonly #requestRender = (): void => this.#stage?.widget.scene.requestRender()

  #start(): void {
    this.#tell('starting')
    try {
      this.#stage = createStage(this.#element, this.#render)
      this.#furnish(this.#stage)
    } catch (error) {
      this.#fail(error)
    }
  }

  /** Puts everything the layers hold on a new stage. */
  #furnish(stage: Stage): void {
    const { widget, isSoftware } = stage
    const { scene } = widget
    this.#camera.attach(scene, isSoftware)
    if (this.#pose === null) this.#camera.home(true)
    else applyPose(scene.camera, this.#pose)
    this.#grounds.attach(scene)
    this.#registry.attach(scene)
    this.#measures.attach(scene)
    this.#sketches.attach(scene)
    this.#tools.attach(scene)
    widget.canvas.addEventListener('webglcontextlost', this.#onLost)
    // Told in the middle of a frame that goes on after it: the stage is left when the frame is over.
    scene.renderError.addEventListener((_scene: Scene, error: unknown) => {
      widget.useDefaultRenderLoop = false
      setTimeout(() => {
        if (this.#stage?.widget === widget) this.#fail(error)
      })
    })
    scene.postRender.addEventListener(() => {
      this.#paper.paint(scene)
      this.#pose = readPose(scene.camera)
      this.#registry.seenFrom(scene.camera.positionCartographic.height, pageZoom())
      if (scene.globe.tilesLoaded) this.#whole.resolve()
      this.onView()
    })
    if (isSoftware) this.#followMotion(stage)
    const firstPicture = scene.postRender.addEventListener(() => {
      firstPicture()
      this.#retryMs = FIRST_RETRY_MS
      this.#tell('running')
      this.#first.resolve()
    })
    scene.requestRender()
  }

  /** Coarse while it moves, sharp at rest, unless so many dots are in it that each second's change would be drawn sharp too. */
  #followMotion({ widget }: Stage): void {
    const { scene } = widget
    const restScale = () => Math.min(1, Math.sqrt(MAX_SHARP_PIXELS / Math.max(1, widget.canvas.clientWidth * widget.canvas.clientHeight)))
    const coarse = () => {
      if (this.#rest !== null) clearTimeout(this.#rest)
      const movingScale = MOVING_SCALE * restScale()
      if (widget.resolutionScale !== movingScale) widget.resolutionScale = movingScale
    }
    const sharp = () => {
      if (this.#rest !== null) clearTimeout(this.#rest)
      this.#rest = setTimeout(() => {
        const dots = this.#registry.list().reduce((sum, layer) => sum + (layer.kind === 'points' && layer.isVisible ? layer.size : 0), 0)
        if (widget.isDestroyed() || dots > MAX_SHARP_POINTS) return
        // While tiles are still coming each brings a picture: coarse ones let them come sooner.
        if (!scene.globe.tilesLoaded) return sharp()
        widget.resolutionScale = restScale()
        scene.requestRender()
      }, REST_AFTER_MS)
    }
    coarse()
    sharp()
    scene.camera.moveStart.addEventListener(coarse)
    scene.camera.moveEnd.addEventListener(sharp)
  }

  readonly #onLost = (event: Event): void => {
    event.preventDefault()
    this.#fail('context lost')
  }

  /** Cesium cannot go on with a restored context: everything is made again from what the layers hold, later and later while it fails. */
  #fail(reason: unknown): void {
    console.info(`the globe starts over: ${String(reason)}`)
    this.#tell(this.#retryMs > 4 * FIRST_RETRY_MS ? 'failed' : 'lost')
    this.#leaveStage()
    if (this.#isDisposed || this.#retry !== null) return
    this.#retry = setTimeout(() => {
      this.#retry = null
      this.#retryMs = Math.min(LONGEST_RETRY_MS, this.#retryMs * 2)
      this.#start()
    }, this.#retryMs)
  }

  #leaveStage(): void {
    const stage = this.#stage
    this.#stage = null
    if (stage === null) return
    stage.widget.canvas.removeEventListener('webglcontextlost', this.#onLost)
    stage.widget.useDefaultRenderLoop = false
    const parts = [this.#tools, this.#measures, this.#sketches, this.#registry, this.#grounds, this.#camera]
    for (const leave of [...parts.map((part) => () => part.detach()), () => stage.widget.destroy()]) {
      // What cannot be taken down must not keep the next stage from being put up.
      try {
        leave()
      } catch (error) {
        console.error('a part of the globe was not left cleanly', error)
      }
    }
    this.#element.replaceChildren()
  }

  #pick(at: Cartesian2): void {
    const scene = this.#stage?.widget.scene
    if (scene === undefined) return
    const picked = this.#paper.hit(at.x, at.y) ?? this.#named(scene.pick(at, 7, 7))
    const position = this.#tools.groundAt(at)
    for (const listener of this.#pickListeners) listener(picked, position)
  }

  #named(hit: unknown): Picked | null {
    if (typeof hit !== 'object' || hit === null) return null
    const { id, collection, index } = hit as { id?: ShapePick; collection?: unknown; index?: number }
    if (id?.layer instanceof ShapesLayer) return { layer: id.layer.id, id: id.shape }
    for (const { id: layer, kind } of this.#registry.list()) {
      const dot = kind === 'points' ? this.points(layer).idOf({ collection, index }) : null
      if (dot !== null) return { layer, id: dot }
    }
    return null
  }
}
