// 待办 folded: the most urgent are seen, news breaks through, and nothing is lost between what is shown and what is counted.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TodoItem } from './feature.ts'
import { carryOn, foldTodos, freshMs, newsInView, newsKey, roomFor, toneOf } from './todo-fold.ts'
import { rankTodos } from './todo-rank.ts'

const now = 1_800_000_000_000
const anItem = fc
  .record({
    id: fc.uuid(),
    urgency: fc.constantFrom('urgent' as const, 'due' as const, 'open' as const),
    ago: fc.nat(9e6),
    due: fc.option(fc.integer({ min: -9e6, max: 9e6 })),
  })
  .map(({ id, urgency, ago, due }): TodoItem => ({ id, urgency, title: id, since: now - ago, dueAt: due === null ? null : now + due, to: '/' }))

describe('待办 beside an open thing', () => {
  it('shows or counts every matter once, the most urgent first, and news besides', () => {
    fc.assert(
      fc.property(fc.array(anItem, { maxLength: 20 }), fc.integer({ min: 2, max: 7 }), fc.integer({ min: 1, max: 5 }), (items, room, nth) => {
        const ranked = rankTodos(items, now)
        const isNews = (item: TodoItem) => ranked.indexOf(item) % nth === 0
        const { shown, hidden } = foldTodos(ranked, { room, isNews })
        expect(rankTodos([...shown, ...hidden], now)).toEqual(ranked)
        expect(shown.slice(0, room)).toEqual(ranked.slice(0, room))
        expect(shown.length).toBeLessThanOrEqual(room + newsInView)
        if (hidden.some(isNews)) expect(shown.slice(room)).toHaveLength(newsInView)
      }),
    )
  })

  it('calls news what came or became overdue after the first look, and forgets what is gone', () => {
    const first = carryOn(null, ['a', 'b'], now)
    const second = carryOn(first, ['b', 'c'], now + 5_000)
    const fresh = [...second].filter(([, at]) => now + 5_000 - at < freshMs).map(([key]) => key)
    expect(fresh).toEqual(['c'])
    expect(carryOn(second, ['a'], now + 9_000).get('a')).toBe(now + 9_000)
    const item = { id: '1', feature: 'tasks', urgency: 'open' as const, title: '', since: now, dueAt: now + 10, to: '/' }
    expect(newsKey(item, now + 11)).not.toBe(newsKey(item, now))
    expect(toneOf(item, now + 11)).toBe('over')
  })

  it('has all seven in view beside an open thing at 1920 × 1080, two or three on smaller screens', () => {
    expect([516, 668, 846].map(roomFor)).toEqual([2, 3, 7])
  })
})
