// Where a unit is drawn: where it last reported to be, else where it was last told to be. Nothing is ever moved in between. Pure.
import type { LonLat, UnitPosition } from '../../contract/index.ts'
import type { StateFact } from './course.ts'

/** @param told place of the order (its own, else the incident's) */
export function unitPosition(rows: readonly (StateFact & { position: LonLat | null })[], told: LonLat | null): UnitPosition | null {
  const reported = rows.filter((row) => row.position !== null).sort((a, b) => b.happenedAt.at - a.happenedAt.at)[0]
  if (reported?.position) return { position: reported.position, basis: 'reported', at: reported.happenedAt.at }
  const issued = rows.find((row) => row.state === 'issued')
  return told === null || issued === undefined ? null : { position: told, basis: 'told', at: issued.happenedAt.at }
}
