// How a clock stands at a moment: nothing moves by itself, it is only said. Pure, shared by station and page.
import { ClockRecipient } from './clock-rules.ts'
import type { Clock } from './clocks.ts'
import type { EpochMs } from './scalars.ts'

/** `half` from half of its time on, `close` in the last five minutes; `met-late` = done, but after its limit. */
export type ClockPhase = 'running' | 'half' | 'close' | 'late' | 'met' | 'met-late' | 'waived' | 'ended'

const closeMs = 5 * 60_000

export function clockPhase(clock: Pick<Clock, 'from' | 'dueAt' | 'evidence' | 'waiver' | 'ended'>, now: EpochMs): ClockPhase {
  if (clock.evidence !== null) return clock.evidence.at.at > clock.dueAt ? 'met-late' : 'met'
  if (clock.waiver !== null) return 'waived'
  if (clock.ended !== null) return 'ended'
  if (now >= clock.dueAt) return 'late'
  if (now >= clock.dueAt - closeMs) return 'close'
  return now >= clock.from + (clock.dueAt - clock.from) / 2 ? 'half' : 'running'
}

/** Still waits for its evidence. */
export function isClockOpen(clock: Pick<Clock, 'evidence' | 'waiver' | 'ended'>): boolean {
  return clock.evidence === null && clock.waiver === null && clock.ended === null
}

/** The nearest open clock for each recipient, means and incident, nearest first: two rules for one report are one thing to do. */
export function nearestClocks(clocks: readonly Clock[]): Clock[] {
  const nearest = new Map<string, Clock>()
  for (const clock of clocks) {
    if (!isClockOpen(clock)) continue
    const key = `${clock.incident}/${clock.recipient.key}/${clock.means}`
    const known = nearest.get(key)
    if (known === undefined || compareClocks(clock, known) < 0) nearest.set(key, clock)
  }
  return [...nearest.values()].sort(compareClocks)
}

/** By limit; of one limit upward before sideways. */
export function compareClocks(a: Pick<Clock, 'dueAt' | 'id' | 'recipient'>, b: Pick<Clock, 'dueAt' | 'id' | 'recipient'>): number {
  const rank = (clock: Pick<Clock, 'recipient'>) => ClockRecipient.options.indexOf(clock.recipient.kind)
  return a.dueAt - b.dueAt || rank(a) - rank(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/** Whom a clock waits for: the officer at once, the 值班长 at its limit, the 带班领导 after a delay; who is missing is passed over. */
export function isClockFor(
  role: 'officer' | 'shift-leader' | 'watch-leader',
  clock: Pick<Clock, 'dueAt'>,
  now: EpochMs,
  on: { isOfficerOn: boolean; isShiftLeaderOn: boolean; escalateMinutes: number },
): boolean {
  if (role === 'officer') return true
  const isLate = now >= clock.dueAt
  if (role === 'shift-leader') return isLate || !on.isOfficerOn
  return now >= clock.dueAt + on.escalateMinutes * 60_000 || (isLate && !on.isShiftLeaderOn) || (!on.isOfficerOn && !on.isShiftLeaderOn)
}
