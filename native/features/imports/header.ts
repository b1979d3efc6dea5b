// Finds the header of a sheet: a title line above it, two rows of it, merged cells in it.
import type { TableRow } from './read/table.ts'
import type { TargetField } from './targets/target.ts'
import { folded } from './values.ts'

/** A header has words in most cells, and below it come rows that look different. */
const mostHeaderRows = 4

export interface Header {
  /** Number of the file's rows that are not data: title lines and header rows. */
  headerRows: number
  headers: string[]
}

/** How well a row speaks the target's language: cells that are synonyms of a field. */
function score(cells: readonly string[], fields: readonly TargetField[]): number {
  return new Set(cells.map((cell) => fieldOf(cell, fields)).filter((id) => id !== null)).size
}

/**
 * @param rows the first rows of the file
 * @returns where the data begins, by the row that names most fields; a row below it that also names fields and repeats or refines it belongs to the header
 */
export function proposeHeader(rows: readonly TableRow[], fields: readonly TargetField[]): Header {
  const top = rows.slice(0, mostHeaderRows + 2).map((row) => ({ row: row.row, cells: row.cells, score: score(row.cells, fields) }))
  const best = top.reduce<(typeof top)[number] | null>((found, row) => (row.score > (found?.score ?? 0) ? row : found), null)
  if (best === null) return { headerRows: 1, headers: headersOf(rows, 1) }
  const above = top.filter((row) => row.row < best.row && row.row >= best.row - 1 && isGroupRow(row.cells, best.cells))
  const below = top.find((row) => row.row === best.row + 1 && row.score > 0 && refines(best.cells, row.cells, fields))
  const last = below?.row ?? best.row
  const first = above[0]?.row ?? best.row
  return { headerRows: last, headers: joinHeaders(rows.filter((row) => row.row >= first && row.row <= last).map((row) => row.cells)) }
}

/** Headers of a file whose number of header rows is known; title lines (one value only) are left out. */
export function headersOf(rows: readonly TableRow[], headerRows: number): string[] {
  const head = rows.filter((row) => row.row <= headerRows).map((row) => row.cells)
  const width = Math.max(0, ...rows.map((row) => row.cells.length))
  if (head.length === 0) return Array.from({ length: width }, (_, index) => `第${index + 1}列`)
  const named = head.filter((cells, index) => index === head.length - 1 || new Set(cells.filter((cell) => cell.trim() !== '')).size > 1)
  return joinHeaders(named)
}

/** A group row spans several columns of the row below with one word (位置 over 经度 and 纬度). */
function isGroupRow(upper: readonly string[], lower: readonly string[]): boolean {
  const words = upper.filter((cell) => cell.trim() !== '')
  return new Set(words).size > 1 && lower.length >= new Set(words).size
}

/** The next row is part of the header when no cell of it is a number or a date and it fills or splits what stands above. */
function refines(upper: readonly string[], lower: readonly string[], fields: readonly TargetField[]): boolean {
  const words = lower.filter((cell) => cell.trim() !== '')
  if (words.some((cell) => /\d{3,}/.test(folded(cell)))) return false
  return words.every((cell) => fieldOf(cell, fields) !== null || upper.includes(cell))
}

/** Group words are carried to the right; equal words are said once. */
function joinHeaders(rows: readonly (readonly string[])[]): string[] {
  const width = Math.max(0, ...rows.map((cells) => cells.length))
  const filled = rows.map((cells, index) => {
    let group = ''
    return Array.from({ length: width }, (_, column) => {
      const cell = (cells[column] ?? '').replaceAll(/\s+/g, ' ').trim()
      if (cell !== '') group = cell
      const isSplitBelow = index < rows.length - 1 && (rows[index + 1]?.[column] ?? '').trim() !== ''
      return cell === '' && isSplitBelow ? group : cell
    })
  })
  return Array.from({ length: width }, (_, column) =>
    [...new Set(filled.map((cells) => cells[column] ?? '').filter((cell) => cell !== ''))].join('/'),
  )
}

/** The field a header means, by its last part, then by the whole; null = none of ours. */
export function fieldOf(header: string, fields: readonly TargetField[]): string | null {
  const parts = [header.split('/').at(-1) ?? '', header].map(plain).filter((part) => part !== '')
  for (const part of parts) {
    for (const field of fields) if (field.synonyms.some((synonym) => plain(synonym) === part)) return field.id
  }
  return null
}

/** Without blanks, brackets' contents, stars and units. */
function plain(words: string): string {
  return folded(words)
    .replaceAll(/[(（【[].*?[)）】\]]/g, '')
    .replaceAll(/[\s*:：_]/g, '')
    .toLowerCase()
}

/** One column for each field, the first that means it. */
export function proposeMapping(headers: readonly string[], fields: readonly TargetField[]): (string | null)[] {
  const taken = new Set<string>()
  return headers.map((header) => {
    const id = fieldOf(header, fields)
    if (id === null || taken.has(id)) return null
    taken.add(id)
    return id
  })
}
