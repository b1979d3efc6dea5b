// The table's keys and its sorting.
import { describe, expect, it } from 'vitest'
import { nextSort, rowForKey } from './table.ts'

describe('table', () => {
  it('goes through ascending, descending, unsorted', () => {
    const first = nextSort(null, 'name')
    const second = nextSort(first, 'name')
    expect([first, second, nextSort(second, 'name'), nextSort(second, 'kind')]).toEqual([
      { column: 'name', isDescending: false },
      { column: 'name', isDescending: true },
      null,
      { column: 'kind', isDescending: false },
    ])
  })
  it('stays inside its rows', () => {
    const table = { count: 30, pageRows: 10 }
    expect(rowForKey('ArrowDown', 29, table)).toBe(29)
    expect(rowForKey('ArrowUp', 0, table)).toBe(0)
    expect(rowForKey('PageDown', 25, table)).toBe(29)
    expect(rowForKey('End', 3, table)).toBe(29)
    expect(rowForKey('a', 3, table)).toBeNull()
    expect(rowForKey('ArrowDown', -1, { count: 0, pageRows: 10 })).toBeNull()
  })
})
