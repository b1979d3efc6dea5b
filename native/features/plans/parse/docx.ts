// Reads a DOCX as blocks, straight from its XML: automatic numbers and merged cells matter here and plain-text converters lose them.
import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { WanglouError } from '../../../contract/index.ts'
import { listEntries, openArchive, readEntry } from '../../../kernel/foreign-archive.ts'
import { type Block, tableBlock, textBlock } from './blocks.ts'
import { Numbering } from './docx-numbering.ts'
import { isOn, Styles } from './docx-styles.ts'

/** Largest part of the package that is read, bytes unpacked. */
const partLimitBytes = 64_000_000

interface Paragraph {
  text: string
  boldLength: number
  style: string | null
  outline: number | null
  numId: string | null
  ilvl: number | null
  isCentered: boolean | null
}
interface Cell {
  lines: string[]
  span: number
  merge: 'restart' | 'continue' | null
}
interface Table {
  rows: { cells: Cell[]; isHeader: boolean }[]
}

/** @throws WanglouError FILE_WRONG_TYPE when it is no text document, FILE_UNREADABLE when its XML is broken */
export async function readDocx(path: string): Promise<Block[]> {
  const parts = await unzip(path, /^(word\/(document\d*|styles|numbering)\.xml)$/)
  const documentName = [...parts.keys()].find((name) => /document\d*\.xml$/.test(name))
  const document = documentName === undefined ? undefined : parts.get(documentName)
  if (document === undefined) throw new WanglouError('FILE_WRONG_TYPE', { expected: 'docx' })
  const styles = new Styles()
  const numbering = new Numbering()
  try {
    styles.load(parts.get('word/styles.xml') ?? '<w:styles xmlns:w="w"/>')
    numbering.load(parts.get('word/numbering.xml') ?? '<w:numbering xmlns:w="w"/>')
    return new DocumentReader(styles, numbering).read(document)
  } catch (cause) {
    if (cause instanceof WanglouError) throw cause
    throw new WanglouError('FILE_UNREADABLE', {}, { cause })
  }
}

/** Walks `word/document.xml` once; paragraphs in cells and text boxes included, deleted text left out. */
class DocumentReader {
  readonly #styles: Styles
  readonly #numbering: Numbering
  readonly #blocks: Block[] = []
  readonly #paragraphs: Paragraph[] = []
  readonly #tables: Table[] = []
  readonly #path: string[] = []
  #skipped = 0
  #tocDepth = 0
  #sdtDepth = 0
  #isRunBold: boolean | null = null
  #isRunHidden = false
  #isText = false

  constructor(styles: Styles, numbering: Numbering) {
    this.#styles = styles
    this.#numbering = numbering
  }

  read(xml: string): Block[] {
    const parser = new SaxesParser()
    parser.on('opentag', (tag) => {
      this.#path.push(tag.name)
      if (['mc:Fallback', 'w:del', 'w:moveFrom', 'w:rt'].includes(tag.name)) this.#skipped += 1
      if (this.#skipped === 0) this.#open(tag)
    })
    parser.on('text', (text) => {
      const paragraph = this.#paragraphs.at(-1)
      if (this.#isText && this.#skipped === 0 && paragraph !== undefined) this.#append(paragraph, text)
    })
    parser.on('closetag', ({ name }) => {
      if (this.#skipped === 0) this.#close(name)
      if (['mc:Fallback', 'w:del', 'w:moveFrom', 'w:rt'].includes(name)) this.#skipped -= 1
      this.#path.pop()
    })
    parser.write(xml).close()
    return this.#blocks
  }

  #append(paragraph: Paragraph, text: string): void {
    if (this.#isRunHidden) return
    paragraph.text += text
    const isBold = this.#isRunBold ?? this.#styles.resolve(paragraph.style).isBold
    if (isBold) paragraph.boldLength += text.replace(/\s/gu, '').length
  }

  #open({ name, attributes }: SaxesTagPlain): void {
    const value = attributes['w:val']
    const paragraph = this.#paragraphs.at(-1)
    const parent = this.#path.at(-2)
    const cell = this.#tables.at(-1)?.rows.at(-1)?.cells.at(-1)
    switch (name) {
      case 'w:p':
        this.#paragraphs.push({ text: '', boldLength: 0, style: null, outline: null, numId: null, ilvl: null, isCentered: null })
        break
      case 'w:r':
        this.#isRunBold = null
        this.#isRunHidden = false
        break
      case 'w:t':
        this.#isText = true
        break
      case 'w:sdt':
        this.#sdtDepth += 1
        break
      case 'w:docPartGallery':
        if (/table of contents/i.test(value ?? '') && this.#tocDepth === 0) this.#tocDepth = this.#sdtDepth
        break
      case 'w:tbl':
        this.#tables.push({ rows: [] })
        break
      case 'w:tr':
        this.#tables.at(-1)?.rows.push({ cells: [], isHeader: false })
        break
      case 'w:tblHeader': {
        const row = this.#tables.at(-1)?.rows.at(-1)
        if (row !== undefined) row.isHeader = isOn(value)
        break
      }
      case 'w:tc':
        this.#tables.at(-1)?.rows.at(-1)?.cells.push({ lines: [], span: 1, merge: null })
        break
      case 'w:gridSpan':
        if (cell !== undefined) cell.span = Math.min(64, Math.max(1, Number(value) || 1))
        break
      case 'w:vMerge':
        if (cell !== undefined) cell.merge = value === 'restart' ? 'restart' : 'continue'
        break
      default:
        if (paragraph !== undefined) this.#openInParagraph(name, value, parent, paragraph)
    }
  }

  #openInParagraph(name: string, value: string | undefined, parent: string | undefined, paragraph: Paragraph): void {
    const isRun = parent === 'w:rPr' && this.#path.at(-3) === 'w:r'
    if (name === 'w:tab' && parent === 'w:r') this.#append(paragraph, '\t')
    else if ((name === 'w:br' || name === 'w:cr') && parent === 'w:r') this.#append(paragraph, '\n')
    else if (name === 'w:noBreakHyphen') this.#append(paragraph, '-')
    else if (name === 'w:pStyle') paragraph.style = value ?? null
    else if (name === 'w:outlineLvl') paragraph.outline = Number(value)
    else if (name === 'w:numId') paragraph.numId = value ?? null
    else if (name === 'w:ilvl') paragraph.ilvl = Number(value)
    else if (name === 'w:jc' && parent === 'w:pPr') paragraph.isCentered = value === 'center'
    else if (name === 'w:b' && isRun) this.#isRunBold = isOn(value)
    else if (name === 'w:vanish' && isRun) this.#isRunHidden = isOn(value)
  }

  #close(name: string): void {
    if (name === 'w:t') this.#isText = false
    if (name === 'w:p') {
      const paragraph = this.#paragraphs.pop()
      if (paragraph !== undefined) this.#finish(paragraph)
    }
    if (name === 'w:tbl') {
      const table = this.#tables.pop()
      if (table !== undefined) this.#finishTable(table)
    }
    if (name === 'w:sdt') {
      if (this.#tocDepth === this.#sdtDepth) this.#tocDepth = 0
      this.#sdtDepth -= 1
    }
  }

  #finish(paragraph: Paragraph): void {
    const style = this.#styles.resolve(paragraph.style)
    const numId = paragraph.numId ?? style.numId
    const number = numId === null || numId === '0' || paragraph.text.trim() === '' ? null : this.#numbering.next(numId, paragraph.ilvl ?? style.ilvl)
    const cell = this.#tables.at(-1)?.rows.at(-1)?.cells.at(-1)
    if (cell !== undefined) {
      if (paragraph.text.trim() !== '') cell.lines.push(((number ?? '') + paragraph.text).trim())
      return
    }
    const depth = paragraph.outline === null ? style.depth : paragraph.outline < 9 ? paragraph.outline + 1 : null
    const block = textBlock(paragraph.text, {
      autoNumber: number,
      styleDepth: depth,
      isTitle: style.isTitle,
      isToc: style.isToc || this.#tocDepth > 0,
      isBold: paragraph.boldLength > 0 && paragraph.boldLength >= paragraph.text.replace(/\s/gu, '').length * 0.9,
      isCentered: paragraph.isCentered ?? style.isCentered,
    })
    if (block.text !== '') this.#blocks.push(block)
  }

  #finishTable(table: Table): void {
    const above: string[] = []
    const rows = table.rows.map((row) => {
      const cells: string[] = []
      for (const cell of row.cells) {
        const own = cell.lines.join('\n')
        for (let i = 0; i < cell.span; i += 1) {
          const column = cells.length
          cells.push(cell.merge === 'continue' && own === '' ? (above[column] ?? '') : own)
        }
      }
      for (const [column, text] of cells.entries()) above[column] = text
      return { cells, isHeader: row.isHeader }
    })
    const outer = this.#tables.at(-1)?.rows.at(-1)?.cells.at(-1)
    if (outer !== undefined) outer.lines.push(...rows.map((row) => [...new Set(row.cells)].join(' ')))
    else if (rows.length > 0) this.#blocks.push(tableBlock(rows, false))
  }
}

async function unzip(path: string, wanted: RegExp): Promise<Map<string, string>> {
  const parts = new Map<string, string>()
  const zip = await openArchive(path)
  try {
    for (const entry of await listEntries(zip)) {
      if (!wanted.test(entry.fileName)) continue
      if (entry.uncompressedSize > partLimitBytes)
        throw new WanglouError('FILE_TOO_LARGE', { size: entry.uncompressedSize, limitBytes: partLimitBytes })
      const chunks: Buffer[] = []
      for await (const chunk of readEntry(zip, entry)) chunks.push(chunk)
      parts.set(entry.fileName, Buffer.concat(chunks).toString('utf8'))
    }
    return parts
  } finally {
    zip.close()
  }
}
