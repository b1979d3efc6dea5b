// What is chosen at first, and what is sent.
import { expect, it } from 'vitest'
import type { PersonalField, PersonalRow } from '../../../native/contract/index.ts'
import { chosenRows, firstChoice } from './choice.ts'

const field = (column: string, over: Partial<PersonalField> = {}): PersonalField => {
  return { column, excerpt: '样***', isHit: false, isText: false, versions: 1, ...over }
}
const row = (id: string, fields: PersonalField[]): PersonalRow => ({
  dataset: 'incidentReports',
  row: id,
  isDeleted: false,
  at: 1,
  source: null,
  fields,
})
const rows = [
  row('a', [field('words', { isText: true }), field('reporter'), field('reporterPhone', { excerpt: null, versions: 0 })]),
  row('b', [field('words', { isText: true, isHit: true }), field('reporter', { isHit: true }), field('reporterPhone')]),
]

it('ticks what was found, and of a named record its names and numbers', () => {
  expect(firstChoice(rows, 'incidentReports/a')).toEqual({ 'incidentReports/a': ['reporter'], 'incidentReports/b': ['words', 'reporter'] })
  expect(firstChoice(rows, null)).toEqual({ 'incidentReports/a': [], 'incidentReports/b': ['words', 'reporter'] })
})

it('sends only records with something chosen', () => {
  expect(chosenRows(rows, { 'incidentReports/a': [], 'incidentReports/b': ['reporter'] })).toEqual([
    { dataset: 'incidentReports', row: 'b', columns: ['reporter'] },
  ])
})
