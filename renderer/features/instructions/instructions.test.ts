// The form of a 批示 and how one stands.
import { expect, test } from 'vitest'
import { blankForm, dueOf, faultsOf, inputOf } from './instruction-form.ts'
import { dueWords, standingOf } from './instruction-words.ts'

const now = Date.UTC(2026, 10, 26, 6, 30)
const t = (key: string, params: Record<string, unknown> = {}) => [key, ...Object.values(params)].join(' ')

test('asks for the leader, the words and a limit that is not before it', () => {
  const form = blankForm(now, null)
  expect(faultsOf(form)).toEqual(['leader', 'words'])
  Object.assign(form, { leader: '样例乙 ', words: '查清原因', given: null, due: { at: now - 60_000, precision: 'exact' } })
  expect(faultsOf(form)).toEqual(['given'])
  expect(faultsOf({ ...form, given: { at: now, precision: 'exact' } })).toEqual(['due'])
})

test('links of no incident are dropped; the leader is the source of the time; a draft is plain JSON', () => {
  const form = { ...blankForm(now, null), leader: '样例乙 ', words: ' 查清原因 ', report: 'r', task: 't' }
  expect(inputOf('id', form, now)).toMatchObject({
    report: null,
    task: null,
    leader: '样例乙',
    words: '查清原因',
    givenAt: { at: now, source: '样例乙' },
  })
  expect(inputOf('id', { ...form, incident: 'i' }, now)).toMatchObject({ incident: 'i', report: 'r', task: 't' })
  expect(JSON.parse(JSON.stringify(form))).toEqual(form)
})

test('a day as a limit lasts until its end', () => {
  const midnight = Date.UTC(2026, 10, 26, 16)
  expect(dueOf({ at: midnight, precision: 'day' })).toBe(midnight + 24 * 3_600_000 - 60_000)
  expect(dueOf(null)).toBeNull()
})

test('late, soon, open, done', () => {
  const at = (minutes: number) => standingOf({ isDone: false, dueAt: now + minutes * 60_000 }, now)
  expect([at(-1), at(60), at(60 * 25), standingOf({ isDone: false, dueAt: null }, now), standingOf({ isDone: true, dueAt: now - 1 }, now)]).toEqual([
    'late',
    'soon',
    'open',
    'open',
    'done',
  ])
  expect(dueWords({ isDone: false, dueAt: now - 3_600_000, closedAt: null }, now, t)).toBe('instructions.late ui.span.hours 1')
})
