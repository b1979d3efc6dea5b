// Limits in the palette: the table, and the incidents whose limits run, nearest first.
import { nearestClocks } from '../../../native/contract/index.ts'
import type { PaletteItem, PaletteSource } from '../../app/feature.ts'
import { t } from '../../app/i18n.ts'
import { matches } from '../../app/palette.ts'
import { queryClient } from '../../app/queries.ts'
import { useSession } from '../../app/session.ts'
import { leftWords, recipientWords, reportWords } from './clock-words.ts'
import { openBoardQuery } from './clocks.api.ts'

const search: PaletteSource = async (query) => {
  if (!useSession().can('clocks.read')) return []
  const items: PaletteItem[] = []
  if (query !== '' && matches(query, `${t('clocks.title')} ${t('clocks.table.title')}`))
    items.push({ id: 'table', kind: 'page', title: t('clocks.table.title'), to: { name: 'clocks' } })
  if (query === '' || !matches(query, t('clocks.title'))) return items
  const board = await queryClient.fetchQuery({ ...openBoardQuery, staleTime: 5_000 })
  const now = Date.now()
  for (const clock of nearestClocks(board.clocks).slice(0, 9)) {
    items.push({
      id: clock.id,
      kind: 'action',
      title: `${reportWords(clock, t)} · ${recipientWords(clock, t)}`,
      detail: `${leftWords(clock, now, t)} · ${clock.incidentTitle}`,
      to: { name: 'incident', params: { id: clock.incident, tab: 'overview' } },
    })
  }
  return items
}
export default search
