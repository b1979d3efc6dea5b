// Decides which paragraphs are headings and how deep, from numbers and look together; what is not plain is marked, not guessed silently.
import type { Unsure } from '../../../contract/plans.ts'
import type { Block, TextBlock } from './blocks.ts'
import { type LeadingNumber, leadingNumber, numberKey } from './headings.ts'
import { isContentsLine } from './text.ts'

export interface OutlineParagraph {
  kind: 'title' | 'heading' | 'text' | 'row' | 'toc'
  depth: number | null
  number: string | null
  body: string
  cells: string[] | null
  isHeaderRow: boolean
  unsure: Unsure[]
  /** Which table a row belongs to; −1 for text. */
  table: number
}
interface Verdict {
  isHeading: boolean
  isSure: boolean
}
interface Open {
  key: string
  depth: number
  value: number | null
}

const sure: Verdict = { isHeading: true, isSure: true }
const unsure: Verdict = { isHeading: true, isSure: false }
const not: Verdict = { isHeading: false, isSure: true }

export function outlineOf(blocks: readonly Block[]): OutlineParagraph[] {
  const paragraphs: OutlineParagraph[] = []
  const open: Open[] = []
  const lastValue = new Map<string, number>()
  const shift = styleShift(blocks)
  const firstPart = blocks.findIndex(
    (block) =>
      block.kind === 'paragraph' &&
      !block.isToc &&
      !block.isTitle &&
      !isContentsLine(block.text) &&
      (block.styleDepth !== null || numbered(block) !== null),
  )
  let table = -1
  let list: string | null = null
  let isInContents = false
  for (const [index, block] of blocks.entries()) {
    if (block.kind === 'table') {
      table += 1
      for (const row of block.rows) {
        const marks: Unsure[] = [...(block.isGuessed ? ['pdf-table' as const] : []), ...(row.isDamaged ? ['characters' as const] : [])]
        const body = row.cells.filter((cell, column) => cell !== '' && cell !== row.cells[column - 1]).join(' | ')
        paragraphs.push({ kind: 'row', depth: null, number: null, body, cells: row.cells, isHeaderRow: row.isHeader, unsure: marks, table })
      }
      continue
    }
    const marks: Unsure[] = block.isDamaged ? ['characters'] : []
    const plain = { depth: null, number: null, cells: null, isHeaderRow: false, table: -1 }
    const isContentsTitle = /^目\s*[录次]$/u.test(block.text)
    isInContents = isContentsTitle || (isInContents && /\D\d{1,3}$/.test(block.text) && !block.text.includes('。'))
    if (block.isToc || isInContents || isContentsLine(block.text)) {
      list = null
      paragraphs.push({ ...plain, kind: 'toc', body: block.text, unsure: marks })
      continue
    }
    const number = numbered(block)
    if (isTitle(block, number, index, firstPart)) {
      paragraphs.push({ ...plain, kind: 'title', body: block.text, unsure: marks })
      continue
    }
    const isListGoingOn: boolean = number !== null && list === numberKey(number) && block.styleDepth === null
    const verdict: Verdict = isListGoingOn ? not : judge(block, number, blocks[index + 1])
    list = number === null || verdict.isHeading ? null : numberKey(number)
    if (!verdict.isHeading) {
      paragraphs.push({ ...plain, kind: 'text', number: number?.number ?? null, body: number?.rest ?? block.text, unsure: marks })
      continue
    }
    if (!verdict.isSure) marks.push('heading')
    const depth = depthOf(block, number, open, shift)
    if (number !== null && hasGap(number, open, lastValue)) marks.push('number-gap')
    const body = number === null ? block.text : number.rest === '' ? number.number : number.rest
    const split = number === null ? null : runIn(body)
    paragraphs.push({ ...plain, kind: 'heading', depth, number: number?.number ?? null, body: split?.title ?? body, unsure: marks })
    if (split !== null) paragraphs.push({ ...plain, kind: 'text', body: split.text, unsure: [] })
  }
  return paragraphs
}

function numbered(block: TextBlock): LeadingNumber | null {
  if (block.autoNumber === null || block.autoNumber.trim() === '') return leadingNumber(block.text)
  const number = leadingNumber(`${block.autoNumber} x`)
  return number === null ? null : { ...number, number: block.autoNumber.trim(), rest: block.text }
}

function isTitle(block: TextBlock, number: LeadingNumber | null, index: number, firstPart: number): boolean {
  if (block.isTitle) return true
  return (
    number === null &&
    (index < firstPart || firstPart < 0) &&
    index < 12 &&
    block.text.length <= 40 &&
    (block.isCentered || /预案$/u.test(block.text)) &&
    !/[。；]$/u.test(block.text)
  )
}

/** Styles that begin with Heading 2 (the title took 1) are moved up. */
function styleShift(blocks: readonly Block[]): number {
  const depths = blocks.flatMap((block) =>
    block.kind === 'paragraph' && block.styleDepth !== null && !block.isTitle && block.text !== '' ? [block.styleDepth] : [],
  )
  return depths.length === 0 ? 0 : Math.min(...depths) - 1
}

function judge(block: TextBlock, number: LeadingNumber | null, next: Block | undefined): Verdict {
  if (block.styleDepth !== null && block.text.length <= 80) return sure
  const text = number?.rest ?? block.text
  const isSentence = /[。；;：:，,！!]$/u.test(text) || text.includes('。')
  if (number === null) return block.isBold && text.length <= 25 && !isSentence ? unsure : not
  if (number.kind === 'article') return not
  if (number.kind === 'annex' || number.kind === 'chapter' || number.kind === 'section') return text.length <= 40 && !isSentence ? sure : not
  if (runIn(text) !== null && number.kind !== 'decimal-paren' && number.kind !== 'circled') return block.isBold || text.length > 20 ? sure : unsure
  if (isSentence || text === '') return not
  if (number.kind === 'decimal-paren' || number.kind === 'circled') return block.isBold && text.length <= 25 ? unsure : not
  if (text.length > 45) return not
  const isListed = number.kind !== 'han' && number.parts === 1 && !block.isBold && next?.kind === 'paragraph' && sameNumbering(next, number)
  if (isListed) return not
  if (text.length > 25 && !block.isBold) return unsure
  return sure
}

function sameNumbering(next: TextBlock, number: LeadingNumber): boolean {
  const other = numbered(next)
  return other !== null && numberKey(other) === numberKey(number)
}

/** `启动条件。发生……` — a short title, a full stop, then text. */
function runIn(text: string): { title: string; text: string } | null {
  const found = /^([^。，；：]{2,14})。(.+)$/su.exec(text)
  return found === null || found[1] === undefined || found[2] === undefined ? null : { title: found[1], text: found[2].trim() }
}

function depthOf(block: TextBlock, number: LeadingNumber | null, open: Open[], shift: number): number {
  const key = number === null ? `style${block.styleDepth ?? 0}` : numberKey(number)
  const depth = block.styleDepth !== null ? Math.max(1, block.styleDepth - shift) : depthByNumber(key, number, open)
  while ((open.at(-1)?.depth ?? 0) >= depth) open.pop()
  open.push({ key, depth, value: number?.value ?? null })
  return Math.min(9, depth)
}

function depthByNumber(key: string, number: LeadingNumber | null, open: readonly Open[]): number {
  if (number?.kind === 'annex' || number?.kind === 'chapter') return 1
  const same = open.find((entry) => entry.key === key)
  if (same !== undefined) return same.depth
  if (number?.kind === 'decimal' && number.parts > 1) {
    const above = open.findLast((entry) => /^decimal\d$/.test(entry.key) && Number(entry.key.slice(7)) < number.parts)
    if (above !== undefined) return above.depth + number.parts - Number(above.key.slice(7))
  }
  return (open.at(-1)?.depth ?? 0) + 1
}

/** Whether the number does not follow the one before it under the same parent. */
function hasGap(number: LeadingNumber, open: readonly Open[], lastValue: Map<string, number>): boolean {
  const parents = open
    .slice(0, -1)
    .map((entry) => `${entry.key}:${entry.value ?? ''}`)
    .join('/')
  const place = `${parents}/${numberKey(number)}`
  if (number.value === null) return false
  const before = lastValue.get(place) ?? 0
  lastValue.set(place, number.value)
  return number.value !== before + 1
}
