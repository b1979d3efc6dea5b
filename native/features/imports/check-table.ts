// Goes through every row of a table: good ones to one file, the others with what is wrong with them to a second. Runs in the worker.
import { createWriteStream, type WriteStream } from 'node:fs'
import { once } from 'node:events'
import type { CellValue, CheckInput, ProblemCode, RowProblem } from '../../contract/index.ts'
import { headersOf } from './header.ts'
import type { Table, TableRow } from './read/table.ts'
import type { CheckContext, Target } from './targets/target.ts'
import { isErrorCell, isMalformed } from './values.ts'

export interface CheckProgress {
  rowsRead: number
  good: number
  bad: number
  /** 0…1 */
  progress: number
}
export interface CheckResult extends CheckProgress {
  headers: string[]
  formulas: number
  problems: Partial<Record<ProblemCode, number>>
  /** Keys the source had before that this file has not. */
  missing: string[]
}

/** A line of the good file: what goes into the journal, and what the person would have to correct if it turns out to be a duplicate. */
export interface GoodLine {
  row: number
  key: string
  values: CellValue[]
  cells: string[]
}

interface CheckOptions {
  table: Table
  target: Target
  input: Pick<CheckInput, 'headerRows' | 'mapping' | 'accepted'>
  context: CheckContext
  /** Keys the source had before this file. */
  knownKeys: readonly string[]
  goodPath: string
  badPath: string
  report: (progress: CheckProgress) => void
}

const reportEveryRows = 2000
/** Characters of lines written at once. */
const linesLength = 1 << 18

export async function checkTable({ table, target, input, context, knownKeys, goodPath, badPath, report }: CheckOptions): Promise<CheckResult> {
  const missing = new Set(knownKeys)
  const seen = new Map<string, number>()
  const problems: CheckResult['problems'] = {}
  const counts = { rowsRead: 0, good: 0, bad: 0, formulas: 0 }
  const head: TableRow[] = []
  let headers: string[] | null = null
  const columnOf = new Map(input.mapping.flatMap((field, column) => (field === null ? [] : [[field, column] as const])))
  const fields = input.mapping.map((field, column) => (field !== null && columnOf.get(field) === column ? field : null))
  const good = new Lines(goodPath)
  const bad = new Lines(badPath)
  const accepted = new Set<string>(input.accepted)
  for await (const batch of table.rows()) {
    for (const row of batch) {
      if (row.row <= input.headerRows) {
        head.push(row)
        continue
      }
      headers ??= padded(headersOf(head, input.headerRows), input.mapping.length)
      counts.rowsRead += 1
      const cell = (field: string) => row.cells[columnOf.get(field) ?? -1] ?? ''
      const checked = target.check(cell, unmapped(row.cells, headers, input.mapping), context)
      missing.delete(checked.key)
      const found = [...wholeRow(row, fields), ...checked.problems].filter((problem) => !accepted.has(problem.code))
      const first = seen.get(checked.key)
      if (first !== undefined) found.push({ code: 'duplicate', field: null, value: checked.key.slice(0, 80), other: String(first) })
      else if (found.length === 0) seen.set(checked.key, row.row)
      if (found.length === 0) {
        counts.good += 1
        if (row.formulas.some((column) => input.mapping[column] !== undefined)) counts.formulas += 1
        await good.add({
          row: row.row,
          key: checked.key,
          values: target.columns.map((column) => checked.values[column] ?? null),
          cells: row.cells,
        } satisfies GoodLine)
      } else {
        counts.bad += 1
        for (const code of new Set(found.map((problem) => problem.code))) problems[code] = (problems[code] ?? 0) + 1
        await bad.add({ row: row.row, cells: row.cells, problems: found })
      }
      if (counts.rowsRead % reportEveryRows === 0) report({ ...counts, progress: table.progress() })
    }
  }
  await Promise.all([good.close(), bad.close()])
  return {
    ...counts,
    progress: 1,
    problems,
    headers: headers ?? padded(headersOf(head, input.headerRows), input.mapping.length),
    missing: [...missing],
  }
}

/** What is wrong with the row as a row, whatever its target. @param fields the field of each column; null = none */
function wholeRow(row: TableRow, fields: readonly (string | null)[]): RowProblem[] {
  const problems: RowProblem[] = []
  const fieldAt = (column: number) => fields[column] ?? null
  const report = (code: ProblemCode, column: number) =>
    problems.push({ code, field: fieldAt(column), value: (row.cells[column] ?? '').slice(0, 80).toWellFormed().replaceAll('\0', '␀'), other: null })
  for (const [column, cell] of row.cells.entries()) {
    if (isMalformed(cell)) report('text-malformed', column)
    else if (fieldAt(column) !== null && isErrorCell(cell)) report('bad-type', column)
    if (column >= fields.length && cell.trim() !== '') {
      report('too-many-cells', column)
      break
    }
  }
  for (const column of row.emptyFormulas) if (fieldAt(column) !== null) report('formula-empty', column)
  return problems
}

function unmapped(cells: readonly string[], headers: readonly string[], mapping: CheckInput['mapping']): Record<string, string> {
  const others: Record<string, string> = {}
  for (const [column, field] of mapping.entries()) {
    const value = field === null ? (cells[column] ?? '').trim() : ''
    if (value !== '' && !isReportColumn(headers[column] ?? '')) others[headers[column] || `第${column + 1}列`] = value.slice(0, 500)
  }
  return others
}

/** Columns that our own file of bad rows adds; they are not taken back in. */
export const reportColumns = ['原行号', '问题'] as const
function isReportColumn(header: string): boolean {
  return (reportColumns as readonly string[]).includes(header)
}

function padded(headers: readonly string[], width: number): string[] {
  return Array.from({ length: Math.max(width, headers.length) }, (_, column) => headers[column] || `第${column + 1}列`)
}

/**
 * A file of JSON lines, written many at a time. Malformed text is written escaped (`\\u0000`, `\\ud800`), so that what was in the file can be shown
 * and given back; so are the two separators that a line reader takes for line ends.
 */
class Lines {
  readonly #stream: WriteStream
  #text = ''

  constructor(path: string) {
    this.#stream = createWriteStream(path)
  }

  async add(value: unknown): Promise<void> {
    this.#text += `${JSON.stringify(value)}\n`
    if (this.#text.length > linesLength) await this.#flush()
  }

  async #flush(): Promise<void> {
    const text = this.#text.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
    this.#text = ''
    if (text !== '' && !this.#stream.write(text)) await once(this.#stream, 'drain')
  }

  async close(): Promise<void> {
    await this.#flush()
    this.#stream.end()
    await once(this.#stream, 'close')
  }
}
