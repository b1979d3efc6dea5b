// The watch in the palette: its pages, a line for the log, what the log says.
import type { PaletteItem, PaletteSource } from '../../app/feature.ts'
import { t } from '../../app/i18n.ts'
import { matches } from '../../app/palette.ts'
import { rpc } from '../../app/rpc.ts'
import { useSession } from '../../app/session.ts'
import { dayOf } from '../../../native/contract/index.ts'
import { useQuickLine } from './quick-line.ts'

const pages = ['duty-log', 'duty-roster', 'duty-digest', 'duty-handovers'] as const
const titleKeys: Record<(typeof pages)[number], string> = {
  'duty-log': 'duty.nav.log',
  'duty-roster': 'duty.nav.roster',
  'duty-digest': 'duty.nav.digest',
  'duty-handovers': 'duty.nav.handovers',
}
const linesShown = 4

const search: PaletteSource = async (query) => {
  const session = useSession()
  if (!session.can('duty.read')) return []
  const items: PaletteItem[] = []
  if (session.can('duty.write')) {
    if (query === '' || matches(query, t('duty.log.begin')))
      items.push({ id: 'line', kind: 'action', title: t('duty.log.begin'), detail: 'F4', rank: 5, run: () => useQuickLine().open() })
    if (query !== '' && matches(query, t('duty.handover.title')))
      items.push({ id: 'handover', kind: 'action', title: t('duty.handover.title'), to: { name: 'duty' } })
  }
  if (query === '') return items
  for (const name of pages) {
    const title = t(titleKeys[name])
    if (matches(query, title)) items.push({ id: name, kind: 'page', title, to: { name } })
  }
  const lines = query.length < 2 ? [] : await rpc.duty.log.query({ day: null, query: query.slice(0, 100), incident: null, limit: linesShown })
  for (const line of lines)
    items.push({
      id: line.id,
      kind: 'page',
      title: line.matter,
      detail: [t('duty.nav.log'), line.party].filter((part) => part !== '').join(' · '),
      rank: -1,
      at: line.happenedAt.at,
      to: { name: 'duty-log', params: { day: dayOf(line.happenedAt.at) } },
    })
  return items.slice(0, 10)
}
export default search
