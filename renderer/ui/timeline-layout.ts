// What a time line is made of: its entries, the span shown, moments and their share of it, ticks. Pure.
import type { EpochMs } from '../../native/contract/index.ts'
import { dayMs, hourMs, minuteMs } from './time-words.ts'

export type TimelineKind = 'report' | 'order' | 'alarm' | 'send' | 'response' | 'other'

/** One entry of the journal as the time line shows it. */
export interface TimelineEntry {
  id: string
  kind: TimelineKind
  /** One line: what was done. */
  title: string
  /** Who did it. */
  who: string
  /** When this station wrote it. */
  knownAt: EpochMs
  /** When it happened; null = only the clock of the entry is known. */
  happenedAt: EpochMs | null
}

export type TimelineOrder = 'happened' | 'known'

/** 补录: entered this long after it happened. */
const lateAfterMs = 15 * minuteMs

export function momentOf(entry: TimelineEntry, by: TimelineOrder): EpochMs {
  return by === 'happened' ? (entry.happenedAt ?? entry.knownAt) : entry.knownAt
}

export function isLate(entry: TimelineEntry): boolean {
  return entry.happenedAt !== null && entry.knownAt - entry.happenedAt > lateAfterMs
}

export interface Span {
  from: EpochMs
  to: EpochMs
}

/** From a little before the first entry to now; never less than half an hour. */
export function spanOf(entries: readonly TimelineEntry[], by: TimelineOrder, now: EpochMs): Span {
  const first = entries.reduce((least, entry) => Math.min(least, momentOf(entry, by)), now)
  const from = Math.min(first, now - 30 * minuteMs)
  // Room at the right for the words of what has just happened.
  return { from: from - (now - from) * 0.02, to: now + (now - from) * 0.14 }
}

/** Share of the span, 0 … 1. */
export function shareOf(at: EpochMs, { from, to }: Span): number {
  return (at - from) / (to - from)
}

export function momentAt(share: number, { from, to }: Span): EpochMs {
  return Math.round(from + Math.max(0, Math.min(1, share)) * (to - from))
}

const steps = [
  minuteMs,
  5 * minuteMs,
  10 * minuteMs,
  30 * minuteMs,
  hourMs,
  2 * hourMs,
  6 * hourMs,
  12 * hourMs,
  dayMs,
  2 * dayMs,
  7 * dayMs,
  30 * dayMs,
]

/** Full moments of the wall clock, as many as fit `count`. */
export function ticksOf({ from, to }: Span, count: number): EpochMs[] {
  const step = steps.find((candidate) => (to - from) / candidate <= count) ?? Math.ceil((to - from) / count / dayMs) * dayMs
  // Midnight in Shanghai is 16:00 UTC; steps of a day count from there.
  const zone = 8 * hourMs
  const ticks: EpochMs[] = []
  for (let at = Math.ceil((from + zone) / step) * step - zone; at <= to; at += step) ticks.push(at)
  return ticks
}
