// The list of what is unsent as CSV (RFC 4180) that no spreadsheet runs as a formula. Pure.
import { type EpochMs, NOT_CLASSIFIED_NOTICE } from '../../../native/contract/index.ts'
import { clockWords, wallClock } from '../../ui/time-words.ts'

export interface UnsentLine {
  at: EpochMs
  what: string
  who: string
  lane: string
  unit: string
  entry: string
}

/** A leading `=`, `+`, `-`, `@`, tab or return would be run; an apostrophe before it keeps it text (CWE-1236). */
function field(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function moment(at: EpochMs): string {
  const { year, month, day } = wallClock(at)
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')} ${clockWords(at)}`
}

/** Begins with the mark by which spreadsheets know UTF-8; ends with the notice every export carries and when it was made. */
export function unsentCsv(lines: readonly UnsentLine[], { heads, now }: { heads: readonly string[]; now: EpochMs }): string {
  const rows = lines.map(({ at, what, who, lane, unit, entry }) => [moment(at), what, who, lane, unit, entry])
  return `\uFEFF${[heads, ...rows, [NOT_CLASSIFIED_NOTICE, moment(now)]].map((row) => `${row.map(field).join(',')}\r\n`).join('')}`
}
