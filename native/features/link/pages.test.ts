// Pages of one station: each is "us" only to itself, the one being edited in speaks for the station, a silent one is gone.
import { expect, test } from 'vitest'
import { goneAfterMs, Pages } from './pages.ts'

const open = { dataset: 'incidents', row: 'a' }
const editing = { ...open, column: 'place' }
const station = { station: 's1', name: '值班台 1' }

test('each page is us only to itself', () => {
  const pages = new Pages(() => 1_000)
  expect(pages.show('one', { page: 'p', who: '李值班', open, editing: null })).toBe(true)
  expect(pages.show('two', { page: 'p', who: '王值班', open, editing })).toBe(true)
  expect(pages.consoles('one', station).map(({ who, isUs }) => [who, isUs])).toEqual([
    ['李值班', true],
    ['王值班', false],
  ])
  expect(pages.consoles(null, station).some(({ isUs }) => isUs)).toBe(false)
})

test('saying the same again is nothing new; the page being edited in speaks for the station', () => {
  let now = 1_000
  const pages = new Pages(() => now)
  pages.show('two', { page: 'p', who: '王值班', open, editing })
  now += 10
  pages.show('one', { page: 'p', who: '李值班', open, editing: null })
  expect(pages.show('two', { page: 'p', who: '王值班', open, editing: { ...editing } })).toBe(false)
  now += 10
  expect(pages.show('one', { page: 'p', who: '李值班', open: null, editing: null })).toBe(true)
  expect(pages.foremost()).toEqual({ who: '王值班', open, editing })
})

test('two windows of one session do not write over each other, and both are us', () => {
  const pages = new Pages(() => 1_000)
  pages.show('one', { page: 'desk', who: '李值班', open, editing })
  pages.show('one', { page: 'wall', who: '李值班', open: null, editing: null })
  expect(pages.show('one', { page: 'desk', who: '李值班', open, editing })).toBe(false)
  expect(pages.consoles('one', station).map(({ isUs, editing: field }) => [isUs, field?.column])).toEqual([
    [true, 'place'],
    [true, undefined],
  ])
  for (let count = 0; count < 1_000; count += 1) pages.show('wild', { page: String(count), who: null, open, editing: null })
  expect(pages.consoles(null, station)).toHaveLength(200)
})

test('a page that says nothing more is gone', () => {
  let now = 1_000
  const pages = new Pages(() => now)
  pages.show('one', { page: 'p', who: '李值班', open, editing })
  now += goneAfterMs
  expect(pages.consoles('two', station)).toHaveLength(1)
  now += 1
  expect(pages.consoles('two', station)).toEqual([])
  expect(pages.foremost()).toBeNull()
  pages.show('two', { page: 'p', who: '王值班', open: null, editing: null })
  expect(pages.sweep()).toEqual({ isAnyGone: true, isAnyLeft: true })
  expect(pages.sweep()).toEqual({ isAnyGone: false, isAnyLeft: true })
})
