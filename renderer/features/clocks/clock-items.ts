// Limits as matters of 待办: one line an incident and means, for whoever they wait for at the moment. Pure.
import { type Clock, type ClockBoard, clockPhase, isClockFor, nearestClocks } from '../../../native/contract/index.ts'
import type { TodoItem } from '../../app/feature.ts'
import { spanWords, type Translate } from '../../ui/time-words.ts'
import { recipientWords, toneOf } from './clock-words.ts'

export type Asked = 'officer' | 'shift-leader' | 'watch-leader'

export function clockItems(board: ClockBoard, as: readonly Asked[], { now, t }: { now: number; t: Translate }): TodoItem[] {
  const on = { ...board, escalateMinutes: board.settings.escalateMinutes }
  const groups = new Map<string, Clock[]>()
  for (const clock of nearestClocks(board.clocks)) {
    if (!as.some((role) => isClockFor(role, clock, now, on))) continue
    const key = `${clock.incident}/${clock.means}/${clockPhase(clock, now) === 'late'}`
    groups.set(key, [...(groups.get(key) ?? []), clock])
  }
  return [...groups].flatMap(([key, clocks]) => item(key, clocks, { now, t }) ?? [])
}

const named = 3

function item(key: string, clocks: readonly Clock[], { now, t }: { now: number; t: Translate }): TodoItem | null {
  const first = clocks[0]
  if (first === undefined) return null
  const phase = clockPhase(first, now)
  const names = [...new Set(clocks.map((clock) => recipientWords(clock, t)))]
  const who = names.slice(0, named).join(t('app.listSeparator', {})) + (names.length > named ? t('clocks.todo.others', { count: names.length }) : '')
  const what = first.stage === 'first' ? `clocks.todo.${first.means}` : `clocks.todo.${first.stage}`
  // What was telephoned is no alarm: it says how late it is in words.
  const isQuiet = phase === 'late' && clocks.every((clock) => toneOf(clock, 'late') !== 'alarm')
  const late = isQuiet ? t('clocks.todo.toldLate', { span: spanWords(now - first.dueAt, t) }) : ''
  return {
    id: key,
    urgency: phase === 'late' || phase === 'close' || first.means === 'telephone' ? 'urgent' : phase === 'half' ? 'due' : 'open',
    title: t(what, { who }),
    detail: [first.isSample ? t('clocks.sample', {}) : '', late, first.incidentTitle].filter(Boolean).join(' · '),
    since: first.from,
    dueAt: isQuiet ? null : first.dueAt,
    to: { name: 'incident', params: { id: first.incident, tab: 'overview' } },
  }
}
