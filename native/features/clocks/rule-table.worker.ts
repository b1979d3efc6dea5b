// Reads or writes the sheet of limits in a thread of its own; every cell is text, never a formula.
import { readFile } from 'node:fs/promises'
import { readSheet } from 'read-excel-file/node'
import writeXlsxFile from 'write-excel-file/node'
import { inspectFile } from '../../kernel/foreign-file.ts'
import { serveWorker } from '../../kernel/workers.ts'
import { WanglouError } from '../../contract/index.ts'

export type RuleTableTask = { kind: 'read'; path: string } | { kind: 'write'; cells: string[][]; outPath: string }
export type RuleTableResult = { format: 'xlsx'; cells: string[][] } | { format: 'json'; text: string } | null

const limitBytes = 5_000_000
const mostRows = 1_000

serveWorker<RuleTableTask, RuleTableResult>(async (task) => {
  if (task.kind === 'write') {
    await writeXlsxFile(task.cells.map((row) => row.map((value) => ({ value: value.slice(0, 32_767), type: String })))).toFile(task.outPath)
    return null
  }
  const file = await inspectFile(task.path, { limitBytes, unzippedLimitBytes: 50_000_000 })
  if (file.kind === 'text') return { format: 'json', text: await readFile(task.path, 'utf8') }
  if (file.kind !== 'xlsx') throw new WanglouError('FILE_WRONG_TYPE', { expected: 'XLSX, JSON' })
  const rows = await readSheet(task.path)
  if (rows.length > mostRows) throw new WanglouError('FILE_TOO_LARGE', { rows: rows.length, limit: mostRows })
  return { format: 'xlsx', cells: rows.map((row) => row.map(cellText)) }
})

/** A time typed into a spreadsheet comes as a date: its hour is what was meant. */
function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString().slice(11, 16)
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}
