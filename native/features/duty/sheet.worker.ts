// Writes a table of the watch as a workbook, in its own thread; every cell is text, never a formula.
import writeXlsxFile, { type SheetData } from 'write-excel-file/node'
import { serveWorker } from '../../kernel/workers.ts'

export interface SheetTask {
  name: string
  /** Title, header, rows. */
  rows: string[][]
}

const longestCell = 32_767

serveWorker<SheetTask, Uint8Array>(async ({ name, rows }) => {
  const buffer = await writeXlsxFile([
    { sheet: name, data: rows.map(cells), columns: widths(rows), stickyRowsCount: 2, orientation: 'landscape' as const },
  ]).toBuffer()
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
function widths([, ...rows]: string[][]): { width: number }[] {
  const wide = (words: string) => [...words].reduce((sum, character) => sum + (character > '\u00ff' ? 2 : 1), 0)
  return (rows[0] ?? []).map((_, column) => ({
    width: Math.min(60, Math.max(8, 2 + Math.max(...rows.slice(0, 500).map((row) => wide(row[column] ?? ''))))),
  }))
}
