// Writes the book as a workbook, in its own thread; every cell is text, never a formula.
import writeXlsxFile, { type SheetData } from 'write-excel-file/node'
import { serveWorker } from '../../kernel/workers.ts'
import type { Sheet } from './export-rows.ts'

const longestCell = 32_767
/** Title and header stay in view. */
const stickyRowsCount = 2

serveWorker<Sheet[], Uint8Array>(async (sheets) => {
  const buffer = await writeXlsxFile(
    sheets.map(({ name, rows }) => ({
      sheet: name,
      data: rows.map(cells),
      columns: widths(rows),
      stickyRowsCount,
      orientation: 'landscape' as const,
    })),
  ).toBuffer()
  return new Uint8Array(buffer)
})

function cells(row: string[], index: number): SheetData[number] {
  return row.map((value) => ({
    value: value.slice(0, longestCell).toWellFormed().replaceAll('\0', ''),
    type: String,
    format: '@',
    ...(index === 1 ? { fontWeight: 'bold' as const } : {}),
  }))
}

/** As wide as the words are, a Chinese character counting two, within reason; the title runs over. */
function widths(rows: string[][]): { width: number }[] {
  const [, ...table] = rows
  return (table[0] ?? []).map((_, column) => {
    const longest = Math.max(
      ...table.slice(0, 500).map((row) => [...(row[column] ?? '')].reduce((sum, character) => sum + (character > '\u00ff' ? 2 : 1), 0)),
    )
    return { width: Math.min(40, Math.max(8, longest + 2)) }
  })
}
