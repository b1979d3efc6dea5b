// What an edited table would change for an incident: new limits, gone ones, moved ones. Pure.
import { type Clock, isClockOpen, type WhatIf } from '../../../native/contract/index.ts'

export interface WhatIfRow {
  /** The clock as it would be, or as it was when it would be gone. */
  clock: Clock
  change: 'same' | 'added' | 'gone' | 'moved'
  /** Its limit by the table as saved. */
  wasDueAt: number | null
}

/** Open clocks and those done, by the edited table, with what would no longer be; nearest first. */
export function compareTables({ before, after }: WhatIf): WhatIfRow[] {
  const was = new Map(before.map((clock) => [clock.id, clock]))
  const rows = after.map((clock): WhatIfRow => {
    const former = was.get(clock.id)
    const change = former === undefined ? 'added' : former.dueAt === clock.dueAt && former.recipient.key === clock.recipient.key ? 'same' : 'moved'
    return { clock, change, wasDueAt: former?.dueAt ?? null }
  })
  const now = new Set(after.map(({ id }) => id))
  const gone = before.filter(({ id }) => !now.has(id)).map((clock): WhatIfRow => ({ clock, change: 'gone', wasDueAt: clock.dueAt }))
  return [...rows, ...gone].sort((a, b) => Number(isClockOpen(b.clock)) - Number(isClockOpen(a.clock)) || a.clock.dueAt - b.clock.dueAt)
}
