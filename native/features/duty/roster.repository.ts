// Reads shifts, roster rows, holidays and changes.
import {
  type Day,
  type Holiday,
  type Post,
  posts,
  type RosterChange,
  type RosterDay,
  type RosterPerson,
  type Shift,
  shippedShifts,
} from '../../contract/index.ts'
import { importedId } from '../../kernel/ids.ts'
import type { Reads } from '../../store/types.ts'

type RosterRow = { id: string; day: string; shift: string; note: string | null; isSample: number | null } & Record<Post, string | null>
type ShiftRow = { id: string; name: string; startsMinute: number; lengthMinutes: number; isActive: number } & Record<Post, number>

/** The same day and shift has the same row on every station of the centre. */
export function rosterId(day: Day, shift: string): string {
  return importedId('dutyRoster', 'duty', `${day}/${shift}`)
}
export function holidayId(day: Day): string {
  return importedId('dutyHolidays', 'duty', day)
}

export class RosterRepository {
  readonly #reads: Reads
  constructor(reads: Reads) {
    this.#reads = reads
  }

  /** Those in force first, in the order they begin. */
  async shifts(): Promise<Shift[]> {
    const rows = await this.#reads.all<ShiftRow>('SELECT * FROM dutyShifts WHERE _deleted = 0 ORDER BY key')
    const own = rows.map(({ id, name, startsMinute, lengthMinutes, isActive, watchLeaders, shiftLeaders, officers }): Shift => ({
      id,
      name,
      startsMinute,
      lengthMinutes,
      minimum: { watchLeaders, shiftLeaders, officers },
      isActive: isActive === 1,
    }))
    const ownIds = new Set(own.map((shift) => shift.id))
    return [...shippedShifts.filter((shift) => !ownIds.has(shift.id)), ...own].sort(
      (a, b) => Number(b.isActive) - Number(a.isActive) || a.startsMinute - b.startsMinute,
    )
  }

  /** Both days inclusive. */
  async rows(from: Day, to: Day, reads: Reads = this.#reads): Promise<RosterDay[]> {
    return (await reads.all<RosterRow>('SELECT * FROM dutyRoster WHERE _deleted = 0 AND day BETWEEN ? AND ? ORDER BY day, key', [from, to])).map(read)
  }

  async row(day: Day, shift: string, reads: Reads = this.#reads): Promise<RosterDay> {
    const row = await reads.get<RosterRow>('SELECT * FROM dutyRoster WHERE _deleted = 0 AND id = ?', [rosterId(day, shift)])
    return row === null ? emptyRow(day, shift) : read(row)
  }

  holidays(from: Day, to: Day): Promise<Holiday[]> {
    return this.#reads.all<Holiday>(
      'SELECT day, kind, name FROM dutyHolidays WHERE _deleted = 0 AND kind IS NOT NULL AND day BETWEEN ? AND ? ORDER BY day',
      [from, to],
    )
  }

  changes(from: Day, to: Day): Promise<RosterChange[]> {
    return this.#reads.all<RosterChange>(
      `SELECT id, kind, day, shift, post, person, withDay, withShift, withPost, withPerson, reason, agreedBy, enteredAt, enteredByName FROM dutyChanges
       WHERE _deleted = 0 AND (day BETWEEN ?1 AND ?2 OR withDay BETWEEN ?1 AND ?2) ORDER BY enteredAt`,
      [from, to],
    )
  }

  /** Names of a span with the telephone last written beside each. */
  async known(from: Day, to: Day): Promise<RosterPerson[]> {
    const found = new Map<string, string>()
    for (const row of await this.rows(from, to)) {
      for (const post of posts) for (const { name, telephone } of row[post]) found.set(name, telephone || (found.get(name) ?? ''))
    }
    return [...found].map(([name, telephone]) => ({ name, telephone }))
  }
}

export function emptyRow(day: Day, shift: string): RosterDay {
  return { day, shift, watchLeaders: [], shiftLeaders: [], officers: [], note: '', isSample: false }
}

function read(row: RosterRow): RosterDay {
  const people = (post: Post) => (JSON.parse(row[post] ?? '[]') as RosterPerson[] | null) ?? []
  return {
    id: row.id,
    day: row.day,
    shift: row.shift,
    watchLeaders: people('watchLeaders'),
    shiftLeaders: people('shiftLeaders'),
    officers: people('officers'),
    note: row.note ?? '',
    isSample: row.isSample === 1,
  }
}
