// A finding taken by a key: what it does to the form.
import { expect, test } from 'vitest'
import { emptyForm, statementsOf, titleOf } from '../intake.ts'
import { extract } from './extract.ts'
import { isTaken, take } from './take.ts'

test('all findings of one call, taken one after another, make a title that says what happened', () => {
  const words = '富平县庄里镇样例食品厂，冷库氨气泄漏，三个工人送县医院，没有人死亡，电话0913-0100344'
  const form = { ...emptyForm(0), words }
  const found = extract(words, 0)
  for (const one of found) take(form, one)
  expect(found.filter((one) => !isTaken(form, one))).toEqual([])
  expect(titleOf(form)).toBe('富平县庄里镇样例食品厂氨气泄漏')
  expect(form.figures).toEqual({ hospitalised: '3', deaths: '0' })
})

test('a count that is only about is taken as such; the others beside it stay exact', () => {
  const words = '富平县庄里镇样例食品厂氨气泄漏，三个工人送县医院，疏散五十多人'
  const form = { ...emptyForm(0), words, reporter: '样例村民' }
  const found = extract(words, 0)
  for (const one of found) take(form, one)
  expect(found.filter((one) => !isTaken(form, one))).toEqual([])
  expect(form.figures).toEqual({ hospitalised: '3', evacuated: '约50' })
  const sources = statementsOf(form, 0).map(({ metric, value, source }) => [metric, value, source])
  expect(sources).toEqual([
    ['hospitalised', 3, '样例村民'],
    ['evacuated', 50, '样例村民（约数）'],
  ])
})

test.each([
  ['氨气漏出来了，味道特别大', '氨气泄漏'],
  ['液氯一直往外冒着', '液氯泄漏'],
  ['氨气味道特别大', '氨气'],
])('%s: %s', (words, title) => {
  const form = { ...emptyForm(0), words }
  for (const one of extract(words, 0)) if (one.field === 'substance') take(form, one)
  expect(form.title).toBe(title)
})

test('a substance without a deed stands alone, and is not doubled', () => {
  const form = { ...emptyForm(0), words: '有人闻到氨气，可能是氨气罐', title: '冷库异味' }
  const [substance] = extract(form.words, 0).filter(({ field }) => field === 'substance')
  if (substance === undefined) throw new Error('no substance found')
  take(form, substance)
  take(form, substance)
  expect(form.title).toBe('冷库异味氨气')
})
