// Where the entries of a time line stand: rows of words that never cover one another, and counted heaps for what finds no room. Pure.
import { momentOf, shareOf, type Span, type TimelineEntry, type TimelineOrder } from './timeline-layout.ts'

/** Between two boxes of a row. */
export const gapPx = 8
/** Least room of an entry: its mark, its time and a word or two. */
export const leastWordsPx = 104
/** Room of a heap: `+12`. */
export const heapPx = 46

/** `x` and `widthPx` from the left of the line; rows from the top. */
interface Place {
  x: number
  row: number
  widthPx: number
}
export type TimelineBox = (Place & { kind: 'entry'; entry: TimelineEntry }) | (Place & { kind: 'heap'; entries: TimelineEntry[] })

/**
 * Every entry stands with words at its moment, or is counted in a heap near it. Where all find room there is no heap; else heaps have the last row.
 * A neighbour's words are cut, down to `leastWordsPx`, before an entry goes to a heap.
 * @returns from left to right, then from top to bottom
 */
export function layEntries(
  entries: readonly TimelineEntry[],
  options: { by: TimelineOrder; span: Span; widthPx: number; rows: number; wordsPx: (entry: TimelineEntry) => number },
): TimelineBox[] {
  const { by, span, widthPx, rows, wordsPx } = options
  const sorted = [...entries].sort((a, b) => momentOf(a, by) - momentOf(b, by) || a.knownAt - b.knownAt)
  const xOf = (entry: TimelineEntry, leastPx: number) => Math.max(0, Math.min(shareOf(momentOf(entry, by), span) * widthPx, widthPx - leastPx))
  const wanted = (entry: TimelineEntry) => Math.max(leastWordsPx, wordsPx(entry))
  const stand = (rowCount: number) => standInRows(sorted, { xOf: (entry) => xOf(entry, leastWordsPx), wanted, widthPx, rowCount })

  const all = stand(rows)
  if (all.over.length === 0) return inOrder(all.boxes)
  const some = stand(rows - 1)
  return inOrder([...some.boxes, ...heapsOf(some.over, { xOf: (entry) => xOf(entry, heapPx), row: rows - 1, widthPx })])
}

function standInRows(
  sorted: readonly TimelineEntry[],
  options: { xOf: (entry: TimelineEntry) => number; wanted: (entry: TimelineEntry) => number; widthPx: number; rowCount: number },
): { boxes: TimelineBox[]; over: TimelineEntry[] } {
  const { xOf, wanted, widthPx, rowCount } = options
  const lastOf: (TimelineBox | undefined)[] = Array.from({ length: rowCount }, () => undefined)
  const boxes: TimelineBox[] = []
  const over: TimelineEntry[] = []
  for (const entry of sorted) {
    const x = xOf(entry)
    /** What would be left to the last of a row if this entry stood behind it. */
    const leftTo = (row: number) => x - gapPx - (lastOf[row]?.x ?? -Infinity)
    const free = lastOf.findIndex((last, row) => last === undefined || last.widthPx <= leftTo(row))
    const row = free === -1 ? roomiest(lastOf.length, leftTo) : free
    if (row === -1) {
      over.push(entry)
      continue
    }
    const last = lastOf[row]
    if (last !== undefined) last.widthPx = Math.min(last.widthPx, leftTo(row))
    const box: TimelineBox = { kind: 'entry', entry, x, row, widthPx: Math.min(wanted(entry), widthPx - x) }
    lastOf[row] = box
    boxes.push(box)
  }
  return { boxes, over }
}

/** The row whose last keeps the most of its words, and enough of them; −1 = none. */
function roomiest(rowCount: number, leftTo: (row: number) => number): number {
  let best = -1
  for (let row = 0; row < rowCount; row += 1) if (leftTo(row) >= leastWordsPx && (best === -1 || leftTo(row) > leftTo(best))) best = row
  return best
}

function heapsOf(over: readonly TimelineEntry[], options: { xOf: (entry: TimelineEntry) => number; row: number; widthPx: number }): TimelineBox[] {
  const heaps: (Place & { kind: 'heap'; entries: TimelineEntry[] })[] = []
  for (const entry of over) {
    const x = options.xOf(entry)
    const last = heaps.at(-1)
    if (last !== undefined && x < last.x + heapPx + gapPx) last.entries.push(entry)
    else heaps.push({ kind: 'heap', entries: [entry], x, row: options.row, widthPx: Math.min(heapPx, options.widthPx) })
  }
  return heaps
}

function inOrder(boxes: TimelineBox[]): TimelineBox[] {
  return boxes.sort((a, b) => a.x - b.x || a.row - b.row)
}
