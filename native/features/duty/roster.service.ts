// 值班表: one cell at a time from the keyboard, 调班 and 代班 with reason, shifts and holidays; everything by entries.
import {
  type ActingPerson,
  addDays,
  type Day,
  dayOf,
  daysFrom,
  daysOfMonth,
  type EditRosterInput,
  type Holiday,
  type HolidayKind,
  type Month,
  posts,
  type RosterGap,
  type RosterMonth,
  type RosterPerson,
  type RosterPlace,
  type SetShiftInput,
  type Shift,
  type StandInInput,
  type SwapInput,
  WanglouError,
} from '../../contract/index.ts'
import type { Act, Journal, RowWrite } from '../../journal/types.ts'
import { refuseMarked } from '../../kernel/marking.ts'
import type { Reads } from '../../store/types.ts'
import { type CellWrite, type ReadCell, stoodIn, swapped } from './roster-changes.ts'
import { doublesOf, gapsOf } from './roster-findings.ts'
import { holidayId, rosterId, type RosterRepository } from './roster.repository.ts'
import type { WatchesRepository } from './watches.repository.ts'

/** A gap is warned of so many days ahead. */
const warnDays = 7
/** Names typed within so many days are offered again. */
const knownDays = 60

export class RosterService {
  readonly #journal: Journal
  readonly #repository: RosterRepository
  readonly #watches: WatchesRepository
  readonly #team: () => RosterPerson[]
  readonly #now: () => number

  /** @param options.team who has an account, with telephones */
  constructor(options: {
    journal: Journal
    repository: RosterRepository
    watches: WatchesRepository
    team: () => RosterPerson[]
    now: () => number
  }) {
    this.#journal = options.journal
    this.#repository = options.repository
    this.#watches = options.watches
    this.#team = options.team
    this.#now = options.now
  }

  async month(month: Month): Promise<RosterMonth> {
    const days = daysOfMonth(month)
    const [first, last] = [days[0] ?? '', days.at(-1) ?? '']
    const today = dayOf(this.#now())
    const [shifts, around, holidays, changes, stood, known] = await Promise.all([
      this.#repository.shifts(),
      this.#repository.rows(addDays(first, -2), addDays(last, 2)),
      this.#repository.holidays(first, last),
      this.#repository.changes(first, last),
      this.#watches.stood(first, last),
      this.#repository.known(addDays(today, -knownDays), addDays(today, knownDays)),
    ])
    const inMonth = (day: Day) => first <= day && day <= last
    return {
      month,
      shifts,
      rows: around.filter((row) => inMonth(row.day)),
      holidays,
      changes,
      gaps: gapsOf(around, { shifts, days: days.filter((day) => day >= today) }),
      doubles: doublesOf(around, shifts).filter(({ places }) => places.some(({ day }) => inMonth(day))),
      stood,
      known: merged(known, this.#team()),
    }
  }

  /** What is missing or double from now to a week ahead. */
  async findings(): Promise<Pick<RosterMonth, 'gaps' | 'doubles'> & { isEmpty: boolean }> {
    const now = this.#now()
    const today = dayOf(now)
    const [shifts, rows] = await Promise.all([this.#repository.shifts(), this.#repository.rows(addDays(today, -2), addDays(today, warnDays))])
    const ahead = rows.filter((row) => row.day >= today)
    return {
      gaps: gapsOf(rows, { shifts, days: daysFrom(addDays(today, -1), warnDays + 2) }).filter((gap) => isAhead(gap, shifts, now)),
      doubles: doublesOf(ahead, shifts),
      isEmpty: ahead.every((row) => posts.every((post) => row[post].length === 0)),
    }
  }

  /** @throws WanglouError CONFLICT when another console wrote the cell meanwhile · DUPLICATE {person} · NOT_FOUND */
  async edit(input: EditRosterInput, by: ActingPerson): Promise<void> {
    refuseMarked(input)
    const { day, shift, post, people, seen } = input
    const twice = people.find((person, index) => people.findIndex((other) => other.name === person.name) < index)
    if (twice !== undefined) throw new WanglouError('DUPLICATE', { person: twice.name })
    await this.#mustKnow(shift)
    await this.#journal.write({
      ...actOf('duty.editRoster', day, shift, by),
      rows: [cellRow({ place: { day, shift, post }, people })],
      check: async (tx) => {
        const current = (await this.#repository.row(day, shift, tx))[post]
        if (!samePeople(current, seen)) throw new WanglouError('CONFLICT', { day, post })
      },
    })
  }

  async editNote(input: { day: Day; shift: string; note: string; seen: string }, by: ActingPerson): Promise<void> {
    refuseMarked(input)
    await this.#mustKnow(input.shift)
    const { day, shift, note } = input
    await this.#journal.write({
      ...actOf('duty.editRoster', day, shift, by),
      rows: [{ dataset: 'dutyRoster', row: rosterId(day, shift), set: { day, shift, note, isSample: false } }],
      check: async (tx) => {
        if ((await this.#repository.row(day, shift, tx)).note !== input.seen) throw new WanglouError('CONFLICT', { day })
      },
    })
  }

  /** 调班. @throws WanglouError NOT_FOUND {person} · DUPLICATE {person} · INVALID_INPUT */
  async swap(input: SwapInput, by: ActingPerson): Promise<void> {
    refuseMarked(input)
    const { from, to } = input
    await this.#change({
      action: 'duty.swap',
      by,
      places: [from, to],
      cells: (read) => swapped(read, from, to),
      change: this.#changeRow(input, by, from, {
        kind: 'swap',
        withDay: to.day,
        withShift: to.shift,
        withPost: to.post,
        withPerson: to.person,
      }),
    })
  }

  /** 代班. @throws as `swap` */
  async standIn(input: StandInInput, by: ActingPerson): Promise<void> {
    refuseMarked(input)
    const { place } = input
    await this.#change({
      action: 'duty.standIn',
      by,
      places: [place],
      cells: (read) => [stoodIn(read, place, input.by)],
      change: this.#changeRow(input, by, place, { kind: 'stand-in', withDay: null, withShift: null, withPost: null, withPerson: input.by.name }),
    })
  }

  shifts(): Promise<Shift[]> {
    return this.#repository.shifts()
  }

  /** @throws WanglouError DUPLICATE {name} */
  async setShift(input: SetShiftInput, by: ActingPerson): Promise<void> {
    refuseMarked(input)
    const shifts = await this.#repository.shifts()
    if (shifts.some((shift) => shift.id !== input.id && shift.name === input.name)) throw new WanglouError('DUPLICATE', { name: input.name })
    const { id, minimum, ...set } = input
    await this.#journal.write({
      actor: by.account,
      action: 'duty.setShift',
      subject: { dataset: 'dutyShifts', row: id },
      rows: [{ dataset: 'dutyShifts', row: id, set: { ...set, ...minimum } }],
    })
  }

  /** @param kind null = an ordinary day again */
  async setHoliday(input: { day: Day; kind: HolidayKind | null; name: string }, by: ActingPerson): Promise<void> {
    refuseMarked(input)
    await this.#journal.write({
      actor: by.account,
      action: 'duty.setHoliday',
      subject: { dataset: 'dutyHolidays', row: holidayId(input.day) },
      rows: [holidayRow(input, false)],
    })
  }

  async #change(options: {
    action: string
    by: ActingPerson
    places: RosterPlace[]
    cells: (read: ReadCell) => CellWrite[]
    change: RowWrite
  }): Promise<void> {
    const { places, change } = options
    await Promise.all(places.map(({ shift }) => this.#mustKnow(shift)))
    const before = await this.#cells(places)
    const writes = options.cells(before.read)
    const [first] = places
    await this.#journal.write({
      ...actOf(options.action, first?.day ?? '', first?.shift ?? '', options.by),
      rows: [...writes.map(cellRow), change],
      // What the rule was reckoned from must still stand.
      check: async (tx) => {
        const now = await this.#cells(places, tx)
        for (const place of places) if (!samePeople(before.read(place), now.read(place))) throw new WanglouError('CONFLICT', { day: place.day })
        if ((await tx.get('SELECT 1 AS found FROM dutyChanges WHERE id = ?', [change.row])) !== null) throw new WanglouError('DUPLICATE')
      },
    })
  }

  async #cells(places: RosterPlace[], reads?: Reads): Promise<{ read: ReadCell }> {
    const rows = await Promise.all(places.map(({ day, shift }) => this.#repository.row(day, shift, reads)))
    return { read: (place) => rows.find((row) => row.day === place.day && row.shift === place.shift)?.[place.post] ?? [] }
  }

  #changeRow(input: SwapInput | StandInInput, by: ActingPerson, place: RosterPlace, rest: Record<string, string | null>): RowWrite {
    const { day, shift, post, person } = place
    const { id, reason, agreedBy } = input
    const set = { day, shift, post, person, ...rest, reason, agreedBy, enteredAt: this.#now(), enteredBy: by.account, enteredByName: by.name }
    return { dataset: 'dutyChanges', row: id, set: { ...set, isSample: false } }
  }

  async #mustKnow(shift: string): Promise<void> {
    if (!(await this.#repository.shifts()).some((one) => one.id === shift)) throw new WanglouError('NOT_FOUND', { shift })
  }
}

/** A cell a person wrote is hers: it stays when the samples go. */
function cellRow({ place: { day, shift, post }, people }: CellWrite): RowWrite {
  return { dataset: 'dutyRoster', row: rosterId(day, shift), set: { day, shift, [post]: people, isSample: false } }
}

export function holidayRow({ day, kind, name }: Omit<Holiday, 'kind'> & { kind: HolidayKind | null }, isSample: boolean): RowWrite {
  return { dataset: 'dutyHolidays', row: holidayId(day), set: { day, kind, name, isSample } }
}

function actOf(action: string, day: Day, shift: string, by: ActingPerson): Pick<Act, 'actor' | 'action' | 'subject'> {
  return { actor: by.account, action, subject: { dataset: 'dutyRoster', row: rosterId(day, shift) } }
}

export function samePeople(one: readonly RosterPerson[], other: readonly RosterPerson[]): boolean {
  return (
    one.length === other.length && one.every((person, index) => person.name === other[index]?.name && person.telephone === other[index].telephone)
  )
}

function isAhead(gap: RosterGap, shifts: readonly Shift[], now: number): boolean {
  const lengthMs = (shifts.find((shift) => shift.id === gap.shift)?.lengthMinutes ?? 0) * 60_000
  return gap.startsAt + lengthMs > now
}

/** The team first, then names of the roster; a telephone of the roster stands before none. */
function merged(known: readonly RosterPerson[], team: readonly RosterPerson[]): RosterPerson[] {
  const found = new Map(team.map((person) => [person.name, person.telephone]))
  for (const { name, telephone } of known) found.set(name, telephone || (found.get(name) ?? ''))
  return [...found].map(([name, telephone]) => ({ name, telephone }))
}
