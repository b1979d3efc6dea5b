// Parses a customer's code table (CSV, UTF-8 or GB18030) in a thread of its own; a table that is not sound is refused with its row.
import { readFile, stat } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import iconv from 'iconv-lite'
import { WanglouError } from '../../contract/index.ts'
import { serveWorker } from '../../kernel/workers.ts'
import type { TableRow } from './event-types.service.ts'

const limitBytes = 4 * 1024 * 1024
const headings: Record<string, keyof TableRow> = {
  代码: 'code',
  编码: 'code',
  code: 'code',
  名称: 'name',
  name: 'name',
  上级: 'parent',
  上级代码: 'parent',
  parent: 'parent',
  灾种: 'hazard',
  hazard: 'hazard',
}

serveWorker(async ({ path }: { path: string }) => {
  const { size } = await stat(path)
  if (size === 0) throw new WanglouError('FILE_EMPTY')
  if (size > limitBytes) throw new WanglouError('FILE_TOO_LARGE', { limitBytes })
  return { rows: rowsOf(decode(await readFile(path))) }
})

function decode(bytes: Buffer): string {
  if (bytes.subarray(0, 4096).includes(0)) throw new WanglouError('FILE_WRONG_TYPE', { expected: 'CSV' })
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return iconv.decode(bytes, 'gb18030')
    throw error
  }
}

function rowsOf(words: string): TableRow[] {
  const [head, ...lines] = parse(words, { bom: true, relax_column_count: true, skip_empty_lines: true, trim: true }) as string[][]
  const columns = (head ?? []).map((heading) => headings[heading.toLowerCase()])
  if (!columns.includes('code') || !columns.includes('name')) throw new WanglouError('FILE_WRONG_TYPE', { expected: '代码, 名称, 上级, 灾种' })
  const seen = new Set<string>()
  const rows = lines.map((line, at) => {
    const row: TableRow = { code: '', parent: null, name: '', hazard: null }
    for (const [place, column] of columns.entries()) {
      const value = (line[place] ?? '').trim()
      if (column !== undefined && value !== '') row[column] = value
    }
    if (row.code === '' || row.code.length > 20 || row.name === '' || row.name.length > 100 || seen.has(row.code))
      throw new WanglouError('INVALID_INPUT', { row: at + 2 })
    seen.add(row.code)
    return row
  })
  const orphan = rows.findIndex((row) => row.parent !== null && !seen.has(row.parent))
  if (orphan !== -1) throw new WanglouError('INVALID_INPUT', { row: orphan + 2 })
  if (rows.length === 0) throw new WanglouError('FILE_EMPTY')
  return rows
}
