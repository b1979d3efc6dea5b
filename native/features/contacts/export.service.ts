// The 通讯录 as a file to take away: XLSX with both tables, or one of them as CSV; that it was taken is an entry.
import { type ActingPerson, type ExportInput, WanglouError } from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import { csvLine } from '../../kernel/csv.ts'
import { newId } from '../../kernel/ids.ts'
import { runInWorker } from '../../kernel/workers.ts'
import type { z } from 'zod'
import type { Book } from './book.ts'
import { type BookToExport, contactSheet, type Sheet, unitSheet } from './export-rows.ts'

const workerUrl = new URL('./export.worker.ts', import.meta.url)
const timeoutMs = 120_000
const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })

export interface ExportedFile {
  fileName: string
  type: string
  bytes: Uint8Array
}

export class ExportService {
  readonly #journal: Journal
  readonly #book: Book
  readonly #ourName: () => Promise<string>
  readonly #now: () => number

  constructor(options: { journal: Journal; book: Book; ourName: () => Promise<string>; now: () => number }) {
    this.#journal = options.journal
    this.#book = options.book
    this.#ourName = options.ourName
    this.#now = options.now
  }

  /** @throws WanglouError NOT_FOUND (the unit) */
  async file({ format, table, unit }: z.infer<typeof ExportInput>, by: ActingPerson): Promise<ExportedFile> {
    const { tree, byUnit } = await this.#book.pages()
    if (unit !== null && tree.unit(unit) === null) throw new WanglouError('NOT_FOUND', { unit })
    const book: BookToExport = { tree, byUnit, branch: unit === null ? null : tree.branch(unit), ours: await this.#ourName(), now: this.#now() }
    const sheets = format === 'xlsx' ? [contactSheet(book), unitSheet(book)] : [table === 'units' ? unitSheet(book) : contactSheet(book)]
    // Two rows of each are the title and the header.
    const rows = sheets.reduce((sum, sheet) => sum + sheet.rows.length - 2, 0)
    await this.#journal.write({
      actor: by.account,
      action: 'contacts.export',
      subject: { dataset: 'contacts', row: newId() },
      rows: [],
      note: { format, table, unit, rows },
    })
    const name = `${sheets[0]?.name ?? ''}-${day.format(this.#now())}`
    if (format === 'csv') return { fileName: `${name}.csv`, type: 'text/csv; charset=utf-8', bytes: csvOf(sheets[0]) }
    const bytes = await runInWorker<Uint8Array>({ url: workerUrl, data: sheets, maxOldSpaceMb: 500, timeoutMs })
    return { fileName: `${name}.xlsx`, type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', bytes }
  }
}

function csvOf(sheet: Sheet | undefined): Uint8Array {
  return Buffer.from(`\uFEFF${(sheet?.rows ?? []).map(csvLine).join('')}`)
}
