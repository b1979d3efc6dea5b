// The acts of a handover as the journal takes them: what was decided, who signed, which watch ended and which began. Pure.
import type { ActingPerson, CellValue, HandoverMatter, Watch, WatchPeople } from '../../contract/index.ts'
import type { Act } from '../../journal/types.ts'
import { newId } from '../../kernel/ids.ts'
import { matterId } from './handovers.repository.ts'
import type { ShiftOfDay } from './shifts.ts'

/** Matters an entry may carry and stay below 64 KiB. */
const mattersPerEntry = 25

export interface NextWatch {
  day: string
  shift: string
  people: WatchPeople
}
interface About {
  handover: string
  watch: string
  by: ActingPerson
  now: number
}

export function handoverAct(action: string, { handover, watch, by, set }: About & { set: Record<string, CellValue> }): Act {
  const subject = { dataset: 'dutyHandovers', row: handover }
  return { actor: by.account, action, subject, rows: [{ ...subject, set: { watch, ...set } }] }
}

/** Each matter as it stood when it was decided: the record says it also when its own room has gone on. */
export function matterActs(
  matters: readonly HandoverMatter[],
  { handover, by, now, action, check }: About & { action: string; check?: NonNullable<Act['check']> },
): Act[] {
  const subject = { dataset: 'dutyHandovers', row: handover }
  return Array.from({ length: Math.ceil(matters.length / mattersPerEntry) }, (_, index) => ({
    actor: by.account,
    action,
    subject,
    rows: matters.slice(index * mattersPerEntry, (index + 1) * mattersPerEntry).map((one) => ({
      dataset: 'dutyHandoverMatters',
      row: matterId(handover, one.matter),
      set: {
        handover,
        matter: one.matter,
        kind: one.kind,
        title: one.title,
        detail: one.detail,
        since: one.since,
        dueAt: one.dueAt,
        route: one.to,
        decision: one.decision,
        words: one.words,
        raised: one.raised,
        decidedAt: now,
        decidedByName: by.name,
      },
    })),
    ...(check === undefined || index > 0 ? {} : { check }),
  }))
}

/** The watch that begins, and the end of the former one. */
export function watchActs(options: {
  by: ActingPerson
  now: number
  shift: ShiftOfDay
  next: NextWatch
  former: Watch | null
  handover: string | null
  reason: string
}): { acts: Act[]; watch: string } {
  const { by, now, shift, next, former, handover, reason } = options
  const watch = newId()
  const subject = { dataset: 'dutyWatches', row: watch }
  const set = {
    day: next.day,
    shift: next.shift,
    shiftName: shift.shift.name,
    startsAt: shift.startsAt,
    endsAt: shift.endsAt,
    takenAt: now,
    takenBy: by.account,
    takenByName: by.name,
    people: next.people,
    handover,
    reason,
    endedAt: null,
  }
  const ended = former === null ? [] : [{ dataset: 'dutyWatches', row: former.id, set: { endedAt: now } }]
  return { watch, acts: [{ actor: by.account, action: 'duty.takeOver', subject, rows: [{ ...subject, set }, ...ended] }] }
}
