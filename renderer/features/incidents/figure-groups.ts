// The figures a leader asks for first, said as briefly as may be: those of one source behind one another, the source named once. Pure.
import type { Figure, Metric } from '../../../native/contract/index.ts'
import type { Translate } from '../../ui/time-words.ts'
import { figureText, statementText } from './words.ts'

const askedFirst: readonly Metric[] = ['deaths', 'outOfContact', 'trapped', 'seriousInjuries', 'hospitalised', 'acutePoisoning', 'evacuated']

export function casualtiesOf(figures: readonly Figure[]): Figure[] {
  return figures.filter((figure) => askedFirst.includes(figure.metric))
}

export interface FigureGroup {
  /** Who said it; null = it was said differently and nothing is chosen. */
  source: string | null
  /** `死亡 3 人`; of a differing figure `送医 1 / 2 人`. */
  texts: string[]
}

/** In the order of the figures; a group stands where its first figure stood. */
export function groupBySource(figures: readonly Figure[], t: Translate): FigureGroup[] {
  const groups = new Map<string | null, FigureGroup>()
  for (const figure of figures) {
    const source = figure.chosen?.source ?? null
    const group = groups.get(source) ?? { source, texts: [] }
    group.texts.push(figure.chosen === null ? differingText(figure, t) : statementText(figure.chosen, t))
    groups.set(source, group)
  }
  return [...groups.values()]
}

function differingText({ metric, statements }: Figure, t: Translate): string {
  const values = [...new Set(statements.map((said) => said.value))].sort((a, b) => a - b)
  const last = values.pop() ?? 0
  return `${t(`incidents.metric.${metric}`, {})} ${[...values, figureText(metric, last, t)].join(' / ')}`
}
