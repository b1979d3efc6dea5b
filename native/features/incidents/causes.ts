// Since when an incident's grade, reasons and type stand as they do: folded from its entries, as this station knew them. Pure.
import {
  type CauseMoment,
  type Circumstance,
  type Entry,
  type EventGrade,
  type HappenedAt,
  type Metric,
  type Statement,
  StatementState,
} from '../../contract/index.ts'
import { figuresOf } from './figures.ts'
import { figureValues, type GradeTable, proposeGrade } from './grade.ts'
import { mustReport, type MustReportRule } from './must-report.ts'

export interface CauseOptions {
  /** Entries about the incident and all that was merged into it. */
  entries: readonly Entry[]
  incident: string
  /** When the first report of the family came in: nothing is known earlier. */
  received: number
  tables: readonly GradeTable[]
  rules: readonly MustReportRule[]
  /** Hazard of a type, and the codes above it with its own. */
  typeOf: (code: string | null) => { hazard: string | null; lineage: string[] }
}

interface Known {
  /** By incident: until the one that stays was typed, what was merged into it says what it is. */
  types: Map<string, string | null>
  circumstances: Circumstance[]
  confirmed: EventGrade | null
  statements: Map<string, Record<string, unknown>>
  choices: Map<string, { metric?: unknown; statement?: unknown; isDeleted?: boolean }>
}

/** Oldest first, one a change; empty when no entry says anything (a bulk import). */
export function causesOf(options: CauseOptions): CauseMoment[] {
  const known: Known = { types: new Map(), circumstances: [], confirmed: null, statements: new Map(), choices: new Map() }
  const ordered = [...options.entries].sort(
    (a, b) => a.hlc.ms - b.hlc.ms || a.hlc.counter - b.hlc.counter || (a.station < b.station ? -1 : a.station > b.station ? 1 : 0),
  )
  const moments: CauseMoment[] = []
  for (const entry of ordered) {
    if (!apply(entry, known, options.incident)) continue
    const last = moments.at(-1)
    // The first thing that is known of it came with the first report.
    const at = last === undefined ? options.received : knownAt(entry, options.received)
    const moment = { ...standing(known, options), at }
    if (last === undefined || !isSame(last, moment)) moments.push(moment)
  }
  // Typed after the fact, a moment may lie before one that was typed earlier; how it stands now still comes last.
  const sorted = [...moments].sort((a, b) => a.at - b.at)
  const [now, last] = [moments.at(-1), sorted.at(-1)]
  return now === undefined || last === undefined || now === last ? sorted : [...sorted, { ...now, at: last.at }]
}

/** @returns whether the entry touched anything that matters here */
function apply(entry: Entry, known: Known, incident: string): boolean {
  let isTouched = false
  for (const [dataset, row, column, value] of entry.cells) {
    if (dataset === 'incidents' && column === 'typeCode') known.types.set(row, value as string | null)
    else if (dataset === 'incidents' && row === incident) {
      if (column === 'circumstances') known.circumstances = (value ?? []) as Circumstance[]
      else if (column === 'confirmedGrade') known.confirmed = value as EventGrade | null
      else continue
    } else if (dataset === 'incidentStatements') {
      known.statements.set(row, { ...known.statements.get(row), [column]: value })
    } else if (dataset === 'incidentFigures') {
      known.choices.set(row, { ...known.choices.get(row), [column === '~deleted' ? 'isDeleted' : column]: value })
    } else continue
    isTouched = true
  }
  return isTouched
}

function standing(known: Known, options: CauseOptions): Omit<CauseMoment, 'at'> {
  const statements = [...known.statements].flatMap(([id, cells]) => statementOf(id, cells) ?? [])
  const choices = new Map<Metric, string>()
  for (const { metric, statement, isDeleted } of known.choices.values())
    if (isDeleted !== true && typeof metric === 'string' && typeof statement === 'string') choices.set(metric as Metric, statement)
  const { values, differing } = figureValues(figuresOf(statements, choices))
  const typeCode = known.types.get(options.incident) ?? [...known.types.values()].find((code) => code !== null) ?? null
  const { hazard, lineage } = options.typeOf(typeCode)
  const facts = { typeCode: lineage.length === 0 ? null : typeCode, hazard, values, differing, circumstances: known.circumstances }
  const proposal = proposeGrade(facts, options.tables)
  return {
    grade: known.confirmed ?? proposal.grade,
    isBelowTable: known.confirmed === null && proposal.outcome === 'below-table',
    reasons: mustReport(values, known.circumstances, options.rules).map(({ id }) => id),
    lineage,
  }
}

function statementOf(id: string, cells: Record<string, unknown>): Statement | null {
  if (cells['~deleted'] === true || typeof cells['metric'] !== 'string' || typeof cells['value'] !== 'number') return null
  return {
    id,
    incident: String(cells['incident']),
    metric: cells['metric'] as Metric,
    value: cells['value'],
    source: String(cells['source'] ?? ''),
    asOf: (cells['asOf'] ?? { at: 0, precision: 'exact', source: '' }) as HappenedAt,
    state: StatementState.catch('unverified').parse(cells['state']),
    enteredAt: Number(cells['enteredAt'] ?? 0),
    enteredBy: '',
  }
}

/** She telephones first and types after: the moment it was said counts, never before the first report, never after it was typed. */
function knownAt(entry: Entry, received: number): number {
  const said = entry.happenedAt
  const isExact = said !== null && (said.precision === 'exact' || said.precision === 'about')
  return isExact ? Math.min(Math.max(said.at, received), Math.max(entry.at, received)) : Math.max(entry.at, received)
}

function isSame(a: CauseMoment, b: CauseMoment): boolean {
  return a.grade === b.grade && a.isBelowTable === b.isBelowTable && a.reasons.join() === b.reasons.join() && a.lineage.join() === b.lineage.join()
}
