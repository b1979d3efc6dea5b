// A line a unit, with the last time it was called. Pure.
import type { RollCall, RollCallUnit } from '../../../native/contract/index.ts'

export function rollCallLines({
  units,
  calls,
}: {
  units: readonly RollCallUnit[]
  calls: readonly RollCall[]
}): { unit: RollCallUnit; last: RollCall | null }[] {
  return units.map((unit) => ({ unit, last: calls.findLast((call) => call.unit === unit.id) ?? null }))
}
