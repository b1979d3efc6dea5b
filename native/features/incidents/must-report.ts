// Why an incident must be reported whatever its grade (较大涉险, sensitive circumstances): kept apart from the grade, pure.
import type { Circumstance, Metric, MustReport } from '../../contract/index.ts'

export interface MustReportRule {
  id: string
  name: string
  clause: string
  sum?: Metric[] | undefined
  /** Inclusive. */
  min?: number | undefined
  when?: Circumstance | undefined
}

export function mustReport(
  values: ReadonlyMap<Metric, number>,
  circumstances: readonly Circumstance[],
  rules: readonly MustReportRule[],
): MustReport[] {
  return rules.flatMap<MustReport>(({ id, name, clause, sum, min, when }) => {
    if (when !== undefined) return circumstances.includes(when) ? [{ id, name, clause, value: null, min: null }] : []
    if (sum === undefined || min === undefined) return []
    const value = sum.reduce((total, metric) => total + (values.get(metric) ?? 0), 0)
    return value >= min ? [{ id, name, clause, value, min }] : []
  })
}
