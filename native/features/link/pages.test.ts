// Pages of one station: each is "us" only to itself, the one being edited in speaks for the station, a silent one is gone.
import { expect, test } from 'vitest'
import { goneAfterMs, Pages } from './pages.ts'

const open = { dataset: 'incidents', row: 'a' }
const editing = { ...open, column: 'place' }
const station = { station: 's1', name: '值班台 1' }

test('each page is us only to itself', () => {
  const pages = new Pages(() => 1_000)
  expect(pages.show('one', { who: '李值班', open, editing: null })).toBe(true)
  expect(pages.show('two', { who: '王值班', open, editing })).toBe(true)
  expect(pages.consoles('one', station).map(({ who, isUs }) => [who, isUs])).toEqual([
    ['李值班', true],
    ['王值班', false],
  ])
  expect(pages.consoles(null, station).some(({ isUs }) => isUs)).toBe(false)
})

test('saying the same again is nothing new; the page being edited in speaks for the station', () => {
  let now = 1_000
  const pages = new Pages(() => now)
  pages.show('two', { who: '王值班', open, editing })
  now += 10
  pages.show('one', { who: '李值班', open, editing: null })
  expect(pages.show('two', { who: '王值班', open, editing: { ...editing } })).toBe(false)
  now += 10
  expect(pages.show('one', { who: '李值班', open: null, editing: null })).toBe(true)
  expect(pages.foremost()).toEqual({ who: '王值班', open, editing })
})

test('a page that says nothing more is gone', () => {
  let now = 1_000
  const pages = new Pages(() => now)
  pages.show('one', { who: '李值班', open, editing })
  now += goneAfterMs
  expect(pages.consoles('two', station)).toHaveLength(1)
  now += 1
  expect(pages.consoles('two', station)).toEqual([])
  expect(pages.foremost()).toBeNull()
})
