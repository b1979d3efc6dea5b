// The lines of an incident's time line: a state of an order names the unit, which only the giving of the order was told. Pure.
import type { TimelineItem } from '../../../native/contract/index.ts'
import type { TimelineEntry } from '../../ui/timeline-layout.ts'
import type { Translate } from '../../ui/time-words.ts'
import { timelineEntry } from './words.ts'

export function timelineEntries(items: readonly TimelineItem[], t: Translate, te: (key: string) => boolean): TimelineEntry[] {
  const units = new Map(items.flatMap(({ values }) => (typeof values['unit'] === 'string' ? [[values['task'], values['unit']] as const] : [])))
  return items.map((item) => {
    const unit = units.get(item.values['task'])
    return timelineEntry(unit === undefined ? item : { ...item, values: { ...item.values, unit } }, t, te)
  })
}
