// Tables of the watch in and out of files: 值班表 and 节假日 read from CSV/XLSX or pasted words, 值班表 and 值班日志 written as either.
import {
  type ActingPerson,
  dayOf,
  daysOfMonth,
  type Handover,
  type HolidayImportPreview,
  type Holiday,
  type LogQuery,
  type Month,
  NOT_CLASSIFIED_NOTICE,
  posts,
  type RosterDay,
  type RosterImportPreview,
  type TableFile,
  WanglouError,
} from '../../contract/index.ts'
import type { Act, Journal, RowWrite } from '../../journal/types.ts'
import { csvLine } from '../../kernel/csv.ts'
import { refuseMarked } from '../../kernel/marking.ts'
import { runInWorker } from '../../kernel/workers.ts'
import { handoverValues } from './handover-document.ts'
import { readHolidayNotice, readHolidayTable } from './holiday-table.ts'
import type { LogRepository } from './log.repository.ts'
import { writeLog } from './log-table.ts'
import { minuteWords } from './papers.ts'
import { rosterId, type RosterRepository } from './roster.repository.ts'
import { holidayRow, samePeople } from './roster.service.ts'
import { readRoster, type RosterTable, writeRoster } from './roster-table.ts'
import type { SheetTask } from './sheet.worker.ts'

/** Roster rows an entry may carry and stay below 64 KiB. */
const rowsPerEntry = 40
const sheetWorkerUrl = new URL('./sheet.worker.ts', import.meta.url)
const sheetTimeoutMs = 120_000

/** All rows of a foreign table as text, parsed in a limited worker; handed in by `app.ts`. @throws WanglouError FILE_* · TOO_LARGE */
export type ReadTable = (file: TableFile) => Promise<string[][]>
export type TableFormat = 'csv' | 'xlsx'
export /** Fills a shipped document that is no report: `handover`. Of the reports, handed in by `app.ts`. @returns a DOCX */
type FillDocument = (name: 'handover', values: Record<string, unknown>) => Promise<Uint8Array>

interface FilesOptions {
  handover: (id: string) => Promise<Handover>
  fillDocument: FillDocument
  unit: () => Promise<string>
  journal: Journal
  roster: RosterRepository
  log: LogRepository
  readTable: ReadTable
  now: () => number
}
export interface ExportedFile {
  fileName: string
  type: string
  bytes: Uint8Array
}

export class DutyFiles {
  readonly #options: FilesOptions

  constructor(options: FilesOptions) {
    this.#options = options
  }

  /** What the table would change. @throws WanglouError FILE_UNREADABLE when it is no roster */
  async previewRoster(file: TableFile): Promise<RosterImportPreview> {
    const { rows, problems } = await this.#roster(file)
    const known = await this.#known(rows)
    const kinds = rows.map((row) => kindOf(row, known))
    return {
      rows: rows.length,
      added: kinds.filter((kind) => kind === 'added').length,
      changed: kinds.filter((kind) => kind === 'changed').length,
      same: kinds.filter((kind) => kind === 'same').length,
      from: rows.map(({ day }) => day).sort()[0] ?? null,
      to:
        rows
          .map(({ day }) => day)
          .sort()
          .at(-1) ?? null,
      problems,
    }
  }

  /** Writes the rows that say something new; rows with a problem stay out and are named by the preview. */
  async importRoster(file: TableFile, by: ActingPerson): Promise<{ written: number }> {
    const { rows } = await this.#roster(file)
    const known = await this.#known(rows)
    const written = rows.filter((row) => kindOf(row, known) !== 'same')
    await this.#options.journal.writeAll(
      rosterActs(written, { actor: by.account, note: { fileName: file.fileName, file: file.blob, rows: written.length } }),
    )
    return { written: written.length }
  }

  /** The yearly notice as a table, or its own words pasted in. @throws WanglouError FILE_UNREADABLE */
  async previewHolidays(input: TableFile | { text: string; year: number }): Promise<HolidayImportPreview> {
    if ('text' in input) {
      refuseMarked(input.text)
      return readHolidayNotice(input.text, input.year)
    }
    const table = readHolidayTable(await this.#options.readTable(input), this.#options.now())
    if (table === null) throw new WanglouError('FILE_UNREADABLE', { file: input.fileName })
    return table
  }

  async setHolidays(days: readonly Holiday[], by: ActingPerson): Promise<void> {
    refuseMarked(days)
    const [first] = days
    if (first === undefined) return
    const rows = days.map((day) => holidayRow(day, false))
    await this.#options.journal.write({
      actor: by.account,
      action: 'duty.importHolidays',
      subject: { dataset: 'dutyHolidays', row: rows[0]?.row ?? '' },
      rows,
    })
  }

  async exportRoster(month: Month, format: TableFormat, by: ActingPerson): Promise<ExportedFile> {
    const days = daysOfMonth(month)
    const [rows, shifts] = await Promise.all([this.#options.roster.rows(days[0] ?? '', days.at(-1) ?? ''), this.#options.roster.shifts()])
    return this.#export(writeRoster(rows, shifts), { format, name: '值班表', of: month, by })
  }

  async exportLog(query: LogQuery, format: TableFormat, by: ActingPerson): Promise<ExportedFile> {
    const lines = await this.#options.log.query(query)
    return this.#export(writeLog(lines, minuteWords), { format, name: '值班日志', of: query.day ?? dayOf(this.#options.now()), by })
  }

  /** 交接班记录 as it was signed; unsigned, each page says so. @throws WanglouError NOT_FOUND */
  async exportHandover(id: string, by: ActingPerson): Promise<ExportedFile> {
    const [handover, unit] = await Promise.all([this.#options.handover(id), this.#options.unit()])
    const day = handover.watch?.day ?? dayOf(this.#options.now())
    const fileName = `交接班记录-${day}-${handover.watch?.shiftName ?? ''}.docx`
    const bytes = await this.#options.fillDocument('handover', handoverValues(handover, unit))
    await this.#left({ fileName, rows: handover.matters.length, by })
    return { fileName, type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', bytes: Buffer.from(bytes) }
  }

  /** What leaves the station stands in the journal. */
  async #left({ fileName, rows, by }: { fileName: string; rows: number; by: ActingPerson }): Promise<void> {
    await this.#options.journal.write({
      actor: by.account,
      action: 'duty.export',
      subject: { dataset: 'accounts', row: by.account },
      rows: [],
      note: { fileName, rows },
    })
  }

  async #export(
    rows: string[][],
    { format, name, of, by }: { format: TableFormat; name: string; of: string; by: ActingPerson },
  ): Promise<ExportedFile> {
    const fileName = `${name}-${of}.${format}`
    await this.#left({ fileName, rows: rows.length - 1, by })
    const whole = [[`${name}　${of}　（${NOT_CLASSIFIED_NOTICE}）`], ...rows]
    if (format === 'csv') return { fileName, type: 'text/csv; charset=utf-8', bytes: Buffer.from(`\uFEFF${whole.map(csvLine).join('')}`) }
    const task: SheetTask = { name, rows: whole }
    const bytes = await runInWorker<Uint8Array>({ url: sheetWorkerUrl, data: task, maxOldSpaceMb: 500, timeoutMs: sheetTimeoutMs })
    return { fileName, type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', bytes }
  }

  async #roster(file: TableFile): Promise<RosterTable> {
    const [cells, shifts] = await Promise.all([this.#options.readTable(file), this.#options.roster.shifts()])
    const table = readRoster(cells, { shifts, now: this.#options.now() })
    if (table === null) throw new WanglouError('FILE_UNREADABLE', { file: file.fileName })
    return table
  }

  async #known(rows: readonly RosterDay[]): Promise<Map<string, RosterDay>> {
    const days = rows.map(({ day }) => day).sort()
    const known = await this.#options.roster.rows(days[0] ?? '', days.at(-1) ?? '')
    return new Map(known.map((row) => [`${row.day}/${row.shift}`, row]))
  }
}

function kindOf(row: RosterDay, known: ReadonlyMap<string, RosterDay>): 'added' | 'changed' | 'same' {
  const before = known.get(`${row.day}/${row.shift}`)
  if (before === undefined) return 'added'
  return before.note === row.note && posts.every((post) => samePeople(before[post], row[post])) ? 'same' : 'changed'
}

/** @param options.note stands on the first entry */
export function rosterActs(rows: readonly RosterDay[], options: { actor: string; note: Act['note'] & {} }): Act[] {
  return Array.from({ length: Math.ceil(rows.length / rowsPerEntry) }, (_, index) => {
    const writes = rows.slice(index * rowsPerEntry, (index + 1) * rowsPerEntry).map(rosterWrite)
    const subject = { dataset: 'dutyRoster', row: writes[0]?.row ?? '' }
    return { actor: options.actor, action: 'duty.importRoster', subject, rows: writes, note: index === 0 ? options.note : null }
  })
}

function rosterWrite({ day, shift, watchLeaders, shiftLeaders, officers, note, isSample }: RosterDay): RowWrite {
  return { dataset: 'dutyRoster', row: rosterId(day, shift), set: { day, shift, watchLeaders, shiftLeaders, officers, note, isSample } }
}
