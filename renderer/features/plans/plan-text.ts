// Groups the paragraphs of a plan for reading: rows that follow one another are a table again, cells that were merged are one. Pure.
import type { PlanParagraph } from '../../../native/contract/index.ts'

export interface ReadCell {
  text: string
  /** Columns it spans. */
  span: number
}
export interface ReadRow {
  paragraph: PlanParagraph
  cells: ReadCell[]
}
export type ReadBlock = { kind: 'paragraph'; key: string; paragraph: PlanParagraph } | { kind: 'table'; key: string; rows: ReadRow[] }

export function readBlocks(paragraphs: readonly PlanParagraph[]): ReadBlock[] {
  const blocks: ReadBlock[] = []
  for (const paragraph of paragraphs) {
    if (paragraph.kind !== 'row' || paragraph.cells === null) {
      blocks.push({ kind: 'paragraph', key: paragraph.id, paragraph })
      continue
    }
    const last = blocks.at(-1)
    const row = { paragraph, cells: spansOf(paragraph.cells) }
    const isSameTable = last?.kind === 'table' && last.rows[0]?.paragraph.cells?.length === paragraph.cells.length
    if (isSameTable) last.rows.push(row)
    else blocks.push({ kind: 'table', key: paragraph.id, rows: [row] })
  }
  return blocks
}

/** Neighbours with the same words were one cell, unless they are empty. */
function spansOf(cells: readonly string[]): ReadCell[] {
  const merged: ReadCell[] = []
  for (const text of cells) {
    const last = merged.at(-1)
    if (last !== undefined && text !== '' && last.text === text) last.span += 1
    else merged.push({ text, span: 1 })
  }
  return merged
}

/** Where the words searched for stand, folded only by case: enough to mark them in a text that is read. */
export function rangesIn(text: string, words: string): [number, number][] {
  const folded = text.toLocaleLowerCase()
  const found: [number, number][] = []
  for (const word of words
    .toLocaleLowerCase()
    .split(/\s+/)
    .filter((one) => one !== '')) {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) found.push([at, at + word.length])
  }
  found.sort((a, b) => a[0] - b[0])
  return found.filter(([start], index) => index === 0 || start >= (found[index - 1]?.[1] ?? 0))
}
