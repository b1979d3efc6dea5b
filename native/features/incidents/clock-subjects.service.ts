// What the clocks must know of incidents: their times, and since when grade, reasons and type stand as they do.
import type { CauseMoment, ClockSubject, Entry, HappenedAt, InformationState } from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import type { Reads } from '../../store/types.ts'
import { causesOf } from './causes.ts'
import type { EventTypesService } from './event-types.service.ts'
import { parsed } from './incidents.repository.ts'
import type { GradeTable } from './grade.ts'
import type { MustReportRule } from './must-report.ts'

interface Row {
  id: string
  title: string
  occurred: string | null
  received: string | null
  firstPhoned: string | null
  written: string | null
  informationState: InformationState
  closedAt: number | null
  isSample: number | null
  family: string
  familyReceived: number | null
}

/** A final report may be owed for so long after 办结. */
const closedForMs = 30 * 86_400_000
const watched = new Set(['incidents', 'incidentStatements', 'incidentFigures'])

const columns = 'i.id, i.title, i.occurred, i.received, i.firstPhoned, i.written, i.informationState, i.closedAt, i.isSample'
const select = `WITH RECURSIVE family (root, id) AS (
    SELECT i.id, i.id FROM incidents i WHERE i._deleted = 0 AND WHERE_ROOT
    UNION SELECT family.root, c.id FROM incidents c JOIN family ON c.mergedInto = family.id WHERE c._deleted = 0)
  SELECT ${columns}, json_group_array(m.id) AS family, MIN(json_extract(m.received, '$.at')) AS familyReceived
  FROM family f JOIN incidents i ON i.id = f.root JOIN incidents m ON m.id = f.id GROUP BY i.id ORDER BY i.key`

export class ClockSubjectsService {
  readonly #reads: Reads
  readonly #journal: Journal
  readonly #types: EventTypesService
  readonly #tables: readonly GradeTable[]
  readonly #rules: readonly MustReportRule[]
  /** By incident; what an act touched is read again. */
  readonly #entries = new Map<string, Promise<Entry[]>>()

  constructor(options: {
    reads: Reads
    journal: Journal
    types: EventTypesService
    tables: readonly GradeTable[]
    rules: readonly MustReportRule[]
  }) {
    this.#reads = options.reads
    this.#journal = options.journal
    this.#types = options.types
    this.#tables = options.tables
    this.#rules = options.rules
    this.#journal.onChange((changes) => {
      for (const { dataset, ids } of changes) {
        if (!watched.has(dataset)) continue
        // A statement names its row, not its incident; entries are few and are read again.
        if (dataset !== 'incidents' || ids === null) this.#entries.clear()
        else for (const id of ids) this.#entries.delete(id)
      }
    })
  }

  /** @param incident null = every one that is open, or was closed in the last 30 days and is no sample */
  async read(incident: string | null): Promise<ClockSubject[]> {
    const isWanted = `i.mergedInto IS NULL AND (i.closedAt IS NULL OR (i.closedAt > ? AND COALESCE(i.isSample, 0) = 0))`
    const rows =
      incident === null
        ? await this.#reads.all<Row>(select.replace('WHERE_ROOT', isWanted), [Date.now() - closedForMs])
        : await this.#reads.all<Row>(select.replace('WHERE_ROOT', 'i.id = ?'), [incident])
    const typeOf = await this.#types.lineages()
    return Promise.all(rows.map((row) => this.#subject(row, typeOf)))
  }

  async #subject(row: Row, typeOf: Awaited<ReturnType<EventTypesService['lineages']>>): Promise<ClockSubject> {
    const family = JSON.parse(row.family) as string[]
    const received = row.familyReceived ?? 0
    const entries = (await Promise.all(family.map((id) => this.#entriesOf(id)))).flat()
    const causes = causesOf({ entries, incident: row.id, received, tables: this.#tables, rules: this.#rules, typeOf })
    const unknown: CauseMoment = { at: received, grade: null, isBelowTable: false, reasons: [], lineage: [] }
    return {
      incident: row.id,
      title: row.title,
      isSample: row.isSample === 1,
      occurred: parsed<HappenedAt>(row.occurred),
      received,
      firstPhoned: parsed<HappenedAt>(row.firstPhoned),
      written: parsed<HappenedAt>(row.written),
      closedAt: row.closedAt,
      ended:
        row.informationState === 'false' || row.informationState === 'transferred' || row.informationState === 'merged' ? row.informationState : null,
      causes: causes.length > 0 ? causes : [unknown],
      family,
    }
  }

  #entriesOf(incident: string): Promise<Entry[]> {
    const known = this.#entries.get(incident)
    if (known !== undefined) return known
    const asked = this.#journal.timeline({ dataset: 'incidents', row: incident }, { by: 'known' })
    this.#entries.set(incident, asked)
    asked.catch(() => this.#entries.delete(incident))
    return asked
  }
}
