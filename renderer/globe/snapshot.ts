// A map picture for a report: the globe as it stands, with title, north, scale, legend, time and 示意图.
import { lengthText } from './sketch.ts'
import { drawSymbol, SYMBOL_PX } from './symbols.ts'
import type { SnapshotOptions } from './types.ts'

export interface SnapshotSource {
  /** The drawn globe and the sheet over it, just painted. */
  layers: CanvasImageSource[]
  widthPx: number
  heightPx: number
  /** Metres across the picture's middle; null when only sky is seen. */
  spanM: number | null
  /** Clockwise from north, radians: which way the picture's top looks. */
  headingRad: number
}

const font = '"Noto Sans CJK SC", "Microsoft YaHei", sans-serif'
const margin = 16

export function composeSnapshot(source: SnapshotSource, options: SnapshotOptions): Promise<Blob> {
  const { widthPx, heightPx } = source
  const titleBar = 44
  const footBar = 32
  const picture = document.createElement('canvas')
  picture.width = widthPx
  picture.height = heightPx + titleBar + footBar
  const canvas = picture.getContext('2d')
  if (canvas === null) throw new Error('no 2D canvas')
  canvas.fillStyle = '#ffffff'
  canvas.fillRect(0, 0, picture.width, picture.height)
  for (const layer of source.layers) canvas.drawImage(layer, 0, titleBar, widthPx, heightPx)
  text(canvas, options.title, widthPx / 2, titleBar / 2, { font: `bold 22px ${font}`, align: 'center' })
  text(canvas, options.footer, margin, titleBar + heightPx + footBar / 2, { font: `14px ${font}`, align: 'left' })
  text(canvas, options.sketch, widthPx - margin, titleBar + heightPx + footBar / 2, { font: `bold 14px ${font}`, align: 'right' })
  north(canvas, { x: widthPx - 44, y: titleBar + 52, headingRad: source.headingRad, word: options.north })
  if (source.spanM !== null) scaleBar(canvas, { x: margin, y: titleBar + heightPx - 24, metresPerPx: source.spanM / widthPx, maxPx: widthPx / 4 })
  legend(canvas, options.legend, { x: widthPx - margin, y: titleBar + heightPx - margin })
  canvas.strokeStyle = '#000000'
  canvas.strokeRect(0.5, 0.5, picture.width - 1, picture.height - 1)
  return new Promise((resolve, reject) => picture.toBlob((blob) => (blob === null ? reject(new Error('no picture')) : resolve(blob)), 'image/png'))
}

/** The longest 1, 2 or 5 × 10ⁿ metres that fits. */
export function scaleLength(metresPerPx: number, maxPx: number): number {
  const most = metresPerPx * maxPx
  const power = 10 ** Math.floor(Math.log10(most))
  return power * (most / power >= 5 ? 5 : most / power >= 2 ? 2 : 1)
}

function text(canvas: CanvasRenderingContext2D, words: string, x: number, y: number, style: { font: string; align: CanvasTextAlign }): void {
  canvas.font = style.font
  canvas.textAlign = style.align
  canvas.textBaseline = 'middle'
  canvas.fillStyle = '#101010'
  canvas.fillText(words, x, y)
}

function plate(canvas: CanvasRenderingContext2D, x: number, y: number, width: number, height: number): void {
  canvas.fillStyle = 'rgba(255,255,255,0.9)'
  canvas.fillRect(x, y, width, height)
  canvas.lineWidth = 1
  canvas.strokeStyle = '#404040'
  canvas.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1)
}

function north(canvas: CanvasRenderingContext2D, at: { x: number; y: number; headingRad: number; word: string }): void {
  plate(canvas, at.x - 28, at.y - 36, 56, 72)
  canvas.save()
  canvas.translate(at.x, at.y + 8)
  canvas.rotate(-at.headingRad)
  canvas.beginPath()
  canvas.moveTo(0, -22)
  canvas.lineTo(10, 16)
  canvas.lineTo(0, 9)
  canvas.lineTo(-10, 16)
  canvas.closePath()
  canvas.fillStyle = '#101010'
  canvas.fill()
  canvas.restore()
  text(canvas, at.word, at.x, at.y - 26, { font: `bold 14px ${font}`, align: 'center' })
}

function scaleBar(canvas: CanvasRenderingContext2D, at: { x: number; y: number; metresPerPx: number; maxPx: number }): void {
  const length = scaleLength(at.metresPerPx, at.maxPx)
  const width = length / at.metresPerPx
  plate(canvas, at.x - 8, at.y - 26, width + 16, 42)
  canvas.fillStyle = '#101010'
  canvas.fillRect(at.x, at.y, width / 2, 6)
  canvas.strokeRect(at.x + 0.5, at.y + 0.5, width - 1, 5)
  text(canvas, lengthText(length), at.x + width / 2, at.y - 12, { font: `13px ${font}`, align: 'center' })
}

function legend(canvas: CanvasRenderingContext2D, rows: SnapshotOptions['legend'], corner: { x: number; y: number }): void {
  if (rows.length === 0) return
  canvas.font = `13px ${font}`
  const rowHeight = 36
  const width = Math.max(...rows.map((row) => canvas.measureText(row.text).width)) + SYMBOL_PX + 32
  const height = rows.length * rowHeight + 8
  const left = corner.x - width
  const top = corner.y - height
  plate(canvas, left, top, width, height)
  rows.forEach((row, index) => {
    const y = top + 6 + index * rowHeight
    canvas.save()
    canvas.translate(left + 8, y)
    drawSymbol(canvas, { symbol: row.symbol, caption: null, tone: row.tone, isStale: false })
    canvas.restore()
    text(canvas, row.text, left + SYMBOL_PX + 18, y + SYMBOL_PX / 2, { font: `13px ${font}`, align: 'left' })
  })
}
