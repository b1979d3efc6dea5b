// The time line in words: a state of an order names its unit, an act that is not known here keeps its own name.
import { expect, it } from 'vitest'
import type { TimelineItem } from '../../../native/contract/index.ts'
import { timelineEntries } from './timeline-entries.ts'

const item = (action: string, values: TimelineItem['values'], at: number): TimelineItem => ({
  entry: `s/centre/${at}`,
  action,
  who: '李值班',
  knownAt: at,
  happenedAt: null,
  values,
  words: null,
})
const t = (key: string) => key.split('_').at(-1) ?? key

it('names the unit of each state of an order', () => {
  const items = [
    item('tasks.issued', { task: 'a', unit: '样例一队', state: 'issued' }, 1),
    item('tasks.issued', { task: 'b', unit: '样例二队', state: 'issued' }, 2),
    item('tasks.signed', { task: 'b', state: 'signed' }, 3),
    item('tasks.arrived', { task: 'a', state: 'arrived' }, 4),
    item('incidents.report', { title: '氯气泄漏' }, 5),
    item('novelties.made', {}, 6),
  ]
  const titles = timelineEntries(items, t, (key) => !key.includes('novelties')).map((entry) => entry.title)
  expect(titles).toEqual(['issued 样例一队', 'issued 样例二队', 'signed 样例二队', 'arrived 样例一队', 'report 氯气泄漏', 'novelties.made'])
})
