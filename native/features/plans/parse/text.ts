// Reads plain text and Markdown as blocks; the encoding is found, never assumed.
import { WanglouError } from '../../../contract/index.ts'
import { type Block, tableBlock, textBlock } from './blocks.ts'

/**
 * UTF-8, UTF-16 with its mark, or GB18030.
 * @throws WanglouError FILE_ENCODING when it is none of them, FILE_WRONG_TYPE when it holds NUL (not text)
 */
export function decodeText(bytes: Uint8Array): string {
  const marks: [number[], string][] = [
    [[0xef, 0xbb, 0xbf], 'utf-8'],
    [[0xff, 0xfe], 'utf-16le'],
    [[0xfe, 0xff], 'utf-16be'],
  ]
  const marked = marks.find(([mark]) => mark.every((byte, index) => bytes[index] === byte))?.[1]
  for (const encoding of marked === undefined ? ['utf-8', 'gb18030'] : [marked]) {
    const text = tryDecode(bytes, encoding)
    if (text === null) continue
    if (text.includes('\0')) throw new WanglouError('FILE_WRONG_TYPE', { expected: 'text' })
    return text
  }
  throw new WanglouError('FILE_ENCODING')
}

function tryDecode(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

/** Every line is a paragraph; lines with tabs or wide gaps in equal columns are a table. */
export function readPlain(text: string): Block[] {
  const blocks: Block[] = []
  let rows: string[][] = []
  const flush = () => {
    if (rows.length > 1)
      blocks.push(
        tableBlock(
          rows.map((cells) => ({ cells, isHeader: false })),
          false,
        ),
      )
    else for (const cells of rows) blocks.push(textBlock(cells.join(' ')))
    rows = []
  }
  for (const line of text.split(/\r\n|\r|\n/)) {
    const cells = line.includes('\t')
      ? line
          .trim()
          .split(/\t+/)
          .map((cell) => cell.trim())
      : []
    if (cells.length > 1 && !/^\d+$/.test(cells.at(-1) ?? '')) {
      rows.push(cells)
      continue
    }
    flush()
    if (line.trim() !== '') blocks.push(textBlock(line, { isToc: isContentsLine(line), isCentered: /^\s{8,}|^\u3000{4,}/u.test(line) }))
  }
  flush()
  return blocks
}

/** A line of a table of contents: a title, leaders or a tab, a page number. */
export function isContentsLine(line: string): boolean {
  return /^.{2,60}?(?:[.．·…]{3,}|…{2,}|\t)\s*[-—]?\s*\d{1,3}\s*[-—]?$/u.test(line.trim())
}

/** Headings with #, tables with |, emphasis taken off; everything else a paragraph a block. */
export function readMarkdown(text: string): Block[] {
  const blocks: Block[] = []
  let lines: string[] = []
  let table: string[][] = []
  const flush = () => {
    if (lines.length > 0) blocks.push(paragraphOf(lines.join('')))
    if (table.length > 0)
      blocks.push(
        tableBlock(
          table.filter((cells) => !cells.every((cell) => /^:?-{2,}:?$/.test(cell))).map((cells, index) => ({ cells, isHeader: index === 0 })),
          false,
        ),
      )
    lines = []
    table = []
  }
  for (const raw of text.split(/\r\n|\r|\n/)) {
    const line = raw.trim()
    const heading = /^(#{1,6})\s+(.+?)\s*#*$/.exec(line)
    if (line.startsWith('|')) {
      if (lines.length > 0) flush()
      table.push(
        line
          .replace(/^\||\|$/g, '')
          .split('|')
          .map((cell) => plain(cell.trim())),
      )
      continue
    }
    const startsItem = /^(?:[-*+]|\d+[.)])\s|^[（(]?[一二三四五六七八九十]+[、）)]|^第.{1,4}[章节]/u.test(line)
    if (line === '' || heading !== null || table.length > 0 || startsItem) flush()
    if (heading !== null)
      blocks.push(
        textBlock(plain(heading[2] ?? ''), {
          styleDepth: heading[1]?.length ?? 1,
          isTitle: heading[1] === '#' && !blocks.some((block) => block.kind === 'paragraph'),
        }),
      )
    else if (line !== '') lines.push(line)
  }
  flush()
  return blocks
}

function paragraphOf(line: string): Block {
  const bullet = line.replace(/^[-*+]\s+/, '')
  return textBlock(plain(bullet), { isBold: /^(?:\*\*|__)[^*_]+(?:\*\*|__)$/.test(bullet) })
}

function plain(line: string): string {
  return line
    .replace(/(\*\*|__)(.+?)\1/g, '$2')
    .replace(/`([^`]*)`/g, '$1')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/\\([|*_#])/g, '$1')
}
