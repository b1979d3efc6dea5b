// What every reader of a document hands over: paragraphs and tables in order, with what their look says about their part.

export interface TextBlock {
  kind: 'paragraph'
  /** Without the automatic number. */
  text: string
  /** The number the program that shows the document would draw (automatic numbering); null = none, or it stands in the text. */
  autoNumber: string | null
  /** 1–9 when the style or an outline level says heading. */
  styleDepth: number | null
  isTitle: boolean
  /** A line of the table of contents. */
  isToc: boolean
  /** All of it. */
  isBold: boolean
  isCentered: boolean
  /** Unreadable characters were replaced. */
  isDamaged: boolean
}

export interface TableBlock {
  kind: 'table'
  /** Every row has the same number of cells; a merged cell's text stands in each place it covers. */
  rows: TableRow[]
  /** Columns were guessed from positions on the page (PDF). */
  isGuessed: boolean
}
export interface TableRow {
  cells: string[]
  /** Marked as such by the document. */
  isHeader: boolean
  isDamaged: boolean
}
export type Block = TextBlock | TableBlock

export function textBlock(text: string, traits: Partial<Omit<TextBlock, 'kind' | 'text' | 'isDamaged'>> = {}): TextBlock {
  const clean = cleanText(text)
  return {
    kind: 'paragraph',
    autoNumber: null,
    styleDepth: null,
    isTitle: false,
    isToc: false,
    isBold: false,
    isCentered: false,
    ...traits,
    text: clean.text,
    isDamaged: clean.isDamaged,
  }
}

export function tableBlock(rows: { cells: string[]; isHeader: boolean }[], isGuessed: boolean): TableBlock {
  const width = Math.max(0, ...rows.map((row) => row.cells.length))
  return {
    kind: 'table',
    isGuessed,
    rows: rows.map((row) => {
      const cells = Array.from({ length: width }, (_, column) => cleanText(row.cells[column] ?? ''))
      return { cells: cells.map((cell) => cell.text), isHeader: row.isHeader, isDamaged: cells.some((cell) => cell.isDamaged) }
    }),
  }
}

/** NFC, lone surrogates and control characters replaced by U+FFFD, blanks at both ends and soft hyphens taken off. */
export function cleanText(raw: string): { text: string; isDamaged: boolean } {
  const text = raw
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/g, '\uFFFD')
    .replace(/[\u00AD\u200B-\u200D\uFEFF]/g, '')
    .replace(/\r\n?/g, '\n')
    .normalize('NFC')
    .replace(/^[\s\u3000]+|[\s\u3000]+$/gu, '')
  return { text, isDamaged: text.includes('\uFFFD') }
}
