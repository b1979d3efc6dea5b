// A line of the 值班日志 as it is typed: what the form holds, and what is sent.
import type { CallDirection, HappenedAt, LogWords } from '../../../native/contract/index.ts'
import type { SpokenTime } from '../../ui/spoken-time.ts'

export interface LineForm {
  /** Null = now, at the moment it is sent. */
  at: SpokenTime | null
  direction: CallDirection
  party: string
  matter: string
  result: string
  incident: string | null
  isNotable: boolean
}

export function emptyLine(incident: string | null = null): LineForm {
  return { at: null, direction: 'in', party: '', matter: '', result: '', incident, isNotable: false }
}

/** @param who name of whoever took it down */
export function lineOf(form: LineForm, who: string, now: number): LogWords {
  const at = form.at ?? { at: now, precision: 'exact' as const }
  const happenedAt: HappenedAt = { at: at.at, precision: at.precision, source: who }
  const { direction, incident, isNotable } = form
  return { happenedAt, direction, party: form.party.trim(), matter: form.matter.trim(), result: form.result.trim(), who, incident, isNotable }
}

export function formOf(words: LogWords): LineForm {
  const { direction, party, matter, result, incident, isNotable } = words
  return { at: { at: words.happenedAt.at, precision: words.happenedAt.precision }, direction, party, matter, result, incident, isNotable }
}
