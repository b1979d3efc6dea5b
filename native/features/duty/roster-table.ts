// 值班表 as a table of a file: 日期,班次,带班领导,值班长,值班员,备注; read row by row with what is wrong, and written back the same. Pure.
import {
  classifiedMarking,
  parsePeople,
  peopleWords,
  type Post,
  posts,
  type RosterDay,
  type RosterPerson,
  type Shift,
  type TableProblem,
} from '../../contract/index.ts'
import { findColumns, isMalformed, readDay, readText } from './table-cells.ts'

export const rosterHeader = ['日期', '班次', '带班领导', '值班长', '值班员', '备注']

const synonyms = {
  day: ['日期', '值班日期', '时间', 'date', 'Date'],
  shift: ['班次', '班别', '班', 'shift', 'Shift'],
  watchLeaders: ['带班领导', '带班', '带班人', '值班领导'],
  shiftLeaders: ['值班长', '主班', '值班主任', '值班组长'],
  officers: ['值班员', '值班人员', '副班', '值班'],
  note: ['备注', '说明', 'note', 'Note'],
  watchLeadersTelephone: ['带班领导电话', '带班电话', '带班领导联系电话'],
  shiftLeadersTelephone: ['值班长电话', '主班电话', '值班长联系电话'],
  officersTelephone: ['值班员电话', '值班人员电话', '副班电话', '值班员联系电话'],
} as const

export interface RosterTable {
  rows: RosterDay[]
  problems: TableProblem[]
}

/** @returns null when no header names a day and a post */
export function readRoster(cells: readonly (readonly string[])[], options: { shifts: readonly Shift[]; now: number }): RosterTable | null {
  const columns = findColumns(cells, synonyms, ['day'])
  if (columns === null || posts.every((post) => columns.at[post] === undefined)) return null
  const { at, headerRows } = columns
  const table: RosterTable = { rows: [], problems: [] }
  const seen = new Set<string>()
  for (const [index, row] of cells.entries()) {
    if (index < headerRows || row.every((cell) => cell.trim() === '')) continue
    const cell = (field: keyof typeof synonyms) => readText(row[at[field] ?? -1])
    const problem = (code: TableProblem['code'], words: string) =>
      table.problems.push({ row: index + 1, code, cell: words.toWellFormed().slice(0, 200) })
    const words = row.join(' ')
    if (isMalformed(words) || classifiedMarking(words) !== null) {
      problem('marking', words)
      continue
    }
    const day = readDay(cell('day'), options.now)
    const shift = shiftNamed(cell('shift'), options.shifts)
    const people = posts.map((post) => [post, withTelephones(cell(post), cell(`${post}Telephone`))] as const)
    if (day === null) problem('day', cell('day'))
    else if (shift === null) problem('shift', cell('shift'))
    else if (people.some(([, found]) => found === null)) problem('people', cell(people.find(([, found]) => found === null)?.[0] ?? 'officers'))
    else if (seen.has(`${day}/${shift.id}`)) problem('twice', `${day} ${shift.name}`)
    else {
      seen.add(`${day}/${shift.id}`)
      const named = Object.fromEntries(people) as Record<Post, RosterPerson[]>
      table.rows.push({ day, shift: shift.id, ...named, note: cell('note').slice(0, 200), isSample: false })
    }
  }
  return table
}

/** The header and a row a shift, in order of the days. */
export function writeRoster(rows: readonly RosterDay[], shifts: readonly Shift[]): string[][] {
  const names = new Map(shifts.map((shift) => [shift.id, shift.name]))
  const order = new Map(shifts.map((shift, index) => [shift.id, index]))
  const sorted = rows.toSorted((a, b) => a.day.localeCompare(b.day) || (order.get(a.shift) ?? 0) - (order.get(b.shift) ?? 0))
  return [
    rosterHeader,
    ...sorted.map((row) => [row.day, names.get(row.shift) ?? '', ...posts.map((post) => peopleWords(row[post], { withTelephones: true })), row.note]),
  ]
}

/** A blank shift is the only one in force, or the first. */
function shiftNamed(words: string, shifts: readonly Shift[]): Shift | null {
  if (words === '') return shifts.find((shift) => shift.isActive) ?? shifts[0] ?? null
  return shifts.find((shift) => shift.name === words) ?? shifts.find((shift) => `${shift.name}班` === words || shift.name === `${words}班`) ?? null
}

/** Telephones in a column of their own stand in the order of the names. */
function withTelephones(names: string, telephones: string): RosterPerson[] | null {
  const people = parsePeople(names)
  if (people === null || new Set(people.map(({ name }) => name)).size < people.length) return null
  const numbers = telephones.split(/[、,，;；\n]+/).map((number) => number.trim())
  return people.map((person, index) => ({ ...person, telephone: (person.telephone || (numbers[index] ?? '')).slice(0, 50) }))
}
