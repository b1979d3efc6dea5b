// Reads what people put into cells: full-width digits, dates four ways, degrees and minutes, words for "nothing".
import { parseCoordinate } from '../../contract/index.ts'

const nothing = new Set(['', '无', '暂无', '没有', '不详', '未知', '/', '-', '—', '--', '——', 'n/a', 'na', 'null', 'none'])
const longestNothing = Math.max(...[...nothing].map((words) => words.length))
const errorCell = /^#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)$/
const hourMs = 3_600_000
const chinaOffsetMs = 8 * hourMs
const dayMs = 24 * hourMs

/** Full width folded to half width, spaces trimmed; only for reading numbers, dates, codes: text is stored as typed. */
export function folded(cell: string): string {
  return cell.normalize('NFKC').trim()
}

/** Text as typed without the blanks around it and without the quote that our export puts before a formula; null = nothing said. */
export function textOf(cell: string): string | null {
  const trimmed = cell.normalize('NFC').trim()
  const words = trimmed.startsWith("'") ? trimmed.replace(/^'(?=[=+\-@\t\r])/, '') : trimmed
  return words.length <= longestNothing && nothing.has(words.toLowerCase()) ? null : words
}

/** NUL and lone surrogates are refused, never repaired. */
export function isMalformed(cell: string): boolean {
  return cell.includes('\0') || !cell.isWellFormed()
}

export function isErrorCell(cell: string): boolean {
  return cell.includes('#') && errorCell.test(cell.trim())
}

/** `1,234.5`, `１２３`, `120人`, `约 80`; undefined = no number. */
export function numberOf(cell: string): number | undefined {
  const words = folded(cell)
    .replaceAll(/(?<=\d),(?=\d{3})/g, '')
    .replace(/^(约|大约|近)\s*/, '')
  const match = /^([+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*(?:[\p{Script=Han}%]{0,4}|k?m[23]|[a-z]{1,4})$/iu.exec(words)
  const value = Number(match?.[1])
  return match === null || !Number.isFinite(value) ? undefined : value
}

/** A date in the centre's zone → epoch milliseconds of its first moment; undefined = no date. */
export function dateOf(cell: string): number | undefined {
  const words = folded(cell).replace('T', ' ')
  const match =
    /^(\d{4})(\d{2})(\d{2})$/.exec(words) ??
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)?(?:\.\d+)?Z?$/.exec(words) ??
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?$/.exec(words)
  if (match === null) return undefined
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((group) => Number(match[group] ?? (group === 3 ? 1 : 0))) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const utc = Date.UTC(year, month - 1, day, hour, minute, second)
  const date = new Date(utc)
  if (year < 1900 || year > 9998 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59) return undefined
  return utc - chinaOffsetMs
}

/** "Until that day" ends with it. */
export function endOfDay(cell: string): number | undefined {
  const start = dateOf(cell)
  return start === undefined ? undefined : start + dayMs - 1
}

/** `109.5`, `109°30′E`, `东经109度30分`; the letter says which axis. NaN = unreadable. */
export function degreesOf(cell: string, axis: 'lon' | 'lat'): { degrees: number; axis: 'lon' | 'lat' | null } {
  const words = folded(cell)
  const plain = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?\s*°?$/i.exec(words)
  if (plain !== null) return { degrees: Number(words.replace('°', '')), axis: null }
  // One angle alone is no coordinate for the shared reader: it is given a partner on the other axis.
  const named = /[EW东西经]/i.test(words) && !/纬/.test(words) ? 'lon' : /[NS北南纬]/i.test(words) ? 'lat' : null
  const own = named ?? axis
  const marked = named === null ? `${words}${own === 'lon' ? 'E' : 'N'}` : words
  const parsed = parseCoordinate(own === 'lon' ? `${marked}, 0°N` : `${marked}, 0°E`)
  if (parsed === null || 'fault' in parsed)
    return { degrees: parsed === null || parsed.fault !== 'out-of-range' ? Number.NaN : Infinity, axis: named }
  return { degrees: own === 'lon' ? parsed.position[0] : parsed.position[1], axis: named }
}
