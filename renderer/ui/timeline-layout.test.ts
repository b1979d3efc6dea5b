// The time line's measure: places and moments, ticks on full moments, what counts as entered late.
import { describe, expect, it } from 'vitest'
import { fromWallClock, hourMs, minuteMs, wallClock } from './time-words.ts'
import { isLate, momentAt, shareOf, spanOf, ticksOf, type TimelineEntry } from './timeline-layout.ts'

const now = fromWallClock({ year: 2026, month: 11, day: 24, hour: 15, minute: 42 })

describe('time line', () => {
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
