// 节假日 from the yearly notice: as a table (日期,类型,名称) or as the notice's own words pasted in. Pure.
import { addDays, type Day, type Holiday, type HolidayImportPreview, type TableProblem } from '../../contract/index.ts'
import { existing, findColumns, readDay, readText } from './table-cells.ts'

const synonyms = {
  day: ['日期', '时间', 'date', 'Date'],
  kind: ['类型', '类别', '性质', 'kind', 'Kind'],
  name: ['名称', '节日', '节假日', 'name', 'Name'],
} as const
/** Longer holidays are misread. */
const longestDays = 31

/** @returns null when no header names a day and a kind */
export function readHolidayTable(cells: readonly (readonly string[])[], now: number): HolidayImportPreview | null {
  const columns = findColumns(cells, synonyms, ['day', 'kind'])
  if (columns === null) return null
  const result: HolidayImportPreview = { days: [], problems: [] }
  for (const [index, row] of cells.entries()) {
    if (index < columns.headerRows || row.every((cell) => cell.trim() === '')) continue
    const cell = (field: keyof typeof synonyms) => readText(row[columns.at[field] ?? -1])
    const day = readDay(cell('day'), now)
    const kind = kindOf(cell('kind'))
    if (day === null) result.problems.push({ row: index + 1, code: 'day', cell: cell('day') })
    else if (kind === null) result.problems.push({ row: index + 1, code: 'kind', cell: cell('kind') })
    else result.days.push({ day, kind, name: cell('name').slice(0, 40) })
  }
  return distinct(result)
}

function kindOf(words: string): Holiday['kind'] | null {
  if (/上班|补班|工作|workday/i.test(words)) return 'workday'
  return /放假|休|假|holiday/i.test(words) ? 'holiday' : null
}

/**
 * `二、春节：2月15日（农历腊月二十八、周日）至23日放假调休，共9天。2月14日（周六）、2月28日（周六）上班。`
 * The year is the one the notice names, else the one given; a date may name its own (2022年12月31日至2023年1月2日).
 */
export function readHolidayNotice(text: string, fallbackYear: number): HolidayImportPreview {
  const named = /(\d{4})\s*年\s*(?:部分)?节假日/.exec(text.normalize('NFKC'))
  const year = named === null ? fallbackYear : Number(named[1])
  const result: HolidayImportPreview = { days: [], problems: [] }
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const words = line
      .normalize('NFKC')
      .replaceAll(/\(.*?\)/g, '')
      .trim()
    const section = /^(?:[一二三四五六七八九十]+\s*、\s*)?([\p{Script=Han}、]{2,12}?)\s*:\s*(.*\d\s*日.*)$/u.exec(words)
    if (section === null) continue
    const [, name = '', body = ''] = section
    const found = body.split(/[。;]/).flatMap((sentence) => daysOf(sentence, year))
    if (found.length === 0 || found.includes(null)) result.problems.push({ row: index + 1, code: 'words', cell: line.slice(0, 200) })
    else result.days.push(...found.flatMap((one) => (one === null ? [] : [{ ...one, name }])))
  }
  return distinct(result)
}

type Found = (Pick<Holiday, 'day' | 'kind'> | null)[]

/** A sentence that speaks of both is not guessed at. */
function daysOf(sentence: string, year: number): Found {
  const isWork = /上班/.test(sentence)
  if (isWork && /放假|休息/.test(sentence)) return [null]
  return isWork ? workdays(sentence, year) : holidays(sentence, year)
}

function holidays(sentence: string, year: number): Found {
  const match = /(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日(?:\s*(?:至|到|[-—~])\s*(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日)?[^日]*?(?:放假|休息)/.exec(
    sentence,
  )
  if (match === null) return []
  const firstYear = Number(match[1] ?? year)
  const first = existing(firstYear, Number(match[2]), Number(match[3]))
  const last = match[6] === undefined ? first : existing(Number(match[4] ?? firstYear), Number(match[5] ?? match[2]), Number(match[6]))
  if (first === null || last === null || last < first) return [null]
  const days: Day[] = []
  for (let day = first; day <= last && days.length <= longestDays; day = addDays(day, 1)) days.push(day)
  return days.length > longestDays ? [null] : days.map((day) => ({ day, kind: 'holiday' }))
}

function workdays(sentence: string, year: number): Found {
  let month = ''
  return [...sentence.matchAll(/(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日/g)].map(([, ownYear, ownMonth, day]) => {
    month = ownMonth ?? month
    const found = existing(Number(ownYear ?? year), Number(month), Number(day))
    return found === null ? null : { day: found, kind: 'workday' }
  })
}

/** The same day twice in one table is said, the first one counts. */
function distinct({ days, problems }: HolidayImportPreview): HolidayImportPreview {
  const first = new Map<Day, Holiday>()
  const twice: TableProblem[] = []
  for (const one of days) {
    if (first.has(one.day)) twice.push({ row: 0, code: 'twice', cell: one.day })
    else first.set(one.day, one)
  }
  return { days: [...first.values()].sort((a, b) => a.day.localeCompare(b.day)), problems: [...problems, ...twice] }
}
