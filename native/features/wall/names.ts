// Names of people that the wall must not show: whoever reported or was reported on, in open incidents and those that were open lately.
import { isPersonName, namesOfPeople } from '../../contract/index.ts'
import type { Reads } from '../../store/types.ts'

/** A closed incident is still spoken of for so long. */
const spokenOfMs = 30 * 24 * 3_600_000
const rememberedMs = 3_000

export class KnownNames {
  readonly #reads: Reads
  #last: { at: number; names: Promise<string[]> } | null = null

  constructor(reads: Reads) {
    this.#reads = reads
  }

  /** Read anew every few seconds: many boards ask at once. */
  list(now = Date.now()): Promise<string[]> {
    if (this.#last === null || now - this.#last.at > rememberedMs) this.#last = { at: now, names: this.#read(now) }
    return this.#last.names
  }

  async #read(now: number): Promise<string[]> {
    const rows = await this.#reads.all<{ words: string | null; person: string | null }>(
      `WITH live AS (SELECT id, title, description FROM incidents WHERE _deleted = 0 AND (closedAt IS NULL OR closedAt > ?1))
       SELECT title AS words, NULL AS person FROM live
       UNION ALL SELECT description, NULL FROM live
       UNION ALL SELECT words, reporter FROM incidentReports WHERE _deleted = 0 AND incident IN (SELECT id FROM live)
       UNION ALL SELECT NULL, source FROM incidentStatements WHERE _deleted = 0 AND incident IN (SELECT id FROM live)`,
      [now - spokenOfMs],
    )
    const found = rows.flatMap(({ words, person }) => [
      ...namesOfPeople(words ?? ''),
      ...(person !== null && isPersonName(person.trim()) ? [person.trim()] : []),
    ])
    return [...new Set(found)]
  }
}
