// From the lines of a PDF's pages to paragraphs and tables: drops page heads and numbers, joins wrapped lines, finds columns.
import { type Block, tableBlock, textBlock } from './blocks.ts'
import { startsNumbered } from './headings.ts'
import { isContentsLine } from './text.ts'

export interface PdfPiece {
  text: string
  /** Points from the left and from the top of the page. */
  x: number
  y: number
  width: number
  size: number
}
export interface PdfLine {
  page: number
  y: number
  x: number
  right: number
  size: number
  columns: { text: string; x: number; right: number }[]
  text: string
}

export function blocksOfLines(pages: PdfLine[][]): Block[] {
  const lines = withoutPageHeads(pages)
  const left = typical(
    lines.map((line) => Math.round(line.x)),
    'low',
  )
  const right = Math.max(...lines.map((line) => line.right))
  const size = typical(
    lines.map((line) => Math.round(line.size)),
    'common',
  )
  const blocks: Block[] = []
  let words: PdfLine[] = []
  const flush = () => {
    if (words.length > 0) blocks.push(paragraphOf(words, { left, right, size }))
    words = []
  }
  for (let at = 0; at < lines.length;) {
    const rows = tableAt(lines, at)
    if (rows > 0) {
      flush()
      blocks.push(tableBlock(tableRows(lines.slice(at, at + rows)), true))
      at += rows
      continue
    }
    const line = lines[at]
    at += 1
    if (line === undefined) continue
    const last = words.at(-1)
    if (last !== undefined && opensParagraph(line, last, { left, right })) flush()
    words.push(line)
  }
  flush()
  return blocks
}

/** A line opens a paragraph when it is indented, numbered, or the line before ended early. */
function opensParagraph(line: PdfLine, last: PdfLine, page: { left: number; right: number }): boolean {
  if (isContentsLine(last.text) || isContentsLine(line.text)) return true
  if (Math.abs(line.size - last.size) > 1) return true
  if (startsNumbered(line.text) && (line.x > page.left + line.size || endsEarly(last, page.right) || /[。；：:]$/u.test(last.text))) return true
  if (line.x > page.left + line.size * 1.2) return true
  return endsEarly(last, page.right)
}

function endsEarly(line: PdfLine, right: number): boolean {
  return line.right < right - line.size * 2.5
}

function paragraphOf(lines: PdfLine[], page: { left: number; right: number; size: number }): Block {
  const [first] = lines
  const text = lines.reduce((joined, line) => joined + (/[A-Za-z0-9]$/.test(joined) && /^[A-Za-z0-9]/.test(line.text) ? ' ' : '') + line.text, '')
  const isCentered =
    first !== undefined &&
    lines.length <= 2 &&
    first.x > page.left + page.size * 3 &&
    Math.abs(first.x - page.left - (page.right - first.right)) < page.size * 2
  const isLarge = first !== undefined && first.size > page.size + 1.5
  const isToc =
    isContentsLine(text) ||
    (lines.length === 1 && first !== undefined && first.columns.length > 1 && /^\d{1,3}$/.test(first.columns.at(-1)?.text.trim() ?? ''))
  return textBlock(withoutGaps(text), { isToc, isCentered, isTitle: isCentered && first.size > page.size + 4, isBold: isLarge })
}

/** Spaces that only the setting put between Han characters, Roman numerals and marks. */
function withoutGaps(text: string): string {
  return text.replace(/(?<=[^\x00-\x7f])[ \u00a0]+(?=[^\x00-\x7f])/gu, '')
}

/** @returns how many lines from here are a table: at least two lines whose columns begin at the same places; 0 = none */
function tableAt(lines: PdfLine[], at: number): number {
  const head = lines[at]
  if (head === undefined || head.columns.length < 3) return 0
  let end = at + 1
  for (; end < lines.length; end += 1) {
    const line = lines[end]
    if (line === undefined) break
    const fits = line.columns.every((column) => head.columns.some((other) => overlaps(column, other)))
    if (!fits || (line.columns.length === 1 && line.right - line.x > (head.right - head.x) * 0.6)) break
  }
  return end - at >= 2 ? end - at : 0
}

function overlaps(a: { x: number; right: number }, b: { x: number; right: number }): boolean {
  return a.x < b.right + 6 && b.x < a.right + 6
}

/** Cells by the places of the widest line's columns; a line that lacks the first column goes on in the row above. */
function tableRows(lines: PdfLine[]): { cells: string[]; isHeader: boolean }[] {
  const columns: { x: number; right: number }[] = []
  for (const column of lines.flatMap((line) => line.columns).toSorted((a, b) => a.x - b.x)) {
    const last = columns.at(-1)
    if (last !== undefined && column.x < last.right) last.right = Math.max(last.right, column.right)
    else columns.push({ x: column.x, right: column.right })
  }
  const rows: { cells: string[]; isHeader: boolean }[] = []
  for (const line of lines) {
    const cells = columns.map((place) =>
      line.columns
        .filter((column) => column.x < place.right && column.right > place.x)
        .map((column) => column.text)
        .join(''),
    )
    const above = rows.at(-1)
    if (above !== undefined && cells[0] === '' && rows.length > 1) for (const [index, cell] of cells.entries()) above.cells[index] += cell
    else rows.push({ cells, isHeader: rows.length === 0 })
  }
  return rows
}

/** Lines that stand at the same height on most pages, and bare page numbers at the edges, are no text of the plan. */
function withoutPageHeads(pages: PdfLine[][]): PdfLine[] {
  const seen = new Map<string, number>()
  const keyOf = (line: PdfLine) => `${Math.round(line.y / 4)} ${line.text.replace(/\d+/g, '#')}`
  for (const page of pages) for (const key of new Set(page.map(keyOf))) seen.set(key, (seen.get(key) ?? 0) + 1)
  const isRepeated = (line: PdfLine) => pages.length >= 3 && (seen.get(keyOf(line)) ?? 0) > pages.length * 0.6
  const isPageNumber = (line: PdfLine, page: PdfLine[]) =>
    (line === page[0] || line === page.at(-1)) && /^[-—–\s]*第?\s*\d{1,4}\s*页?(?:\s*[/共]\s*\d+\s*页?)?[-—–\s]*$/u.test(line.text)
  return pages.flatMap((page) => page.filter((line) => !isRepeated(line) && !isPageNumber(line, page)))
}

/** `low`: the smallest value that is met often; `common`: the one met most. */
function typical(values: number[], which: 'low' | 'common'): number {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  const often = [...counts].filter(([, count]) => count >= Math.max(2, values.length * 0.05))
  if (often.length === 0) return Math.min(...values)
  return which === 'low' ? Math.min(...often.map(([value]) => value)) : (often.toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? 0)
}
