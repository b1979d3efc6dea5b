// Who is on at a moment: those who took the watch, else those the roster names.
import {
  addDays,
  dayOf,
  type DutyNow,
  type EpochMs,
  isSamplePerson,
  type OnDuty,
  type OnDutyPerson,
  type Post,
  posts,
  type RosterPerson,
  type WatchPeople,
} from '../../contract/index.ts'
import type { RosterRepository } from './roster.repository.ts'
import { covering } from './shifts.ts'
import type { WatchesRepository } from './watches.repository.ts'

/** A watch not handed over still stands so long after its end; then the roster is believed. */
const overrunMs = 2 * 3_600_000

/** Somebody of the team, by the name people know. */
export interface TeamMember {
  account: string
  name: string
  telephone: string
}

export class OnDutyReader {
  readonly #roster: RosterRepository
  readonly #watches: WatchesRepository
  readonly #team: () => TeamMember[]

  constructor(options: { roster: RosterRepository; watches: WatchesRepository; team: () => TeamMember[] }) {
    this.#roster = options.roster
    this.#watches = options.watches
    this.#team = options.team
  }

  /** Null = nobody is on the roster then and nobody has taken the watch. */
  async at(at: EpochMs): Promise<OnDuty | null> {
    return (await this.now(at)).onDuty
  }

  async now(at: EpochMs): Promise<DutyNow> {
    const [watch, rostered] = await Promise.all([this.#watches.at(at), this.rostered(at)])
    const isStood = watch !== null && at < watch.endsAt + overrunMs && posts.some((post) => watch.people[post].length > 0)
    const people = isStood ? watch.people : rostered.people
    const gaps = rostered.needed.filter((post) => people[post].length === 0)
    if (posts.every((post) => people[post].length === 0)) return { onDuty: null, gaps, isStood: false }
    const day = isStood ? watch.day : rostered.day
    const named = Object.fromEntries(posts.map((post) => [post, people[post].map((person) => this.#known(person))])) as Record<Post, OnDutyPerson[]>
    return { onDuty: { day, ...named }, gaps, isStood }
  }

  /** Everybody the roster names for the shifts under way; a name in two of them once. */
  async rostered(at: EpochMs): Promise<{ day: string; people: WatchPeople; needed: Post[] }> {
    const shifts = (await this.#roster.shifts()).filter((shift) => shift.isActive)
    const under = covering(shifts, at)
    const rows = await this.#roster.rows(addDays(dayOf(at), -2), dayOf(at))
    const people = Object.fromEntries(posts.map((post) => [post, [] as RosterPerson[]])) as Record<Post, RosterPerson[]>
    for (const { shift, day } of under) {
      const row = rows.find((one) => one.day === day && one.shift === shift.id)
      for (const post of posts) {
        for (const person of row?.[post] ?? []) if (!people[post].some(({ name }) => name === person.name)) people[post].push(person)
      }
    }
    const needed = posts.filter((post) => under.some(({ shift }) => shift.minimum[post] > 0))
    return { day: under[0]?.day ?? dayOf(at), people, needed }
  }

  /** The account and its telephone, where exactly one of the team has that name. */
  #known(person: RosterPerson): OnDutyPerson {
    const { name, telephone } = person
    const found = this.#team().filter((member) => member.name === name)
    const one = found.length === 1 ? found[0] : undefined
    return { name, telephone: telephone || (one?.telephone ?? ''), account: one?.account ?? null, isSample: isSamplePerson(person) }
  }
}
