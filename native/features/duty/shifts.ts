// When a shift of a day begins and ends, and which shifts cover a moment. Pure.
import { addDays, type Day, dayOf, type EpochMs, posts, type Shift, startOfDay } from '../../contract/index.ts'

const minuteMs = 60_000
/** Somebody may take a watch this long before it begins. */
const earlyMs = 2 * 60 * minuteMs

/** One shift on one day. */
export interface ShiftOfDay {
  shift: Shift
  day: Day
  startsAt: EpochMs
  endsAt: EpochMs
}

export function shiftOfDay(shift: Shift, day: Day): ShiftOfDay {
  const startsAt = startOfDay(day) + shift.startsMinute * minuteMs
  return { shift, day, startsAt, endsAt: startsAt + shift.lengthMinutes * minuteMs }
}

/** Shifts under way at `at`, those that began last first. @param shifts usually the ones in force */
export function covering(shifts: readonly Shift[], at: EpochMs): ShiftOfDay[] {
  return around(shifts, at).filter(({ startsAt, endsAt }) => startsAt <= at && at < endsAt)
}

/** What somebody who comes now would take: the shift about to begin before the one under way; a shift without officers is taken by nobody. */
export function takeable(shifts: readonly Shift[], at: EpochMs): ShiftOfDay[] {
  const staffed = shifts.filter((shift) => shift.isActive && posts.some((post) => shift.minimum[post] > 0))
  const manned = staffed.filter((shift) => shift.minimum.officers + shift.minimum.shiftLeaders > 0)
  return around(manned.length > 0 ? manned : staffed, at).filter(({ startsAt, endsAt }) => startsAt - earlyMs <= at && at < endsAt)
}

/** No shift is longer than two days. */
function around(shifts: readonly Shift[], at: EpochMs): ShiftOfDay[] {
  const today = dayOf(at)
  return [1, 0, -1, -2].flatMap((offset) => shifts.map((shift) => shiftOfDay(shift, addDays(today, offset)))).sort((a, b) => b.startsAt - a.startsAt)
}
