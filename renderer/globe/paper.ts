// The sheet over the globe: symbols and words drawn crisp at the screen's own resolution, labels kept apart, exact to hit.
import { Cartesian2, type Cartesian3, type Scene, SceneTransforms } from 'cesium'
import { Declutter } from './declutter.ts'
import { Horizon } from './horizon.ts'
import { drawSymbol, SYMBOL_PX, symbolKey, type SymbolStyle } from './symbols.ts'
import type { Picked } from './types.ts'

/** A symbol at a place. */
export interface Stamp extends SymbolStyle {
  picked: Picked
  world: Cartesian3
  label: string | null
  opacity: number
}

/** Words at a place; `rank` decides who is drawn where two meet: higher first. */
export interface Caption {
  world: Cartesian3
  text: string
  colour: string
  sizePx: number
  rank: number
  opacity: number
  /** Pixels to the right of the place, for words beside a symbol; null = centred on it. */
  beside: number | null
}

/** Whoever has something to put on the sheet. */
export interface Painter {
  collect(sheet: { stamps: Stamp[]; captions: Caption[]; cameraHeightM: number }): void
}

const font = '"Noto Sans CJK SC", "Microsoft YaHei", "WenQuanYi Micro Hei", sans-serif'
const halo = 'rgba(8, 13, 19, 0.88)'

export class Paper {
  readonly element = document.createElement('canvas')
  readonly #canvas: CanvasRenderingContext2D
  readonly #painters = new Set<Painter>()
  readonly #pictures = new Map<string, OffscreenCanvas>()
  readonly #widths = new Map<string, number>()
  readonly #window = new Cartesian2()
  readonly #horizon = new Horizon()
  #hits: { x: number; y: number; picked: Picked }[] = []
  selected: Picked | null = null
  #ratio = 1
  #isBlank = true

  constructor(container: HTMLElement) {
    const canvas = this.element.getContext('2d')
    if (canvas === null) throw new Error('no 2D canvas')
    this.#canvas = canvas
    this.element.style.cssText = 'position:absolute;inset:0;width:100%;height:100%;pointer-events:none'
    container.append(this.element)
  }

  add(painter: Painter): () => void {
    this.#painters.add(painter)
    return () => this.#painters.delete(painter)
  }

  /** Draws everything for the camera as it stands. */
  paint(scene: Scene): void {
    const sheet = { stamps: [] as Stamp[], captions: [] as Caption[], cameraHeightM: scene.camera.positionCartographic.height }
    for (const painter of this.#painters) painter.collect(sheet)
    const isBlank = sheet.stamps.length === 0 && sheet.captions.length === 0
    // A sheet on which nothing stood and nothing stands is left alone.
    if (isBlank && this.#isBlank) return
    this.#isBlank = isBlank
    this.#resize()
    const { width, height } = this.element
    this.#canvas.setTransform(1, 0, 0, 1, 0, 0)
    this.#canvas.clearRect(0, 0, width, height)
    this.#canvas.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0)
    this.#horizon.camera = scene.camera.positionWC
    const declutter = new Declutter()
    this.#hits = []
    for (const stamp of sheet.stamps) this.#stamp(scene, stamp, declutter, sheet.captions)
    sheet.captions.sort((a, b) => b.rank - a.rank)
    for (const caption of sheet.captions) this.#caption(scene, caption, declutter)
    this.#canvas.globalAlpha = 1
  }

  /** The topmost symbol under a place of the window (CSS pixels). */
  hit(x: number, y: number): Picked | null {
    const half = SYMBOL_PX / 2
    return this.#hits.findLast((hit) => Math.abs(hit.x - x) <= half && Math.abs(hit.y - y) <= half)?.picked ?? null
  }

  dispose(): void {
    this.#painters.clear()
    this.element.remove()
  }

  /** Where a place is in the window, CSS pixels; null when behind the horizon or outside. */
  project(scene: Scene, world: Cartesian3): Cartesian2 | null {
    if (!this.#horizon.isVisible(world)) return null
    const at = SceneTransforms.worldToWindowCoordinates(scene, world, this.#window) as Cartesian2 | undefined
    if (at === undefined) return null
    const { clientWidth, clientHeight } = this.element
    return at.x < -200 || at.y < -100 || at.x > clientWidth + 200 || at.y > clientHeight + 100 ? null : at
  }

  #stamp(scene: Scene, stamp: Stamp, declutter: Declutter, captions: Caption[]): void {
    const at = this.project(scene, stamp.world)
    if (at === null) return
    const [x, y] = [Math.round(at.x), Math.round(at.y)]
    const half = SYMBOL_PX / 2
    this.#hits.push({ x, y, picked: stamp.picked })
    this.#canvas.globalAlpha = stamp.opacity
    this.#canvas.drawImage(this.#picture(stamp), x - half, y - half, SYMBOL_PX, SYMBOL_PX)
    declutter.occupy({ x: x - half, y: y - half, width: SYMBOL_PX, height: SYMBOL_PX })
    const isSelected = this.selected?.id === stamp.picked.id && this.selected.layer === stamp.picked.layer
    if (isSelected) this.#ring(x, y)
    if (stamp.label !== null && stamp.label !== '') {
      const colour = stamp.isStale ? '#9aa5af' : '#f2f7fb'
      captions.push({
        world: stamp.world,
        text: stamp.label,
        colour,
        sizePx: 13,
        rank: isSelected ? 1000 : 100,
        opacity: stamp.opacity,
        beside: half + 4,
      })
    }
  }

  #ring(x: number, y: number): void {
    this.#canvas.globalAlpha = 1
    this.#canvas.beginPath()
    this.#canvas.arc(x, y, SYMBOL_PX * 0.82, 0, 2 * Math.PI)
    this.#canvas.lineWidth = 5
    this.#canvas.strokeStyle = halo
    this.#canvas.stroke()
    this.#canvas.lineWidth = 2.5
    this.#canvas.strokeStyle = '#4fd1ff'
    this.#canvas.stroke()
  }

  #caption(scene: Scene, caption: Caption, declutter: Declutter): void {
    const at = this.project(scene, caption.world)
    if (at === null) return
    const width = this.#width(caption.text, caption.sizePx)
    const height = caption.sizePx * 1.25
    const x = Math.round(caption.beside === null ? at.x - width / 2 : at.x + caption.beside)
    const y = Math.round(at.y - height / 2)
    if (!declutter.place({ x: x - 3, y: y - 1, width: width + 6, height: height + 2 })) return
    const canvas = this.#canvas
    canvas.globalAlpha = caption.opacity
    canvas.font = `${caption.sizePx}px ${font}`
    canvas.textAlign = 'left'
    canvas.textBaseline = 'middle'
    canvas.lineJoin = 'round'
    canvas.lineWidth = 3.5
    canvas.strokeStyle = halo
    canvas.strokeText(caption.text, x, y + height / 2)
    canvas.fillStyle = caption.colour
    canvas.fillText(caption.text, x, y + height / 2)
  }

  #width(text: string, sizePx: number): number {
    const key = `${sizePx}|${text}`
    let width = this.#widths.get(key)
    if (width === undefined) {
      if (this.#widths.size > 5000) this.#widths.clear()
      this.#canvas.font = `${sizePx}px ${font}`
      width = this.#canvas.measureText(text).width
      this.#widths.set(key, width)
    }
    return width
  }

  #picture(style: SymbolStyle): OffscreenCanvas {
    const key = symbolKey(style)
    let picture = this.#pictures.get(key)
    if (picture === undefined) {
      if (this.#pictures.size > 500) this.#pictures.clear()
      const side = Math.ceil(SYMBOL_PX * this.#ratio)
      picture = new OffscreenCanvas(side, side)
      const canvas = picture.getContext('2d')
      if (canvas === null) throw new Error('no 2D canvas')
      canvas.scale(side / SYMBOL_PX, side / SYMBOL_PX)
      drawSymbol(canvas, style)
      this.#pictures.set(key, picture)
    }
    return picture
  }

  #resize(): void {
    const ratio = window.devicePixelRatio
    const width = Math.round(this.element.clientWidth * ratio)
    const height = Math.round(this.element.clientHeight * ratio)
    if (this.element.width !== width || this.element.height !== height) {
      this.element.width = width
      this.element.height = height
    }
    if (ratio !== this.#ratio) this.#pictures.clear()
    this.#ratio = ratio
  }
}
