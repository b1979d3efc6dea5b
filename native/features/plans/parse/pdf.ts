// Reads the text layer of a PDF as blocks: lines from positions, paragraphs from indents, tables guessed from columns (and marked as guessed).
import { createRequire } from 'node:module'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import './pdf-globals.ts'
import { getDocument, PasswordResponses, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { WanglouError } from '../../../contract/index.ts'
import type { Block } from './blocks.ts'
import { blocksOfLines, type PdfLine, type PdfPiece } from './pdf-layout.ts'

const maxPages = 2000

/** @throws WanglouError FILE_ENCRYPTED · FILE_UNREADABLE · FILE_NO_TEXT (a scan without a text layer) · FILE_TOO_LARGE (more than 2 000 pages) */
export async function readPdf(path: string, report: (share: number) => void): Promise<Block[]> {
  const document = await openPdf(new Uint8Array(await readFile(path)))
  try {
    if (document.numPages > maxPages) throw new WanglouError('FILE_TOO_LARGE', { pages: document.numPages, limitPages: maxPages })
    const pages: PdfLine[][] = []
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number)
      const { height } = page.getViewport({ scale: 1 })
      const content = await page.getTextContent()
      const pieces: PdfPiece[] = []
      for (const item of content.items) {
        if (!('str' in item) || item.str.trim() === '') continue
        const [, , , size = 0, x = 0, y = 0] = item.transform as number[]
        pieces.push({ text: item.str, x, y: height - y, width: item.width, size: Math.abs(size) || item.height })
      }
      pages.push(linesOf(pieces, number))
      page.cleanup()
      report(number / document.numPages)
    }
    const letters = pages.flat().reduce((sum, line) => sum + line.text.length, 0)
    if (letters < 10) throw new WanglouError('FILE_NO_TEXT', { pages: document.numPages })
    return blocksOfLines(pages)
  } finally {
    await document.loadingTask.destroy()
  }
}

async function openPdf(data: Uint8Array): Promise<PDFDocumentProxy> {
  const root = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))
  const task = getDocument({
    data,
    cMapUrl: join(root, 'cmaps/'),
    cMapPacked: true,
    standardFontDataUrl: join(root, 'standard_fonts/'),
    wasmUrl: join(root, 'wasm/'),
    disableFontFace: true,
    useSystemFonts: false,
    isEvalSupported: false,
    verbosity: 0,
    stopAtErrors: false,
  })
  try {
    return await task.promise
  } catch (cause) {
    await task.destroy()
    const isLocked =
      cause instanceof Error && cause.name === 'PasswordException' && 'code' in cause && cause.code !== PasswordResponses.INCORRECT_PASSWORD
    throw new WanglouError(isLocked ? 'FILE_ENCRYPTED' : 'FILE_UNREADABLE', {}, { cause })
  }
}

/** Pieces on one height are one line, left to right; a gap wider than two characters opens a column. */
function linesOf(pieces: PdfPiece[], page: number): PdfLine[] {
  const lines: PdfPiece[][] = []
  for (const piece of pieces.toSorted((a, b) => a.y - b.y || a.x - b.x)) {
    const line = lines.findLast((others) => Math.abs((others[0]?.y ?? 0) - piece.y) < Math.max(2, piece.size * 0.35))
    if (line === undefined) lines.push([piece])
    else line.push(piece)
  }
  return lines.map((line) => columnsOf(withInlays(line.toSorted((a, b) => a.x - b.x)), page))
}

/** A letter of another font (Ⅰ) may be drawn before its line, which then has a blank in its place: it is put there. */
function withInlays(line: PdfPiece[]): PdfPiece[] {
  const result: PdfPiece[] = []
  for (const piece of line) {
    const host = result.findLast((other) => other.text.includes(' ') && piece.x > other.x && piece.x + piece.width < other.x + other.width)
    if (host === undefined) result.push({ ...piece })
    else host.text = inlaid(host, piece)
  }
  return result
}

function inlaid(host: PdfPiece, piece: PdfPiece): string {
  const widths = Array.from(host.text, (letter) => (letter.charCodeAt(0) < 0x80 ? 0.5 : 1))
  const share = (piece.x - host.x) / host.width
  const total = widths.reduce((sum, width) => sum + width, 0)
  let best = -1
  let bestDistance = Infinity
  let at = 0
  for (const [index, letter] of Array.from(host.text).entries()) {
    const distance = Math.abs(at / total - share)
    if (letter === ' ' && distance < bestDistance) [best, bestDistance] = [index, distance]
    at += widths[index] ?? 1
  }
  return Array.from(host.text).toSpliced(best, 1, piece.text).join('')
}

function columnsOf(line: PdfPiece[], page: number): PdfLine {
  const columns: { text: string; x: number; right: number }[] = []
  const size = Math.max(...line.map((piece) => piece.size))
  for (const piece of line) {
    const last = columns.at(-1)
    if (last === undefined || piece.x - last.right > size * 1.2) columns.push({ text: piece.text, x: piece.x, right: piece.x + piece.width })
    else {
      last.text += (piece.x - last.right > size * 0.15 ? ' ' : '') + piece.text
      last.right = piece.x + piece.width
    }
  }
  return {
    page,
    y: line[0]?.y ?? 0,
    x: columns[0]?.x ?? 0,
    right: columns.at(-1)?.right ?? 0,
    size,
    columns,
    text: columns.map((column) => column.text).join(' '),
  }
}
