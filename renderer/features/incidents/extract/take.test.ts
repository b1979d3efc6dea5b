// A finding taken by a key: what it does to the form.
import { expect, test } from 'vitest'
import { emptyForm, titleOf } from '../intake.ts'
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

test('a substance without a deed stands alone, and is not doubled', () => {
  const form = { ...emptyForm(0), words: '有人闻到氨气，可能是氨气罐', title: '冷库异味' }
  const [substance] = extract(form.words, 0).filter(({ field }) => field === 'substance')
  if (substance === undefined) throw new Error('no substance found')
  take(form, substance)
  take(form, substance)
  expect(form.title).toBe('冷库异味氨气')
})
