// What other features may know of an incident without knowing the feature: enough to match plans, rank resources, draw orders.
import type { AreaCode, EpochMs, EventGrade, Id, LonLat } from './scalars.ts'

export interface IncidentFacts {
  id: Id
  title: string
  /** Code of the event type table in force, e.g. 12D02 (危险化学品 泄漏); null = not yet classified. */
  typeCode: string | null
  typeName: string | null
  position: LonLat | null
  /** Longest area code known of the place. */
  area: AreaCode | null
  /** 初判等级 or the confirmed one; null = 无法初判. */
  grade: EventGrade | null
  isGradeConfirmed: boolean
  /** Everything said about it, for matching by words (title, description, substance). */
  words: string
  happenedAt: EpochMs | null
  isClosed: boolean
}

/** Handed to the services of other features by `app.ts`. Throws NOT_FOUND. */
export type ReadIncidentFacts = (incident: Id) => Promise<IncidentFacts>
