// The time line's layout: words never overlap, every entry keeps its mark, ticks stand on full moments.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromWallClock, hourMs, minuteMs, wallClock } from './time-words.ts'
import { isLate, momentAt, placeEntries, shareOf, spanOf, ticksOf, type TimelineEntry } from './timeline-layout.ts'

const now = fromWallClock({ year: 2026, month: 11, day: 24, hour: 15, minute: 42 })
const anEntry = fc
  .record({ id: fc.uuid(), knownAgoMs: fc.nat(30 * hourMs), happenedAgoMs: fc.option(fc.nat(60 * hourMs)) })
  .map(({ id, knownAgoMs, happenedAgoMs }): TimelineEntry => ({
    id,
    kind: 'other',
    title: '……',
    who: '',
    knownAt: now - knownAgoMs,
    happenedAt: happenedAgoMs === null ? null : now - happenedAgoMs,
  }))

describe('time line', () => {
  it('keeps every entry inside, and words apart in their lanes', () => {
    fc.assert(
      fc.property(fc.array(anEntry, { maxLength: 60 }), fc.constantFrom('happened' as const, 'known' as const), (entries, by) => {
        const span = spanOf(entries, by, now)
        const placed = placeEntries(entries, { by, span, widthPx: 1800, lanes: 3, labelOf: () => 200 })
        expect(placed).toHaveLength(entries.length)
        for (const { x, labelPx } of placed) {
          expect(x).toBeGreaterThanOrEqual(0)
          expect(x + labelPx).toBeLessThanOrEqual(1800)
        }
        for (const lane of [0, 1, 2]) {
          const words = placed.filter((item) => item.lane === lane && item.labelPx > 0)
          for (const [index, item] of words.entries()) {
            const next = words[index + 1]
            if (next) expect(item.x + item.labelPx).toBeLessThan(next.x)
          }
        }
      }),
    )
  })

  it('turns a place on the line into its moment and back', () => {
    const span = spanOf([], 'known', now)
    expect(span.to - span.from).toBeGreaterThanOrEqual(30 * minuteMs)
    for (const share of [0, 0.25, 1]) expect(shareOf(momentAt(share, span), span)).toBeCloseTo(share, 4)
    expect(momentAt(7, span)).toBe(Math.round(span.to))
  })

  it('stands its ticks on full hours and midnights of Shanghai', () => {
    expect(ticksOf({ from: now - 10 * hourMs, to: now }, 12).every((at) => wallClock(at).minute === 0)).toBe(true)
    const days = ticksOf({ from: now - 240 * hourMs, to: now }, 12)
    expect(days.map((at) => wallClock(at).hour)).toEqual(days.map(() => 0))
    expect(days).toHaveLength(10)
  })

  it('marks what was entered more than a quarter of an hour late', () => {
    const entry: TimelineEntry = { id: 'a', kind: 'report', title: '', who: '', knownAt: now, happenedAt: now - 15 * minuteMs }
    expect(isLate(entry)).toBe(false)
    expect(isLate({ ...entry, happenedAt: now - 15 * minuteMs - 1 })).toBe(true)
  })
})
