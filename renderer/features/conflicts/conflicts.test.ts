// How the inbox groups and writes what stands against each other.
import { describe, expect, it } from 'vitest'
import { type ConflictItem, DELETED } from '../../../native/contract/index.ts'
import { groupByRow, valueWords } from './conflicts.ts'
import { canType, isLong, readTyped } from './typed.ts'

const words = { empty: '（空）', yes: '是', no: '否' }
const item = (row: string, column: string): ConflictItem => ({ dataset: 'incidents', row, column, type: 'text', rowTitle: row, heads: [] })

describe('the inbox', () => {
  it('puts the fields of a row together, "deleted or not" first', () => {
    const rows = groupByRow([item('a', 'title'), item('b', 'title'), item('a', 'place'), item('a', DELETED)])
    expect(rows.map((row) => [row.title, row.fields.map((field) => field.column)])).toEqual([
      ['a', [DELETED, 'title', 'place']],
      ['b', ['title']],
    ])
  })
  it.each([
    [null, 'text', '（空）'],
    ['', 'text', '（空）'],
    ['渭南', 'text', '渭南'],
    [0, 'integer', '0'],
    [1, 'boolean', '是'],
    [false, 'boolean', '否'],
    [Date.UTC(2026, 10, 24, 7, 42, 7), 'at', '2026-11-24 15:42:07'],
  ] as const)('writes %o of type %s as %s', (value, type, written) => expect(valueWords(value, type, words)).toBe(written))
  it('lays JSON out instead of hiding it', () => expect(valueWords({ a: [1] }, 'json', words)).toContain('"a"'))
})

describe('a third value', () => {
  it.each([
    ['text', ' 渭南 ', ' 渭南 '],
    ['text', '  ', null],
    ['text', 'x'.repeat(6_001), null],
    ['integer', ' １２ ', 12],
    ['integer', '12.5', null],
    ['real', '-0.5', -0.5],
    ['real', '十二', null],
    ['json', '{}', null],
  ] as const)('%s: %o is read as %o', (type, typed, value) => expect(readTyped(type, typed)).toBe(value))
  it('is not typed for "deleted or not", identities and JSON', () => {
    const of = (column: string, type: ConflictItem['type']) => canType({ column, type })
    expect([of('place', 'text'), of('count', 'integer'), of('isOpen', 'boolean'), of('occurredAt', 'at')]).toEqual([true, true, true, true])
    expect([of(DELETED, 'boolean'), of('unit', 'id'), of('source', 'json')]).toEqual([false, false, false])
  })
  it('has room where the values need it', () => {
    const of = (value: string) => isLong({ heads: [{ value } as ConflictItem['heads'][number]] })
    expect([of('东门'), of('一\n二'), of('长'.repeat(61))]).toEqual([false, true, true])
  })
})
