// The sheet over the globe: symbols and words drawn crisp at the screen's own resolution, labels kept apart, exact to hit.
import { Cartesian2, type Cartesian3, type Scene, SceneTransforms } from 'cesium'
import { type Offset, spreadOut } from './crowd.ts'
import { cutWords } from './cut-words.ts'
import { Declutter } from './declutter.ts'
import { Horizon } from './horizon.ts'
import { drawSymbol, SYMBOL_PX, symbolKey, type SymbolStyle } from './symbols.ts'
import type { Picked } from './types.ts'
import { pageZoom } from './zoom.ts'

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
  /** Pixels to the right of the place, for words beside a symbol, to the left when negative; null = centred on it, or near it where that is taken. */
  beside: number | null
  /** Where its symbol was moved to make room; not set = it stands at its place. */
  moved?: Offset
}

/** A stamp where it is drawn, pixels of the sheet. */
interface Placed {
  stamp: Stamp
  x: number
  y: number
  /** From its place to where it is drawn. */
  moved: Offset
}

/** Whoever has something to put on the sheet. */
export interface Painter {
  collect(sheet: { stamps: Stamp[]; captions: Caption[]; cameraHeightM: number }): void
}

const font = '"Noto Sans CJK SC", "Microsoft YaHei", "WenQuanYi Micro Hei", sans-serif'
const halo = 'rgba(8, 13, 19, 0.88)'
const DOT_HALF_PX = 8
/** From higher up a unit is a dot: its words would cover the names of cities. */
const UNIT_WORDS_WITHIN_M = 150_000
/** Tried one after another for words centred on a place: upon it, under it, over it. */
const nearby = [0, 18, -18]

export class Paper {
  readonly element = document.createElement('canvas')
  readonly #canvas: CanvasRenderingContext2D
  readonly #painters = new Set<Painter>()
  readonly #pictures = new Map<string, OffscreenCanvas>()
  readonly #widths = new Map<string, number>()
  readonly #window = new Cartesian2()
  readonly #horizon = new Horizon()
  #hits: { x: number; y: number; half: number; picked: Picked }[] = []
  selected: Picked | null = null
  /** Canvas pixels for each of the sheet's own; the window's for each of them. */
  #ratio = 1
  #zoom = 1
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
    const placed = this.#place(scene, sheet.stamps)
    for (const each of placed) this.#tether(each)
    const hasUnitWords = sheet.cameraHeightM < UNIT_WORDS_WITHIN_M
    for (const each of placed) this.#stamp(each, declutter, isUnit(each.stamp) && !hasUnitWords ? [] : sheet.captions)
    sheet.captions.sort((a, b) => b.rank - a.rank)
    for (const caption of sheet.captions) this.#caption(scene, caption, declutter)
    this.#canvas.globalAlpha = 1
  }

  /** The topmost symbol under a place of the window (CSS pixels). */
  hit(windowX: number, windowY: number): Picked | null {
    const [x, y] = [windowX / this.#zoom, windowY / this.#zoom]
    return this.#hits.findLast((hit) => Math.abs(hit.x - x) <= hit.half && Math.abs(hit.y - y) <= hit.half)?.picked ?? null
  }

  /** Where a symbol was drawn, CSS pixels; null when it is not on the sheet. */
  drawnAt({ layer, id }: Picked): { x: number; y: number } | null {
    const hit = this.#hits.find(({ picked }) => picked.id === id && picked.layer === layer)
    return hit === undefined ? null : { x: hit.x * this.#zoom, y: hit.y * this.#zoom }
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

  /** The same in the sheet's own pixels, which grow with the page. */
  #onSheet(scene: Scene, world: Cartesian3): Cartesian2 | null {
    const at = this.project(scene, world)
    return at === null ? null : Cartesian2.divideByScalar(at, this.#zoom, at)
  }

  /** Units make room for the signs they stand at; an incident's sign lies over everything. */
  #place(scene: Scene, stamps: readonly Stamp[]): Placed[] {
    const seen: Placed[] = []
    for (const stamp of stamps) {
      const at = this.#onSheet(scene, stamp.world)
      if (at !== null) seen.push({ stamp, x: Math.round(at.x), y: Math.round(at.y), moved: { dx: 0, dy: 0 } })
    }
    if (seen.some(({ stamp }) => isUnit(stamp))) {
      const crowd = seen.filter(({ stamp }) => isUnit(stamp) || isSign(stamp))
      const offsets = spreadOut(crowd.map(({ stamp, x, y }) => ({ x, y, isSign: isSign(stamp) })))
      for (const [index, each] of crowd.entries()) {
        each.moved = offsets[index] ?? each.moved
        each.x += each.moved.dx
        each.y += each.moved.dy
      }
    }
    return [...seen.filter(({ stamp }) => stamp.tone !== 'incident'), ...seen.filter(({ stamp }) => stamp.tone === 'incident')]
  }

  /** From a unit that made room to its true place. */
  #tether({ x, y, moved: { dx, dy } }: Placed): void {
    if (dx === 0 && dy === 0) return
    const canvas = this.#canvas
    canvas.globalAlpha = 1
    canvas.beginPath()
    canvas.moveTo(x, y)
    canvas.lineTo(x - dx, y - dy)
    canvas.lineWidth = 3
    canvas.strokeStyle = halo
    canvas.stroke()
    canvas.lineWidth = 1
    canvas.strokeStyle = '#aebfcc'
    canvas.stroke()
  }

  #stamp({ stamp, x, y, moved }: Placed, declutter: Declutter, captions: Caption[]): void {
    const half = SYMBOL_PX / 2
    const room = stamp.symbol === null ? DOT_HALF_PX : half
    this.#hits.push({ x, y, half: room + 2, picked: stamp.picked })
    this.#canvas.globalAlpha = stamp.opacity
    this.#canvas.drawImage(this.#picture(stamp), x - half, y - half, SYMBOL_PX, SYMBOL_PX)
    declutter.occupy({ x: x - room, y: y - room, width: 2 * room, height: 2 * room })
    const isSelected = this.selected?.id === stamp.picked.id && this.selected.layer === stamp.picked.layer
    if (isSelected) this.#ring(x, y)
    if (stamp.label !== null && stamp.label !== '') {
      captions.push({
        world: stamp.world,
        text: stamp.label,
        colour: stamp.isStale ? '#b6c0c9' : '#f2f7fb',
        sizePx: 13,
        rank: isSelected ? 1000 : stamp.tone === 'incident' ? 200 : 100,
        opacity: stamp.opacity,
        // Who stands left of the sign has his words to the left.
        beside: (room + 4) * (moved.dx < 0 ? -1 : 1),
        moved,
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
    const at = this.#onSheet(scene, caption.world)
    if (at === null) return
    const { beside, moved = { dx: 0, dy: 0 } } = caption
    const widthOf = (words: string) => this.#width(words, caption.sizePx)
    const text = beside === null ? caption.text : cutWords(caption.text, { roomPx: this.#roomBeside(at.x + moved.dx, beside), widthOf })
    if (text === null) return
    const width = widthOf(text)
    const height = caption.sizePx * 1.25
    const left = at.x + moved.dx + (beside === null ? -width / 2 : beside < 0 ? beside - width : beside)
    const x = Math.round(left)
    const y = (beside === null ? nearby : [0])
      .map((shift) => Math.round(at.y + moved.dy - height / 2 + shift))
      .find((top) => declutter.place({ x: x - 3, y: top - 1, width: width + 6, height: height + 2 }))
    if (y === undefined) return
    const canvas = this.#canvas
    canvas.globalAlpha = caption.opacity
    canvas.font = `${caption.sizePx}px ${font}`
    canvas.textAlign = 'left'
    canvas.textBaseline = 'middle'
    canvas.lineJoin = 'round'
    canvas.lineWidth = 3.5
    canvas.strokeStyle = halo
    canvas.strokeText(text, x, y + height / 2)
    canvas.fillStyle = caption.colour
    canvas.fillText(text, x, y + height / 2)
  }

  /** From words beside a symbol to the edge of the sheet on their side. */
  #roomBeside(x: number, beside: number): number {
    const edge = beside < 0 ? 0 : this.element.clientWidth / this.#zoom
    return Math.abs(edge - x) - Math.abs(beside) - 4
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
    this.#zoom = pageZoom()
    const ratio = window.devicePixelRatio * this.#zoom
    const width = Math.round(this.element.clientWidth * window.devicePixelRatio)
    const height = Math.round(this.element.clientHeight * window.devicePixelRatio)
    if (this.element.width !== width || this.element.height !== height) {
      this.element.width = width
      this.element.height = height
    }
    if (ratio !== this.#ratio) this.#pictures.clear()
    this.#ratio = ratio
  }
}

function isUnit({ tone, symbol }: Stamp): boolean {
  return tone === 'order' && symbol === null
}

function isSign({ tone, symbol }: Stamp): boolean {
  return tone === 'incident' || symbol !== null
}
