// Own symbols inside the frames of GB/T 35649: rounded square red for events, plain square yellow, blue, green for hazards, targets, resources.
import { faceOf } from './symbol-glyphs.ts'
import { frameColour, staleColour, toneColour } from './tones.ts'
import type { Tone } from './types.ts'

/** CSS pixels of a symbol's side, as the standard asks at least. */
export const SYMBOL_PX = 32
const LABEL_PX = 8

export interface SymbolStyle {
  symbol: string | null
  caption: string | null
  tone: Tone
  isStale: boolean
}

/** One picture for all markers that look alike. */
export function symbolKey({ symbol, caption, tone, isStale }: SymbolStyle): string {
  return `${symbol ?? ''}|${caption ?? ''}|${symbol === null ? tone : ''}|${isStale ? 1 : 0}`
}

/** Draws the symbol into a 32 × 32 box whose upper left corner is the origin. */
export function drawSymbol(canvas: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D, style: SymbolStyle): void {
  if (style.symbol === null) return drawDot(canvas, style)
  const face = faceOf(style.symbol)
  const frame = style.isStale ? staleColour : (frameColour[style.symbol[0]!] ?? toneColour[style.tone])
  const label = style.caption ?? face.label
  canvas.beginPath()
  canvas.roundRect(1, 1, SYMBOL_PX - 2, SYMBOL_PX - 2, style.symbol.startsWith('A') ? 5 : 0)
  canvas.fillStyle = style.isStale ? '#c9d0d6' : '#ffffff'
  canvas.fill()
  canvas.save()
  canvas.clip()
  canvas.fillStyle = frame
  canvas.fillRect(0, SYMBOL_PX - LABEL_PX - 2, SYMBOL_PX, LABEL_PX + 2)
  canvas.restore()
  canvas.lineWidth = 2
  canvas.strokeStyle = frame
  canvas.stroke()
  canvas.lineWidth = 0.75
  canvas.strokeStyle = '#0b1118'
  canvas.beginPath()
  canvas.roundRect(0.4, 0.4, SYMBOL_PX - 0.8, SYMBOL_PX - 0.8, style.symbol.startsWith('A') ? 5.5 : 0)
  canvas.stroke()
  canvas.fillStyle = isLight(frame) ? '#101820' : '#ffffff'
  canvas.textAlign = 'center'
  canvas.textBaseline = 'middle'
  canvas.font = `bold ${label.length > 3 ? 7 : 8}px "Noto Sans CJK SC", "Microsoft YaHei", "WenQuanYi Micro Hei", sans-serif`
  canvas.fillText(label, SYMBOL_PX / 2, SYMBOL_PX - LABEL_PX / 2 - 0.5, SYMBOL_PX - 4)
  canvas.fillStyle = '#101820'
  if (face.path === null) {
    canvas.font = 'bold 17px "Noto Sans CJK SC", "Microsoft YaHei", "WenQuanYi Micro Hei", sans-serif'
    canvas.fillText(face.letter, SYMBOL_PX / 2, 12.5)
  } else {
    canvas.translate(4, 3)
    canvas.fill(new Path2D(face.path), 'evenodd')
  }
}

function drawDot(canvas: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D, { tone, isStale }: SymbolStyle): void {
  canvas.beginPath()
  canvas.arc(SYMBOL_PX / 2, SYMBOL_PX / 2, 7, 0, 2 * Math.PI)
  canvas.fillStyle = isStale ? staleColour : toneColour[tone]
  canvas.fill()
  canvas.lineWidth = 2
  canvas.strokeStyle = '#0b1118'
  canvas.stroke()
}

function isLight(colour: string): boolean {
  return colour === '#ffff00' || colour === '#00ff00' || colour === staleColour
}

/** The symbol as an SVG document, for lists, legends and print; the same frame, glyph and words as on the globe. */
export function symbolSvg(code: string, caption: string | null = null): string {
  const face = faceOf(code)
  const frame = frameColour[code[0]!] ?? toneColour.neutral
  const radius = code.startsWith('A') ? 5 : 0
  const label = escapeXml(caption ?? face.label)
  const glyph =
    face.path === null
      ? `<text x="16" y="18.5" font-size="17" font-weight="bold" text-anchor="middle" fill="#101820">${escapeXml(face.letter)}</text>`
      : `<path transform="translate(4 3)" fill="#101820" fill-rule="evenodd" d="${face.path}"/>`
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="32" height="32" font-family="Noto Sans CJK SC, Microsoft YaHei, sans-serif">` +
    `<clipPath id="f"><rect x="1" y="1" width="30" height="30" rx="${radius}"/></clipPath><g clip-path="url(#f)">` +
    `<rect width="32" height="32" fill="#fff"/><rect y="22" width="32" height="10" fill="${frame}"/></g>` +
    `<rect x="1" y="1" width="30" height="30" rx="${radius}" fill="none" stroke="${frame}" stroke-width="2"/>${glyph}` +
    `<text x="16" y="30" font-size="${label.length > 3 ? 7 : 8}" font-weight="bold" text-anchor="middle" fill="${isLight(frame) ? '#101820' : '#fff'}">${label}</text></svg>`
  )
}

/** As an address for an `img` or a stylesheet. */
export function symbolDataUrl(code: string, caption: string | null = null): string {
  return `data:image/svg+xml,${encodeURIComponent(symbolSvg(code, caption))}`
}

function escapeXml(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
