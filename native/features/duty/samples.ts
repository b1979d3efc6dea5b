// The sample watch of a pack: roster, holidays, a week of 值班日志, matters to hand over; each marked, each removed with the pack.
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import type { LogWords, PackPart, Shift } from '../../contract/index.ts'
import type { Act, Journal } from '../../journal/types.ts'
import { importedId } from '../../kernel/ids.ts'
import { rosterActs } from './files.service.ts'
import { readHolidayTable } from './holiday-table.ts'
import { readLog } from './log-table.ts'
import { holidayRow } from './roster.service.ts'
import { readRoster } from './roster-table.ts'

/** The part of `open-matters.json` that is the watch's. */
const Handover = z.object({ handover: z.array(z.object({ key: z.string(), words: z.string(), minutesAgo: z.number().min(0) })) })

export interface SampleContext {
  journal: Journal
  shifts: readonly Shift[]
  /** `pack:<id>` */
  source: string
  /** Epoch ms of the first run. */
  now: number
}
export type SampleLoader = (text: string, context: SampleContext) => Promise<PackPart>

const Rows = z.array(z.array(z.string()))
function parseCsv(text: string): string[][] {
  return Rows.parse(parse(text, { bom: true, skip_empty_lines: true, relax_column_count: true }))
}

export const loadSampleRoster: SampleLoader = async (text, { journal, shifts, now }) => {
  const table = readRoster(parseCsv(text), { shifts, now })
  if (table === null) return { loaded: 0, refused: 1 }
  const rows = table.rows.map((row) => ({ ...row, isSample: true }))
  await journal.writeAll(rosterActs(rows, { actor: 'station', note: { sample: true } }))
  return { loaded: rows.length, refused: table.problems.length }
}

export const loadSampleHolidays: SampleLoader = async (text, { journal, now }) => {
  const table = readHolidayTable(parseCsv(text), now)
  const rows = table?.days.map((day) => holidayRow(day, true)) ?? []
  const [first] = rows
  if (table === null || first === undefined) return { loaded: 0, refused: 1 }
  const subject = { dataset: first.dataset, row: first.row }
  await journal.write({ actor: 'station', action: 'duty.importHolidays', subject, rows, note: { sample: true } })
  return { loaded: rows.length, refused: table.problems.length }
}

export const loadSampleLog: SampleLoader = async (text, { journal, source, now }) => {
  const table = readLog(parseCsv(text), now)
  if (table === null) return { loaded: 0, refused: 1 }
  await journal.writeAll(table.lines.map((line, index) => lineAct(line, importedId('dutyLog', source, String(index)))))
  return { loaded: table.lines.length, refused: table.problems.length }
}

/** Written when it happened: a sample is no late entry. */
function lineAct(words: LogWords, row: string): Act {
  const subject = { dataset: 'dutyLog', row }
  return {
    actor: 'station',
    action: 'duty.log',
    subject,
    happenedAt: words.happenedAt,
    rows: [{ ...subject, set: { ...words, enteredAt: words.happenedAt.at, enteredBy: 'station', isSample: true } }],
    note: { sample: true },
  }
}

export const loadSampleNotes: SampleLoader = async (text, { journal, source, now }) => {
  const { handover } = Handover.parse(JSON.parse(text))
  await journal.writeAll(
    handover.map(({ key, words, minutesAgo }): Act => {
      const subject = { dataset: 'dutyNotes', row: importedId('dutyNotes', source, key) }
      const since = { at: now - minutesAgo * 60_000, precision: 'exact' as const, source: '样例' }
      const set = {
        words,
        since,
        dueAt: null,
        enteredBy: 'station',
        enteredByName: '样例',
        closedAt: null,
        closedWords: '',
        closedByName: '',
        isSample: true,
      }
      return { actor: 'station', action: 'duty.addNote', subject, happenedAt: since, rows: [{ ...subject, set }], note: { sample: true } }
    }),
  )
  return { loaded: handover.length, refused: 0 }
}
