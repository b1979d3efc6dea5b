// Reads watches as they were really stood.
import { type Day, namesOf, posts, type StoodWatch, type Watch, type WatchPeople } from '../../contract/index.ts'
import type { Reads } from '../../store/types.ts'

type Row = Omit<Watch, 'people' | 'reason'> & { people: string | null; reason: string | null }
const columns = 'id, day, shift, shiftName, startsAt, endsAt, takenAt, takenByName, people, handover, reason, endedAt'

export class WatchesRepository {
  readonly #reads: Reads
  constructor(reads: Reads) {
    this.#reads = reads
  }

  /** The watch nobody has taken over yet; of two (consoles cut off from each other) the later one. */
  async current(reads: Reads = this.#reads): Promise<Watch | null> {
    const row = await reads.get<Row>(`SELECT ${columns} FROM dutyWatches WHERE _deleted = 0 AND endedAt IS NULL ORDER BY takenAt DESC LIMIT 1`)
    return row === null ? null : read(row)
  }

  async get(id: string, reads: Reads = this.#reads): Promise<Watch | null> {
    const row = await reads.get<Row>(`SELECT ${columns} FROM dutyWatches WHERE _deleted = 0 AND id = ?`, [id])
    return row === null ? null : read(row)
  }

  /** The watch that stood at a moment: taken by then and not yet ended. */
  async at(at: number): Promise<Watch | null> {
    const row = await this.#reads.get<Row>(
      `SELECT ${columns} FROM dutyWatches WHERE _deleted = 0 AND takenAt <= ?1 AND (endedAt IS NULL OR endedAt > ?1) ORDER BY takenAt DESC LIMIT 1`,
      [at],
    )
    return row === null ? null : read(row)
  }

  /** Those that stood at any time of a span, oldest first. */
  async between(from: number, to: number): Promise<Watch[]> {
    const rows = await this.#reads.all<Row>(
      `SELECT ${columns} FROM dutyWatches WHERE _deleted = 0 AND takenAt < ? AND (endedAt IS NULL OR endedAt > ?) ORDER BY takenAt`,
      [to, from],
    )
    return rows.map(read)
  }

  /** Who really stood, by day and shift; of two for one shift the later. */
  async stood(from: Day, to: Day): Promise<StoodWatch[]> {
    const rows = await this.#reads.all<Row>(`SELECT ${columns} FROM dutyWatches WHERE _deleted = 0 AND day BETWEEN ? AND ? ORDER BY takenAt`, [
      from,
      to,
    ])
    const found = new Map<string, StoodWatch>()
    for (const { day, shift, people } of rows.map(read)) {
      const named = Object.fromEntries(posts.map((post) => [post, namesOf(people, post)])) as StoodWatch['people']
      found.set(`${day}/${shift}`, { day, shift, people: named })
    }
    return [...found.values()]
  }
}

const nobody: WatchPeople = { watchLeaders: [], shiftLeaders: [], officers: [] }

function read(row: Row): Watch {
  return { ...row, reason: row.reason ?? '', people: (JSON.parse(row.people ?? 'null') as WatchPeople | null) ?? nobody }
}
