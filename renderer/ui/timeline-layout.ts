// Where the entries of a time line stand: the span shown, its ticks, and which lane each entry takes. Pure.
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

export interface Placed {
  entry: TimelineEntry
  /** Pixels from the left. */
  x: number
  lane: number
  /** Room for the words; 0 = only the mark is drawn. */
  labelPx: number
}

/**
 * Gives every entry a mark at its moment, and words to as many as fit: each takes the first lane that is free from its mark on.
 * @param widthPx of the line; `lanes` how many rows of words there are
 */
export function placeEntries(
  entries: readonly TimelineEntry[],
  options: { by: TimelineOrder; span: Span; widthPx: number; lanes: number; labelOf: (entry: TimelineEntry) => number },
): Placed[] {
  const { by, span, widthPx, lanes, labelOf } = options
  const freeFrom = Array.from({ length: lanes }, () => 0)
  const sorted = [...entries].sort((a, b) => momentOf(a, by) - momentOf(b, by) || a.knownAt - b.knownAt)
  return sorted.map((entry) => {
    const x = shareOf(momentOf(entry, by), span) * widthPx
    const wanted = Math.min(labelOf(entry), widthPx - x)
    const lane = freeFrom.findIndex((free) => free <= x)
    if (lane === -1 || wanted < 40) {
      const least = freeFrom.indexOf(Math.min(...freeFrom))
      return { entry, x, lane: Math.max(0, lane === -1 ? least : lane), labelPx: 0 }
    }
    freeFrom[lane] = x + wanted + 12
    return { entry, x, lane, labelPx: wanted }
  })
}
