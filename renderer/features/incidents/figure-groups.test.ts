// The summary's figures: each is said once, with its source or as differing, never lost.
import { expect, it } from 'vitest'
import type { Figure, Metric, Statement } from '../../../native/contract/index.ts'
import { casualtiesOf, groupBySource } from './figure-groups.ts'

const t = (key: string, params: Record<string, unknown>) => [key.split('.').at(-1), params['value']].filter((part) => part !== undefined).join(':')
const said = (metric: Metric, value: number, source: string): Statement => ({
  id: `${metric}${value}`,
  incident: 'i',
  metric,
  value,
  source,
  asOf: { at: 0, precision: 'exact', source: '' },
  state: 'unverified',
  enteredAt: 0,
  enteredBy: '',
})
const figure = (metric: Metric, chosen: Statement | null, statements: Statement[]): Figure => ({
  metric,
  chosen,
  statements,
  isChosenByPerson: false,
  isDiffering: chosen === null,
})

it('names a source once and keeps differing figures apart', () => {
  const deaths = said('deaths', 3, '厂长')
  const evacuated = said('evacuated', 600, '厂长')
  const figures = [
    figure('deaths', deaths, [deaths]),
    figure('hospitalised', null, [said('hospitalised', 2, '厂长'), said('hospitalised', 1, '119')]),
    figure('evacuated', evacuated, [evacuated]),
    figure('burnedForestHa', said('burnedForestHa', 1, '林业局'), []),
  ]
  expect(groupBySource(casualtiesOf(figures), t)).toEqual([
    { source: '厂长', texts: ['deaths people:3', 'evacuated people:600'] },
    { source: null, texts: ['hospitalised 1 / people:2'] },
  ])
})
