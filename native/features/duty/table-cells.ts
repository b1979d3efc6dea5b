// How tables of the watch are laid out in files: which row is the header, which column is which, and dates as people write them. Pure.
import { type Day, dayOf, isDay } from '../../contract/index.ts'

const mostHeaderRows = 6

/** Full width folded, blanks, line breaks and what stands in brackets left out. */
function plain(words: string): string {
  return words
    .normalize('NFKC')
    .replaceAll(/\(.*?\)/g, '')
    .replaceAll(/[\s*:]/g, '')
}

export interface TableColumns<Field extends string> {
  /** Rows above the data. */
  headerRows: number
  /** Column of each field; absent = the table does not have it. */
  at: Partial<Record<Field, number>>
}

/** The row that names most fields; null = none names a field that must be there. */
export function findColumns<Field extends string>(
  rows: readonly (readonly string[])[],
  synonyms: Record<Field, readonly string[]>,
  needed: readonly NoInfer<Field>[],
): TableColumns<Field> | null {
  const fields = Object.keys(synonyms) as Field[]
  let best: { headerRows: number; at: Partial<Record<Field, number>>; count: number } | null = null
  for (const [index, cells] of rows.slice(0, mostHeaderRows).entries()) {
    const named = cells.map(plain)
    const found = fields.flatMap((field) => {
      const column = named.findIndex((cell) => synonyms[field].includes(cell))
      return column === -1 ? [] : [[field, column] as const]
    })
    if (found.length > (best?.count ?? 0))
      best = { headerRows: index + 1, at: Object.fromEntries(found) as Partial<Record<Field, number>>, count: found.length }
  }
  return best === null || needed.some((field) => best.at[field] === undefined) ? null : { headerRows: best.headerRows, at: best.at }
}

/** `2026-11-26`, `2026/11/26 星期四`, `2026年11月26日`, `20261126`, `11月26日` (the year nearest to `now`); null = no day. */
export function readDay(cell: string, now: number): Day | null {
  const words = cell
    .normalize('NFKC')
    .trim()
    .replace(/[(（]?(?:星期|周|礼拜)[一二三四五六日天][)）]?$/, '')
    .trim()
  const whole =
    /^(\d{4})(\d{2})(\d{2})$/.exec(words) ?? /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]00:00(?::00)?)?$/.exec(words)
  if (whole !== null) return existing(Number(whole[1]), Number(whole[2]), Number(whole[3]))
  const short = /^(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})\s*[日号]?$/.exec(words)
  if (short === null) return null
  const year = Number(dayOf(now).slice(0, 4))
  const candidates = [year - 1, year, year + 1].flatMap((one) => existing(one, Number(short[1]), Number(short[2])) ?? [])
  const distance = (day: Day) => Math.abs(Date.parse(day) - now)
  return candidates.sort((a, b) => distance(a) - distance(b))[0] ?? null
}

export function existing(year: number, month: number, day: number): Day | null {
  const words = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  return isDay(words) ? words : null
}

/** Our export puts a quote before what a spreadsheet would run as a formula. */
export function readText(cell: string | undefined): string {
  return (cell ?? '')
    .normalize('NFC')
    .trim()
    .replace(/^'(?=[=+\-@\t\r])/, '')
}

/** NUL and lone surrogates are refused, never repaired. */
export function isMalformed(cell: string): boolean {
  return cell.includes('\0') || !cell.isWellFormed()
}
