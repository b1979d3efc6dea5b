// Runs in its own thread: opens a foreign table and either looks at its first rows or checks all of them.
import { rm } from 'node:fs/promises'
import type { CheckInput, Encoding, FileProposal, ImportTargetId } from '../../contract/index.ts'
import { serveWorker } from '../../kernel/workers.ts'
import { type CheckProgress, type CheckResult, checkTable } from './check-table.ts'
import { headersOf, proposeHeader, proposeMapping } from './header.ts'
import { openTable } from './read/open-table.ts'
import type { TableRow } from './read/table.ts'
import { targets } from './targets/index.ts'
import type { CheckContext } from './targets/target.ts'

interface FileToRead {
  path: string
  fileName: string
  sheet: string | null
  encoding: Encoding | null
  target: ImportTargetId
}
export type InspectTask = { mode: 'inspect'; headerRows: number | null } & FileToRead
export type CheckTask = {
  mode: 'check'
  input: CheckInput
  context: CheckContext
  knownKeys: string[]
  goodPath: string
  badPath: string
} & FileToRead
export type InspectResult = Omit<FileProposal, 'isRemembered' | 'datum'>

const shownRows = 20

serveWorker<InspectTask | CheckTask, InspectResult | CheckResult, CheckProgress>(async (task, report) => {
  const table = await openTable(task.path, task)
  const target = targets[task.target]
  try {
    if (task.mode === 'check') {
      const gathered = target.firstPass === undefined ? [] : await gather(task, target.firstPass)
      return await checkTable({ ...task, context: { ...task.context, gathered }, table, target, report })
    }
    const rows: TableRow[] = []
    for await (const batch of table.rows()) {
      rows.push(...batch)
      if (rows.length >= shownRows * 2) break
    }
    const fixed = task.headerRows ?? table.headerRows
    const { headerRows, headers } = fixed === null ? proposeHeader(rows, target.fields) : { headerRows: fixed, headers: headersOf(rows, fixed) }
    const width = Math.max(headers.length, ...rows.map((row) => row.cells.length))
    const named = Array.from({ length: width }, (_, column) => headers[column] || `第${column + 1}列`)
    const fields = target.fields.map(({ id, type, isRequired }) => ({ id, type, isRequired }))
    const sample = rows
      .filter((row) => row.row > headerRows)
      .slice(0, shownRows)
      .map((row) => row.cells.map((cell) => cell.toWellFormed().slice(0, 200)))
    const sheets = table.sheets.map((sheet) => (sheet.name === table.sheet ? { ...sheet, columns: width } : sheet))
    return {
      kind: table.kind,
      encoding: table.encoding,
      delimiter: table.delimiter,
      sheets,
      sheet: table.sheet,
      headerRows,
      headers: named,
      mapping: proposeMapping(named, target.fields),
      sample,
      fields,
    }
  } catch (error) {
    if (task.mode === 'check') await Promise.all([rm(task.goodPath, { force: true }), rm(task.badPath, { force: true })])
    throw error
  } finally {
    await table.close()
  }
})

/** These fields of every row. */
async function gather(task: CheckTask, fields: readonly string[]): Promise<Record<string, string>[]> {
  const table = await openTable(task.path, task)
  const { mapping, headerRows } = task.input
  const found: Record<string, string>[] = []
  try {
    for await (const batch of table.rows())
      for (const { row, cells } of batch)
        if (row > headerRows) found.push(Object.fromEntries(fields.map((field) => [field, cells[mapping.indexOf(field)] ?? ''])))
  } finally {
    await table.close()
  }
  return found
}
