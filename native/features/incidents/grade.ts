// Proposes the grade of an incident (初判) from a rule table: pure, and never without the clause it rests on.
import type { Circumstance, EventGrade, Figure, GradeProposal, GradeReason, Metric } from '../../contract/index.ts'

/** A bound on a sum of figures, or on a circumstance beside it. `min` inclusive ("以上"包括本数), `below` and `above` exclusive. */
export interface Criterion {
  sum: Metric[]
  min?: number | undefined
  above?: number | undefined
  below?: number | undefined
  /** Holds only when this circumstance was ticked. */
  when?: Circumstance | undefined
}

export interface GradeRule {
  grade: EventGrade
  clause: string
  any: Criterion[]
}

export interface GradeTable {
  hazard: string
  name: string
  source: string
  boundary: string
  rows: GradeRule[]
}

/** The figures a rule may use: one value a metric, and which of them are disputed. */
export interface GradeFacts {
  typeCode: string | null
  hazard: string | null
  values: ReadonlyMap<Metric, number>
  differing: readonly Metric[]
  circumstances: readonly Circumstance[]
}

const gravest: readonly EventGrade[] = ['particularly-major', 'major', 'larger', 'general']

/** @returns −1, 0, 1 as `a` is graver than, equal to, less grave than `b` */
export function compareGrades(a: EventGrade, b: EventGrade): number {
  return Math.sign(gravest.indexOf(a) - gravest.indexOf(b))
}

/** One value a metric: the chosen statement's; while they differ, the highest, so that the proposal errs on the grave side. */
export function figureValues(figures: readonly Figure[]): { values: Map<Metric, number>; differing: Metric[] } {
  const values = new Map<Metric, number>()
  const differing: Metric[] = []
  for (const figure of figures) {
    if (figure.statements.length === 0) continue
    values.set(figure.metric, figure.chosen?.value ?? Math.max(...figure.statements.map((statement) => statement.value)))
    if (figure.isDiffering && figure.chosen === null) differing.push(figure.metric)
  }
  return { values, differing }
}

/** The worst of all criteria met; without a table, a type or any figure there is no grade. */
export function proposeGrade(facts: GradeFacts, tables: readonly GradeTable[]): GradeProposal {
  const nothing = { grade: null, hazard: facts.hazard, table: null, source: null, boundary: null, reasons: [], missing: [], differing: [] }
  if (facts.typeCode === null) return { ...nothing, outcome: 'no-type' }
  const table = tables.find((candidate) => candidate.hazard === facts.hazard)
  if (table === undefined) return { ...nothing, outcome: 'no-table' }

  const asked = [...new Set(table.rows.flatMap((row) => row.any.flatMap((criterion) => criterion.sum)))]
  const known = asked.filter((metric) => facts.values.has(metric))
  const reasons = table.rows.flatMap((row) => row.any.flatMap((criterion) => reasonFor(row, criterion, facts) ?? []))
  reasons.sort((a, b) => compareGrades(a.grade, b.grade))
  const worst = reasons[0]?.grade ?? null
  return {
    outcome: worst !== null ? 'graded' : known.length === 0 ? 'no-figures' : 'below-table',
    grade: worst,
    hazard: table.hazard,
    table: table.name,
    source: table.source,
    boundary: table.boundary,
    reasons: reasons.filter((reason) => reason.grade === worst),
    missing: asked.filter((metric) => !facts.values.has(metric)),
    differing: facts.differing.filter((metric) => asked.includes(metric)),
  }
}

function reasonFor(row: GradeRule, criterion: Criterion, facts: GradeFacts): GradeReason | null {
  if (criterion.when !== undefined && !facts.circumstances.includes(criterion.when)) return null
  const metrics = criterion.sum.filter((metric) => facts.values.has(metric))
  if (metrics.length === 0) return null
  const value = metrics.reduce((sum, metric) => sum + (facts.values.get(metric) ?? 0), 0)
  const { min = null, above = null, below = null, when = null } = criterion
  if ((min !== null && value < min) || (above !== null && value <= above) || (below !== null && value >= below)) return null
  return { metrics, value, min, above, below, when, grade: row.grade, clause: row.clause }
}
