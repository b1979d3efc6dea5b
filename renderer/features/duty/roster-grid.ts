// The month as a grid: one row a day and shift, one column a post and the note; what each cell shows and how the keyboard goes through it. Pure.
import {
  type Day,
  daysOfMonth,
  type DoubleBooking,
  type Holiday,
  parsePeople,
  peopleWords,
  type Post,
  posts,
  type RosterChange,
  type RosterDay,
  type RosterMonth,
  type RosterPerson,
  type Shift,
} from '../../../native/contract/index.ts'

export const columns = [...posts, 'note'] as const
export type Column = (typeof columns)[number]

export interface GridCell {
  column: Column
  /** What stands there, with telephones: as it is edited. */
  text: string
  /** Names alone: as it is read. */
  names: string
  people: RosterPerson[]
  missing: number
  doubles: DoubleBooking[]
  changes: RosterChange[]
  /** Who really stood there, where it was somebody else. */
  stood: string | null
}
export interface GridRow {
  key: string
  day: Day
  shift: Shift
  isFirstOfDay: boolean
  holiday: Holiday | null
  row: RosterDay
  cells: GridCell[]
}

/** Under what name others are told that the row is being edited; one that nobody has written yet goes by its place. */
export function lockOf({ key, row }: GridRow): string {
  return row.id ?? key
}

export function gridOf(month: RosterMonth): GridRow[] {
  const rows = new Map(month.rows.map((row) => [`${row.day}/${row.shift}`, row]))
  const holidays = new Map(month.holidays.map((holiday) => [holiday.day, holiday]))
  return daysOfMonth(month.month).flatMap((day) => {
    // A shift no longer in force is shown where somebody stands in it.
    const shifts = month.shifts.filter((shift) => shift.isActive || rows.has(`${day}/${shift.id}`))
    return shifts.map((shift, index): GridRow => {
      const key = `${day}/${shift.id}`
      const row = rows.get(key) ?? { day, shift: shift.id, watchLeaders: [], shiftLeaders: [], officers: [], note: '', isSample: false }
      return {
        key,
        day,
        shift,
        isFirstOfDay: index === 0,
        holiday: holidays.get(day) ?? null,
        row,
        cells: columns.map((column) => cellOf(month, row, column)),
      }
    })
  })
}

function cellOf(month: RosterMonth, row: RosterDay, column: Column): GridCell {
  const empty = { missing: 0, doubles: [], changes: [], stood: null }
  if (column === 'note') return { column, text: row.note, names: row.note, people: [], ...empty }
  const people = row[column]
  const isHere = (place: { day: Day | null; shift: string | null; post: Post | null }) =>
    place.day === row.day && place.shift === row.shift && place.post === column
  const names = peopleWords(people, { withTelephones: false })
  const stood = month.stood.find((watch) => watch.day === row.day && watch.shift === row.shift)?.people[column].join('、') ?? ''
  return {
    column,
    text: peopleWords(people, { withTelephones: true }),
    names,
    people,
    missing: month.gaps.find(isHere)?.missing ?? 0,
    doubles: month.doubles.filter(({ places }) => places.some(isHere)),
    changes: month.changes.filter((change) => isHere(change) || isHere({ day: change.withDay, shift: change.withShift, post: change.withPost })),
    stood: stood === '' || stood === names ? null : stood,
  }
}

/** A name typed without a telephone takes the one known here. @returns null when the words are no names */
export function typedPeople(words: string, known: readonly RosterPerson[]): RosterPerson[] | null {
  const people = parsePeople(words)
  if (people === null) return null
  const telephones = new Map(known.map((person) => [person.name, person.telephone]))
  return people.map((person) => ({ ...person, telephone: person.telephone || (telephones.get(person.name) ?? '') }))
}

export interface At {
  row: number
  column: number
}

/** Where a key leads; null = the key is not for moving. */
export function moved(at: At, key: string, size: { rows: number; columns: number }): At | null {
  const steps: Record<string, [number, number]> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }
  const step = steps[key]
  if (step === undefined) return null
  return {
    row: Math.max(0, Math.min(size.rows - 1, at.row + step[0])),
    column: Math.max(0, Math.min(size.columns - 1, at.column + step[1])),
  }
}
