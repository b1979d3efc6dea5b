import { describe, expect, test } from 'vitest'
import { dateOf, degreesOf, endOfDay, isErrorCell, isMalformed, numberOf, textOf } from './values.ts'

const utc = (words: string) => Date.parse(words)

test.each([
  ['2025-03-01', '2025-03-01T00:00+08:00'],
  ['2025/3/1', '2025-03-01T00:00+08:00'],
  ['2025.3.1', '2025-03-01T00:00+08:00'],
  ['２０２５年３月１日', '2025-03-01T00:00+08:00'],
  ['20250301', '2025-03-01T00:00+08:00'],
  ['2025-03-01 14:30', '2025-03-01T14:30+08:00'],
  ['2025年3月', '2025-03-01T00:00+08:00'],
  ['2024-02-29', '2024-02-29T00:00+08:00'],
])('date %s', (cell, moment) => {
  expect(dateOf(cell)).toBe(utc(moment))
})
test.each(['2025-02-29', '1899-01-01', '2025-13-01', '45000', '明天', '01/02/2025', '2025-3-1-1', ''])('no date: %s', (cell) => {
  expect(dateOf(cell)).toBeUndefined()
})
test('valid until a day means to its end', () => {
  expect(endOfDay('2025-03-01')).toBe(utc('2025-03-02T00:00+08:00') - 1)
})

test.each([
  ['１２３', 123],
  ['1,234.5', 1234.5],
  ['120人', 120],
  ['约 80', 80],
  ['-3', -3],
  ['1.2e3', 1200],
  ['35㎡', 35],
])('number %s', (cell, value) => {
  expect(numberOf(cell)).toBe(value)
})
test.each(['很多', '12-15', '', '1.2.3', 'NaN', 'Infinity', '0x10'])('no number: %s', (cell) => {
  expect(numberOf(cell)).toBeUndefined()
})

describe('degrees', () => {
  test.each([
    ['109.5', 'lon', 109.5, null],
    ['109°30′E', 'lon', 109.5, 'lon'],
    ['109°30′', 'lon', 109.5, null],
    ['东经109度30分', 'lon', 109.5, 'lon'],
    ['34°30′15″N', 'lat', 34.504167, 'lat'],
    ['北纬34度30分15秒', 'lat', 34.504167, 'lat'],
    ['１０９．５', 'lon', 109.5, null],
    ['34°30′N', 'lon', 34.5, 'lat'],
  ] as const)('%s', (cell, axis, degrees, named) => {
    const read = degreesOf(cell, axis)
    expect(read.degrees).toBeCloseTo(degrees, 5)
    expect(read.axis).toBe(named)
  })
  test.each(['NaN', 'abc', '109°75′E', '109,5', '—'])('unreadable: %s', (cell) => {
    expect(degreesOf(cell, 'lon').degrees).toBeNaN()
  })
})

test('words for nothing are nothing, and the quote before a formula is taken away again', () => {
  expect(['无', ' / ', '—', 'N/A', ''].map(textOf)).toEqual([null, null, null, null, null])
  expect(textOf("'=1+1")).toBe('=1+1')
  expect(textOf("'quoted'")).toBe("'quoted'")
})

test('NUL, lone surrogates and error values are seen', () => {
  expect(isMalformed('a\0b')).toBe(true)
  expect(isMalformed('a\ud800')).toBe(true)
  expect(isMalformed('𠮷')).toBe(false)
  expect(isErrorCell('#REF!')).toBe(true)
})
