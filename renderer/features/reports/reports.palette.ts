// Reports in the palette: open one by its title or name, begin the day's digest.
import { v7 as newId } from 'uuid'
import type { PaletteItem, PaletteSource } from '../../app/feature.ts'
import { t } from '../../app/i18n.ts'
import { matches } from '../../app/palette.ts'
import { router } from '../../app/router.ts'
import { rpc } from '../../app/rpc.ts'
import { useSession } from '../../app/session.ts'
import { everyReport } from './reports.api.ts'
import { stateText } from './words.ts'

const search: PaletteSource = async (query) => {
  const session = useSession()
  if (!session.can('reports.read')) return []
  const items: PaletteItem[] = []
  if (session.can('reports.write') && query !== '' && matches(query, t('reports.begin.digest')))
    items.push({ id: 'digest', kind: 'action', title: t('reports.begin.digest'), run: beginDigest })
  if (session.can('reports.write') && query !== '' && matches(query, t('reports.begin.first'))) items.push(...(await firstReports()))
  if (query === '') return items
  const rows = await rpc.reports.list.query({ ...everyReport, limit: 200 })
  const found = rows.filter((row) => matches(query, `${row.name} ${row.title} ${row.incidentTitle ?? ''}`)).slice(0, 9)
  for (const row of found)
    items.push({
      id: row.id,
      kind: 'report',
      title: `${row.name}：${row.title}`,
      detail: stateText(row, t),
      at: row.stateAt,
      to: { name: 'report', params: { id: row.id } },
    })
  return items
}
export default search

/** Of the newest open incidents of which nothing was drafted yet. */
async function firstReports(): Promise<PaletteItem[]> {
  const open = await rpc.incidents.list.query({ query: '', informationState: null, grade: null, area: null, isOpen: true, limit: 20 })
  return open
    .filter(({ reportingState, isSample }) => reportingState === 'none' && !isSample)
    .slice(0, 3)
    .map(({ id, title, received }) => ({
      id: `first-${id}`,
      kind: 'action',
      title: t('reports.begin.of', { title }),
      ...(received === null ? {} : { at: received.at }),
      to: { name: 'incident', params: { id, tab: 'reports' }, query: { draft: '' } },
    }))
}

async function beginDigest(): Promise<void> {
  const id = newId()
  await rpc.reports.draft.mutate({ id, kind: 'digest', incident: null, about: null, corrects: null })
  await router.push({ name: 'report', params: { id } })
}
