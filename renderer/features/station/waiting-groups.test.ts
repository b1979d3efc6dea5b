// Entries that wait stand together by console and reason, with the clock that is furthest ahead.
import { expect, it } from 'vitest'
import type { WaitingItem } from '../../../native/contract/index.ts'
import { groupWaiting, shownAt } from './waiting-groups.ts'

const hourMs = 3_600_000
const item = (station: string, reason: WaitingItem['reason'], hours: number): WaitingItem => ({
  entry: `${station}/shared/${hours}`,
  station,
  reason,
  aheadMs: hours * hourMs,
  receivedAt: 0,
  at: 0,
  who: null,
  action: 'tasks.issued',
  dataset: 'tasks',
})

it('groups by console and reason', () => {
  const groups = groupWaiting([item('a', 'ahead', 30), item('b', 'ahead', 26), item('a', 'ahead', 31), item('a', 'newer-form', 0)])
  expect(groups.map(({ station, reason, items, aheadMs }) => [station, reason, items.length, aheadMs / hourMs])).toEqual([
    ['a', 'ahead', 2, 31],
    ['b', 'ahead', 1, 26],
    ['a', 'newer-form', 1, 0],
  ])
})

it('says when our clock will have got there', () => expect(shownAt(item('a', 'ahead', 30), 1_000)).toBe(1_000 + 6 * hourMs))
