// What the form makes of what was typed: figures in full width, who says so, what is missing.
import { describe, expect, test } from 'vitest'
import { emptyForm, faultsOf, figureOf, figureValue, intakeOf, titleOf } from './intake.ts'

const now = Date.UTC(2026, 2, 1, 6, 30)
const form = () => ({
  ...emptyForm(now),
  reporter: '样例厂长',
  reporterUnit: '秦东样例化工厂',
  place: '样例工业园',
  typeName: '危险化学品泄漏',
  typeCode: '12D02',
})

describe('figures as typed', () => {
  test.each([
    ['deaths', '3', 3],
    ['deaths', '３', 3],
    ['deaths', '1，200', 1200],
    ['deaths', '2.5', null],
    ['deaths', '两三个', null],
    ['deaths', '-1', null],
    ['directLossYuan', '1000', 10_000_000],
    ['directLossYuan', '9999.99', 99_999_900],
    ['burnedForestHa', '0.5', 0.5],
    ['magnitude', 'NaN', null],
  ] as const)('%s %s → %s', (metric, typed, value) => {
    expect(figureValue(metric, typed)).toBe(value)
  })
})

test.each([
  ['50多', { value: 50, isAbout: true }],
  ['约五十人', { value: 50, isAbout: true }],
  ['五十余', { value: 50, isAbout: true }],
  ['五十', { value: 50, isAbout: false }],
  ['十几', null],
  ['多', null],
])('%s → %j', (typed, figure) => {
  expect(figureOf('evacuated', typed)).toEqual(figure)
})

describe('intake', () => {
  test('a number that is only about is said so by its source', () => {
    expect(intakeOf('id', { ...form(), figures: { evacuated: '五十多' }, figuresSource: '厂方' }, now).statements[0]).toMatchObject({
      value: 50,
      source: '厂方（约数）',
    })
  })

  test('says of each figure who said it: the caller, unless somebody else is named', () => {
    const input = intakeOf('id', { ...form(), figures: { deaths: '3', hospitalised: '' } }, now)
    expect(input.statements).toEqual([
      {
        metric: 'deaths',
        value: 3,
        source: '秦东样例化工厂 样例厂长',
        state: 'unverified',
        asOf: { at: now, precision: 'exact', source: '秦东样例化工厂 样例厂长' },
      },
    ])
    expect(intakeOf('id', { ...form(), figures: { deaths: '3' }, figuresSource: '县医院' }, now).statements[0]?.source).toBe('县医院')
  })

  test('a title is made of place and type when none is typed', () => {
    expect(titleOf(form())).toBe('样例工业园危险化学品泄漏')
    expect(titleOf({ ...form(), title: ' 氯气泄漏 ' })).toBe('氯气泄漏')
    expect(titleOf({ ...emptyForm(now), words: '山沟里起火了' })).toBe('山沟里起火了')
  })

  test('names what is missing', () => {
    expect(faultsOf(emptyForm(now))).toEqual(['title'])
    expect(faultsOf({ ...form(), received: null })).toEqual(['received'])
    expect(faultsOf({ ...form(), figures: { deaths: '几' } })).toEqual(['figures'])
    const nameless = { ...form(), reporter: '', reporterUnit: '', figures: { deaths: '3' } }
    expect(faultsOf({ ...nameless, channel: 'pasted' })).toEqual(['figuresSource'])
    // Of a call without a name it is whoever called, and is said so.
    expect(faultsOf(nameless)).toEqual([])
    expect(intakeOf('id', nameless, now).statements[0]?.source).toBe('来电人')
  })
})
