// The small parts of a workbook: which sheets there are, the shared texts, which cell styles are dates, which cells are merged.
import { SaxesParser } from 'saxes'
import type { Entry, ZipFile } from 'yauzl'
import { WanglouError } from '../../../contract/index.ts'
import { readEntry } from '../../../kernel/foreign-archive.ts'

export interface Workbook {
  sheets: { name: string; entry: Entry }[]
  sharedStrings: string[]
  /** By style index of a cell: is its number a date? */
  isDateStyle: boolean[]
  is1904: boolean
}

/** Top left cell and extent of a merged range, zero-based. */
export interface Merge {
  top: number
  left: number
  bottom: number
  right: number
}

type Attributes = Record<string, string>
interface Handlers {
  open?: (name: string, attributes: Attributes) => void
  close?: (name: string) => void
  text?: (text: string) => void
}

/** Feeds an entry through the XML parser; names come without their prefix. @throws WanglouError FILE_UNREADABLE */
export async function parseXml(
  zip: ZipFile,
  entry: Entry,
  handlers: Handlers,
  onChunk: (bytes: number) => Promise<boolean> | boolean = () => true,
): Promise<void> {
  const parser = new SaxesParser()
  const decoder = new TextDecoder('utf-8', { fatal: true })
  parser.on('error', (error) => {
    throw new WanglouError('FILE_UNREADABLE', { part: entry.fileName }, { cause: error })
  })
  parser.on('opentag', (tag) => handlers.open?.(local(tag.name), tag.attributes as Attributes))
  parser.on('closetag', (tag) => handlers.close?.(local(tag.name)))
  parser.on('text', (text) => handlers.text?.(text))
  parser.on('cdata', (text) => handlers.text?.(text))
  let bytes = 0
  for await (const chunk of readEntry(zip, entry)) {
    parser.write(decoder.decode(chunk, { stream: true }))
    bytes += chunk.length
    if (!(await onChunk(bytes))) return
  }
  parser.close()
}

export async function readWorkbook(zip: ZipFile, entries: readonly Entry[]): Promise<Workbook> {
  const part = (name: string) => entries.find((entry) => entry.fileName.toLowerCase() === name.toLowerCase())
  const workbookPart = part('xl/workbook.xml')
  const relationsPart = part('xl/_rels/workbook.xml.rels')
  if (workbookPart === undefined || relationsPart === undefined) throw new WanglouError('FILE_WRONG_TYPE')
  const targets = new Map<string, string>()
  await parseXml(zip, relationsPart, { open: (name, at) => name === 'Relationship' && targets.set(at.Id ?? '', at.Target ?? '') })
  const listed: { name: string; relation: string }[] = []
  let is1904 = false
  await parseXml(zip, workbookPart, {
    open(name, at) {
      if (name === 'sheet')
        listed.push({ name: at.name ?? '', relation: at['r:id'] ?? Object.entries(at).find(([key]) => key.endsWith(':id'))?.[1] ?? '' })
      if (name === 'workbookPr') is1904 = at.date1904 === '1' || at.date1904 === 'true'
    },
  })
  const sheets = listed.flatMap(({ name, relation }) => {
    const target = targets.get(relation) ?? ''
    const entry = part(target.startsWith('/') ? target.slice(1) : `xl/${target}`)
    return entry === undefined || /chartsheet|dialogsheet/i.test(target) ? [] : [{ name, entry }]
  })
  if (sheets.length === 0) throw new WanglouError('FILE_UNREADABLE', { part: 'xl/workbook.xml' })
  const stringsPart = part('xl/sharedStrings.xml')
  const stylesPart = part('xl/styles.xml')
  return {
    sheets,
    is1904,
    sharedStrings: stringsPart === undefined ? [] : await readSharedStrings(zip, stringsPart),
    isDateStyle: stylesPart === undefined ? [] : await readDateStyles(zip, stylesPart),
  }
}

/** Runs of a text are joined; phonetic helps (`rPh`) are not part of it. */
async function readSharedStrings(zip: ZipFile, entry: Entry): Promise<string[]> {
  const strings: string[] = []
  let words = ''
  let isText = false
  let phonetic = 0
  await parseXml(zip, entry, {
    open(name) {
      if (name === 'si') words = ''
      if (name === 'rPh') phonetic += 1
      isText = name === 't' && phonetic === 0
    },
    close(name) {
      if (name === 'si') strings.push(unescapeText(words))
      if (name === 'rPh') phonetic -= 1
      if (name === 't') isText = false
    },
    text: (text) => isText && (words += text),
  })
  return strings
}

async function readDateStyles(zip: ZipFile, entry: Entry): Promise<boolean[]> {
  const custom = new Map<string, boolean>()
  const styles: boolean[] = []
  let isCellFormats = false
  await parseXml(zip, entry, {
    open(name, at) {
      if (name === 'numFmt') custom.set(at.numFmtId ?? '', isDateFormat(at.formatCode ?? ''))
      if (name === 'cellXfs') isCellFormats = true
      if (name === 'xf' && isCellFormats) styles.push(custom.get(at.numFmtId ?? '') ?? isBuiltinDate(Number(at.numFmtId)))
    },
    close: (name) => name === 'cellXfs' && (isCellFormats = false),
  })
  return styles
}

/** ECMA-376 18.8.30: 14–22, 45–47, and the East Asian ones 27–36, 50–58. */
function isBuiltinDate(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)
}

function isDateFormat(code: string): boolean {
  return /[ymdhs年月日]/i.test(code.replaceAll(/"[^"]*"|\\.|\[[^\]]*\]|_./g, '').replaceAll(/general/gi, ''))
}

/** Merged ranges stand behind the rows; the part is inflated once without parsing to find them. */
export async function readMerges(zip: ZipFile, entry: Entry): Promise<Merge[]> {
  const marker = '</sheetData>'
  let tail = ''
  let isBehind = false
  const decoder = new TextDecoder('latin1')
  for await (const chunk of readEntry(zip, entry)) {
    tail += decoder.decode(chunk, { stream: true })
    const at = isBehind ? -1 : tail.search(/<\/(?:\w+:)?sheetData>/)
    if (at >= 0) isBehind = true
    if (!isBehind) tail = tail.slice(-marker.length * 2)
    else if (at >= 0) tail = tail.slice(at)
    if (tail.length > 8_000_000) throw new WanglouError('FILE_TOO_LARGE', { part: entry.fileName })
  }
  if (!isBehind) return []
  return [...tail.matchAll(/<(?:\w+:)?mergeCell\s+ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"/g)].map(([, left = '', top = '', right = '', bottom = '']) => ({
    top: Number(top) - 1,
    left: columnIndex(left),
    bottom: Number(bottom) - 1,
    right: columnIndex(right),
  }))
}

/** `A` → 0, `AB` → 27 */
export function columnIndex(letters: string): number {
  let index = 0
  for (let i = 0; i < letters.length; i += 1) index = index * 26 + letters.charCodeAt(i) - 64
  return index - 1
}

/** Excel writes characters that XML cannot hold as `_x0000_`; a literal one as `_x005F_x0000_`. */
export function unescapeText(words: string): string {
  return words.includes('_x') ? words.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))) : words
}

function local(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}
