// The tree as lines, keys in it, and a card's numbers in their order.
import { expect, test } from 'vitest'
import type { Contact, UnitRow } from '../../../native/contract/index.ts'
import { numberLines } from './number-lines.ts'
import { doubtOf, superiorsOf, treeKey, treeLines } from './unit-tree.ts'

const unit = (id: string, superior: string | null, more: Partial<UnitRow> = {}): UnitRow => ({
  id,
  code: null,
  name: id,
  superior,
  kind: 'county',
  covers: [],
  dutyTelephone: '0913-0100001',
  dutyTelephoneVerifiedAt: null,
  dutyTelephoneVerifiedByName: '',
  wrong: null,
  rank: 0,
  address: '',
  note: '',
  source: null,
  isSample: false,
  contacts: 0,
  wrongContacts: 0,
  ...more,
})
const tree = [unit('省', null), unit('市', '省'), unit('县', '市'), unit('二市', '省'), unit('孤', '不在的上级')]
const names = (lines: ReturnType<typeof treeLines>) => lines.map(({ unit: one, depth }) => `${'·'.repeat(depth)}${one.id}`)

test('only what lies below open units is in view; a missing superior makes a root', () => {
  expect(names(treeLines(tree, new Set()))).toEqual(['省', '孤'])
  expect(names(treeLines(tree, new Set(['省'])))).toEqual(['省', '·市', '·二市', '孤'])
  expect(names(treeLines(tree, new Set(['省', '市'])))).toEqual(['省', '·市', '··县', '·二市', '孤'])
})

test('a loop is shown once, hanging on one of its units', () => {
  const loop = [unit('甲', '乙'), unit('乙', '甲'), unit('丙', '乙')]
  expect(names(treeLines(loop, new Set(['甲', '乙'])))).toEqual(['甲', '·乙', '··丙'])
  expect(superiorsOf(loop, '甲').map(({ id }) => id)).toEqual(['乙'])
})

test('right opens, then steps in; left shuts, then steps out', () => {
  const shut = treeLines(tree, new Set(['省']))
  expect(treeKey('ArrowRight', shut, 1)).toEqual({ open: '市' })
  const open = treeLines(tree, new Set(['省', '市']))
  expect(treeKey('ArrowRight', open, 1)).toEqual({ to: 2 })
  expect(treeKey('ArrowLeft', open, 2)).toEqual({ to: 1 })
  expect(treeKey('ArrowLeft', open, 1)).toEqual({ shut: '市' })
  expect(treeKey('ArrowRight', open, 2)).toBeNull()
  expect(treeKey('ArrowLeft', open, 0)).toEqual({ shut: '省' })
  expect(treeKey('x', open, 0)).toBeNull()
})

test('a number is stale after the days the centre has set; wrong counts more than stale', () => {
  const now = Date.parse('2026-11-24T00:00:00Z')
  const verified = (days: number) => unit('市', null, { dutyTelephoneVerifiedAt: now - days * 86_400_000 })
  expect(doubtOf(verified(30), 30, now)).toBeNull()
  expect(doubtOf(verified(31), 30, now)).toBe('stale')
  expect(doubtOf(unit('市', null), 30, now)).toBe('stale')
  expect(doubtOf(unit('市', null, { dutyTelephone: null }), 30, now)).toBe('none')
  expect(doubtOf({ ...verified(31), wrong: { at: now, by: '', byName: '', words: '' } }, 30, now)).toBe('wrong')
})

test('the duty telephone stands first, then every number of every post', () => {
  const check = { verifiedAt: null, verifiedByName: '', wrong: null }
  const contact: Contact = {
    id: 'c',
    unit: '市',
    unitName: null,
    post: '应急科科长',
    name: '样例甲',
    telephones: [
      { kind: 'office', number: '0913-0100002', ...check },
      { kind: 'mobile', number: '0913-0100003', ...check },
    ],
    rank: 1,
    note: '',
    source: null,
    isSample: true,
  }
  const lines = numberLines(unit('市', null), [contact, { ...contact, id: 'd', telephones: [] }])
  expect(lines.map(({ number, isFirst, party, which }) => [number, isFirst, party, which])).toEqual([
    ['0913-0100001', true, '市', { unit: '市' }],
    ['0913-0100002', true, '市 应急科科长 样例甲', { contact: 'c', number: '0913-0100002' }],
    ['0913-0100003', false, '市 应急科科长 样例甲', { contact: 'c', number: '0913-0100003' }],
    [null, true, '市 应急科科长 样例甲', null],
  ])
})
