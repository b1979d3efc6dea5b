// Gathers the rows of one duty day for 每日值班要情 and says whether its document is still to be drafted.
import {
  addDays,
  type Day,
  dayOf,
  type Digest,
  type IncidentDetail,
  type InstructionFact,
  posts,
  type RosterDay,
  type Shift,
  WanglouError,
} from '../../contract/index.ts'
import { type DigestFacts, digestOf, digestSpan, type IncidentWording } from './digest.ts'
import type { LogRepository } from './log.repository.ts'
import type { NotesService } from './notes.service.ts'
import { rosterId, type RosterRepository } from './roster.repository.ts'
import { covering } from './shifts.ts'
import type { WatchesRepository } from './watches.repository.ts'

export interface DigestOptions {
  watches: WatchesRepository
  roster: RosterRepository
  log: LogRepository
  notes: NotesService
  /** Received within the span, and all that are still open. */
  incidents: (from: number, to: number) => Promise<IncidentDetail[]>
  instructions: () => Promise<InstructionFact[]>
  wording: IncidentWording
  /** Whether a report of kind `digest` for the day exists. */
  hasReport: (day: Day) => Promise<boolean>
  now: () => number
}

export class DigestService {
  readonly #options: DigestOptions

  constructor(options: DigestOptions) {
    this.#options = options
  }

  /** @throws WanglouError INVALID_INPUT for a day that has not begun */
  async of(day: Day): Promise<Digest> {
    const { log, notes, incidents, instructions, wording, now } = this.#options
    if (day > addDays(dayOf(now()), 1)) throw new WanglouError('INVALID_INPUT', { field: 'day' })
    const { from, to } = digestSpan(day)
    const facts: DigestFacts = {
      day,
      watches: await this.#watches(from, to),
      incidents: await incidents(from, to),
      log: await log.between(from, to),
      instructions: await instructions(),
      notes: await notes.openAt(Math.min(to, now())),
      wording,
    }
    return digestOf(facts)
  }

  /** The day whose digest is due and not drafted; null = nothing is due. Derived from the clock, nothing waits for a timer. */
  async due(): Promise<{ day: Day; since: number } | null> {
    const now = this.#options.now()
    const day = dayOf(now)
    const { to } = digestSpan(day)
    if (now < to || (await this.#options.hasReport(day))) return null
    return { day, since: to }
  }

  /** Those who took the watch; where nobody did, those the roster names. */
  async #watches(from: number, to: number): Promise<DigestFacts['watches']> {
    const stood = await this.#options.watches.between(from, to)
    if (stood.length > 0)
      return stood.map((watch) => ({
        day: watch.day,
        shiftName: watch.shiftName,
        people: watch.people,
        isStood: true,
        ref: { dataset: 'dutyWatches', row: watch.id },
      }))
    const shifts = (await this.#options.roster.shifts()).filter((shift) => shift.isActive)
    const rows = await this.#options.roster.rows(addDays(dayOf(from), -2), dayOf(to))
    const under = shifts.flatMap((shift) => [...covering([shift], from), ...covering([shift], to - 1)])
    const distinct = new Map(under.map(({ shift, day }) => [`${day}/${shift.id}`, shift]))
    return rows.flatMap((row) => rostered(row, distinct.get(`${row.day}/${row.shift}`)))
  }
}

function rostered(row: RosterDay, shift: Shift | undefined): DigestFacts['watches'] {
  if (shift === undefined || posts.every((post) => row[post].length === 0)) return []
  const people = { watchLeaders: row.watchLeaders, shiftLeaders: row.shiftLeaders, officers: row.officers }
  return [{ day: row.day, shiftName: shift.name, people, isStood: false, ref: { dataset: 'dutyRoster', row: rosterId(row.day, row.shift) } }]
}
