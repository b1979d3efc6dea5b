// What is wrong with a roster: posts that nobody stands, and persons who stand in two places at once. Pure.
import { type Day, type DoubleBooking, type Post, posts, type RosterDay, type RosterGap, type Shift } from '../../contract/index.ts'
import { shiftOfDay } from './shifts.ts'

type Rows = readonly Pick<RosterDay, 'day' | 'shift' | Post>[]

/** Posts below what their shift needs, for shifts in force, in the order they begin. */
export function gapsOf(rows: Rows, options: { shifts: readonly Shift[]; days: readonly Day[] }): RosterGap[] {
  const byKey = new Map(rows.map((row) => [`${row.day}/${row.shift}`, row]))
  const active = options.shifts.filter((shift) => shift.isActive)
  return options.days
    .flatMap((day) =>
      active.flatMap((shift) => {
        const row = byKey.get(`${day}/${shift.id}`)
        const { startsAt } = shiftOfDay(shift, day)
        return posts.flatMap((post): RosterGap[] => {
          const missing = shift.minimum[post] - (row?.[post].length ?? 0)
          return missing <= 0 ? [] : [{ day, shift: shift.id, shiftName: shift.name, post, missing, startsAt }]
        })
      }),
    )
    .sort((a, b) => a.startsAt - b.startsAt)
}

/** Each pair of places one name holds at the same time; rows of shifts that are no longer known are left out. */
export function doublesOf(rows: Rows, shifts: readonly Shift[]): DoubleBooking[] {
  const byId = new Map(shifts.map((shift) => [shift.id, shift]))
  const places = rows.flatMap((row) => {
    const shift = byId.get(row.shift)
    if (shift === undefined) return []
    const { startsAt, endsAt } = shiftOfDay(shift, row.day)
    const place = { day: row.day, shift: row.shift, shiftName: shift.name }
    return posts.flatMap((post) => row[post].map(({ name }) => ({ name, startsAt, endsAt, place: { ...place, post } })))
  })
  return [...Map.groupBy(places, ({ name }) => name)].flatMap(([person, held]) => {
    held.sort((a, b) => a.startsAt - b.startsAt)
    return held.flatMap((one, index) =>
      held
        .slice(index + 1)
        .filter((other) => other.startsAt < one.endsAt)
        .map((other): DoubleBooking => ({ person, places: [one.place, other.place] })),
    )
  })
}
