// Who did what to the link stands in the journal of this console, and goes nowhere.
import type { LocalJournal } from '../../journal/journal.ts'

export type LinkNote = (action: string, actor: string, note: Record<string, string | number | null>) => Promise<void>

export function linkNote(journal: Pick<LocalJournal, 'station' | 'write'>): LinkNote {
  return async (action, actor, note) => {
    const subject = { dataset: 'stations', row: journal.station }
    await journal.write({ actor, action, subject, rows: [], scope: 'self', note })
  }
}
