// Lays the clocks of an incident out: one block a recipient, one line a report; the strictest of several rules stands for them. Pure.
import { type Clock, compareClocks, isClockOpen } from '../../../native/contract/index.ts'

export interface ClockLine {
  /** The clock that counts: the nearest open one, else the last that was met. */
  clock: Clock
  /** Other rules that ask for the same report. */
  others: Clock[]
}
export interface ClockGroup {
  recipient: Clock['recipient']
  lines: ClockLine[]
}

export function groupClocks(clocks: readonly Clock[]): ClockGroup[] {
  const groups = new Map<string, { recipient: Clock['recipient']; lines: Map<string, Clock[]> }>()
  for (const clock of clocks) {
    const group = groups.get(clock.recipient.key) ?? { recipient: clock.recipient, lines: new Map<string, Clock[]>() }
    const line = `${clock.means}/${clock.stage}/${isClockOpen(clock) ? 'open' : 'shut'}`
    group.lines.set(line, [...(group.lines.get(line) ?? []), clock])
    groups.set(clock.recipient.key, group)
  }
  return [...groups.values()]
    .map(({ recipient, lines }) => ({ recipient, lines: [...lines.values()].flatMap(lineOf).sort((a, b) => compareLines(a.clock, b.clock)) }))
    .sort((a, b) => compareGroups(a, b))
}

function lineOf(clocks: Clock[]): ClockLine[] {
  const sorted = [...clocks].sort(compareClocks)
  const first = sorted[0]
  if (first === undefined) return []
  if (isClockOpen(first)) return [{ clock: first, others: sorted.slice(1) }]
  // Done: one line for each piece of evidence, waiver or end.
  const shown = new Map<string, Clock[]>()
  for (const clock of sorted) {
    const key = clock.evidence?.source.row ?? clock.waiver?.reason ?? clock.ended ?? ''
    shown.set(key, [...(shown.get(key) ?? []), clock])
  }
  return [...shown.values()].flatMap(([clock, ...others]) => (clock === undefined ? [] : [{ clock, others }]))
}

/** Open before done, then by limit. */
function compareLines(a: Clock, b: Clock): number {
  return Number(isClockOpen(b)) - Number(isClockOpen(a)) || compareClocks(a, b)
}
function compareGroups(a: ClockGroup, b: ClockGroup): number {
  const [first, other] = [a.lines[0]?.clock, b.lines[0]?.clock]
  return first === undefined || other === undefined ? 0 : compareLines(first, other)
}
