// The time line's rows: no two boxes cover each other, every entry is shown or counted, heaps only where there is no room.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromWallClock, hourMs, minuteMs } from './time-words.ts'
import { momentOf, shareOf, spanOf, type TimelineEntry } from './timeline-layout.ts'
import { gapPx, layEntries, leastWordsPx, type TimelineBox } from './timeline-rows.ts'

const now = fromWallClock({ year: 2026, month: 11, day: 24, hour: 15, minute: 42 })
const anEntry = (id: string, ago: number): TimelineEntry => ({ id, kind: 'other', title: id, who: '', knownAt: now - ago, happenedAt: null })
const entries = fc
  .array(
    // As in a night: most within minutes of one another, some long before.
    fc.oneof(fc.nat(2 * minuteMs), fc.nat(20 * minuteMs), fc.nat(30 * hourMs)),
    { maxLength: 80 },
  )
  .map((agos) => agos.map((ago, index) => anEntry(String(index), ago)))

const idsOf = (boxes: readonly TimelineBox[]) =>
  boxes.flatMap((box) => (box.kind === 'entry' ? [box.entry.id] : box.entries.map((entry) => entry.id)))
function lay(list: readonly TimelineEntry[], over: { widthPx?: number; rows?: number; wordsPx?: () => number } = {}) {
  const span = spanOf(list, 'known', now)
  return { span, boxes: layEntries(list, { by: 'known', span, widthPx: 1500, rows: 4, wordsPx: () => 260, ...over }) }
}

describe('rows of the time line', () => {
  it('never cover one another, stay inside, and show or count every entry once', () => {
    fc.assert(
      fc.property(
        entries,
        fc.integer({ min: 300, max: 3800 }),
        fc.integer({ min: 2, max: 5 }),
        fc.integer({ min: 40, max: 340 }),
        (list, widthPx, rows, words) => {
          const { boxes } = lay(list, { widthPx, rows, wordsPx: () => words })
          expect(idsOf(boxes).sort()).toEqual(list.map((entry) => entry.id).sort())
          for (let row = 0; row < rows; row += 1) {
            const inRow = boxes.filter((box) => box.row === row)
            for (const [index, box] of inRow.entries()) {
              expect(box.x).toBeGreaterThanOrEqual(0)
              expect(box.x + box.widthPx).toBeLessThanOrEqual(widthPx + 1e-6)
              const next = inRow[index + 1]
              if (next !== undefined) expect(box.x + box.widthPx + gapPx).toBeLessThanOrEqual(next.x + 1e-6)
              if (box.kind === 'entry') expect(box.widthPx).toBeGreaterThanOrEqual(leastWordsPx - 1e-6)
              else expect(box.row).toBe(rows - 1)
            }
          }
          expect(boxes.every((box) => box.row >= 0 && box.row < rows)).toBe(true)
        },
      ),
    )
  })

  it('stand at their moments, a heap at its first', () => {
    fc.assert(
      fc.property(entries, (list) => {
        const { span, boxes } = lay(list)
        for (const box of boxes) {
          const first = box.kind === 'entry' ? box.entry : box.entries[0]!
          // Only so near the right edge that its words would not fit does one stand before its moment.
          const at = shareOf(momentOf(first, 'known'), span) * 1500
          expect(box.x).toBeLessThanOrEqual(at + 1e-6)
          if (at < 1500 - leastWordsPx) expect(box.x).toBeCloseTo(at, 6)
        }
      }),
    )
  })

  it('twenty acts of one minute: three in words, the rest counted beneath them', () => {
    const { boxes } = lay(Array.from({ length: 20 }, (_, index) => anEntry(String(index), index * 1_000)))
    expect(boxes.filter((box) => box.kind === 'entry')).toHaveLength(3)
    expect(boxes.flatMap((box) => (box.kind === 'heap' ? [box.entries.length] : []))).toEqual([17])
  })

  it('makes no heap where all have room, and cuts words before it heaps', () => {
    expect(lay([anEntry('a', 0), anEntry('b', 0), anEntry('c', 0), anEntry('d', 0)]).boxes.every((box) => box.kind === 'entry')).toBe(true)
    const tight = lay(
      [20, 12, 4].map((minutes) => anEntry(String(minutes), minutes * minuteMs)),
      { rows: 1, widthPx: 1000, wordsPx: () => 340 },
    )
    expect(tight.boxes.map((box) => box.kind)).toEqual(['entry', 'entry', 'entry'])
    expect(tight.boxes[0]!.widthPx).toBeLessThan(340)
  })
})
