// Lays out what was stated about each metric: side by side, until a person chooses or all say the same.
import { type Figure, Metric, type Statement } from '../../contract/index.ts'

/**
 * @param choices statement chosen by a person, by metric
 * @returns figures in the order of the metrics, only those somebody stated
 */
export function figuresOf(statements: readonly Statement[], choices: ReadonlyMap<Metric, string>): Figure[] {
  return Metric.options.flatMap((metric) => {
    const said = statements.filter((statement) => statement.metric === metric)
    if (said.length === 0) return []
    said.sort((a, b) => a.asOf.at - b.asOf.at || a.enteredAt - b.enteredAt)
    const chosenByPerson = said.find((statement) => statement.id === choices.get(metric))
    const isDiffering = new Set(said.map((statement) => statement.value)).size > 1
    // All say the same: the latest stands for them, and its source is named.
    const chosen = chosenByPerson ?? (isDiffering ? null : (said.at(-1) ?? null))
    return [{ metric, chosen, isChosenByPerson: chosenByPerson !== undefined, isDiffering, statements: said }]
  })
}
