// A line a unit, with the last time it was called; who answers for it, who is next, how long it has. Pure.
import { type EpochMs, type RollCall, rollCallLateMs, type RollCallUnit, type RoomParticipant } from '../../../native/contract/index.ts'

export interface RollCallLine {
  unit: RollCallUnit
  last: RollCall | null
}

export function rollCallLines({ units, calls }: { units: readonly RollCallUnit[]; calls: readonly RollCall[] }): RollCallLine[] {
  return units.map((unit) => ({ unit, last: calls.findLast((call) => call.unit === unit.id) ?? null }))
}

/** Whoever of the unit is in the room, first one who can be seen: by the unit's row, and from another centre, which has rows of its own, by its name. */
export function answererOf({ id, name }: Pick<RollCallUnit, 'id' | 'name'>, participants: readonly RoomParticipant[]): RoomParticipant | null {
  const people = participants.filter(({ camera }) => camera === null)
  const ofRow = people.filter(({ unit }) => unit === id)
  const there = ofRow.length > 0 ? ofRow : people.filter(({ unitName }) => unitName !== '' && unitName === name)
  return there.find((one) => pictureStreamOf(one) !== null) ?? there[0] ?? null
}

/** The stream of the camera of that person, as long as it is sent. */
export function pictureStreamOf({ streams }: RoomParticipant): string | null {
  return streams.find(({ source, isPaused }) => source === 'camera' && !isPaused)?.id ?? null
}

/** The first that was not called yet, in the order of the list; null = all were. */
export function nextUnit(lines: readonly RollCallLine[]): RollCallUnit | null {
  return lines.find(({ last }) => last === null)?.unit ?? null
}

/** Whole seconds until an answer is 迟; 0 = it is. */
export function secondsLeft({ calledAt }: Pick<RollCall, 'calledAt'>, now: EpochMs): number {
  return Math.max(0, Math.ceil((calledAt + rollCallLateMs - now) / 1_000))
}
