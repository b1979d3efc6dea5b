// The time line of an incident, read from the journal, with the entries of what was merged into it; and how it stood at a moment.
import type { CellValue, Entry, TimelineItem } from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import type { Reads } from '../../store/types.ts'

/** Enough for a line on the screen. */
const longestValue = 300

export class TimelinesService {
  readonly #journal: Journal
  readonly #reads: Reads
  readonly #nameOf: (account: string) => Promise<string>

  constructor(options: { journal: Journal; reads: Reads; nameOf: (account: string) => Promise<string> }) {
    this.#journal = options.journal
    this.#reads = options.reads
    this.#nameOf = options.nameOf
  }

  /** Oldest first by when it happened. */
  async of(incident: string): Promise<TimelineItem[]> {
    const family = await this.#reads.all<{ id: string }>(
      `WITH RECURSIVE family (id) AS (SELECT ?1 UNION SELECT i.id FROM incidents i JOIN family ON i.mergedInto = family.id WHERE i._deleted = 0) SELECT id FROM family`,
      [incident],
    )
    const entries = (await Promise.all(family.map(({ id }) => this.#journal.timeline({ dataset: 'incidents', row: id }, { by: 'happened' })))).flat()
    const names = new Map<string, string>()
    for (const account of new Set(entries.map((entry) => entry.actor))) names.set(account, await this.#nameOf(account))
    return entries.map((entry) => item(entry, names.get(entry.actor) ?? '')).sort((a, b) => momentOf(a) - momentOf(b) || a.knownAt - b.knownAt)
  }

  /** The incident's own fields as they stood; null = it was not known then. */
  stateAt(incident: string, at: { happened: number } | { known: number }): Promise<Record<string, CellValue> | null> {
    return this.#journal.stateAt({ dataset: 'incidents', row: incident }, at)
  }
}

function momentOf(entry: TimelineItem): number {
  return entry.happenedAt?.at ?? entry.knownAt
}

function item(entry: Entry, who: string): TimelineItem {
  const words = entry.note?.['words']
  return {
    entry: `${entry.station}/${entry.scope}/${entry.seq}`,
    action: entry.action,
    who,
    knownAt: entry.at,
    happenedAt: entry.happenedAt,
    values: Object.fromEntries(entry.cells.map(([, , column, value]) => [column, typeof value === 'string' ? value.slice(0, longestValue) : value])),
    words: typeof words === 'string' ? words.slice(0, longestValue) : null,
  }
}
