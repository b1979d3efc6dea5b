// Incidents in the palette: begin a report, open one by its title or place.
import type { PaletteItem, PaletteSource } from '../../app/feature.ts'
import { t } from '../../app/i18n.ts'
import { matches } from '../../app/palette.ts'
import { rpc } from '../../app/rpc.ts'
import { useSession } from '../../app/session.ts'
import { useBeginReport } from './begin-report.ts'
import { everything } from './incidents.api.ts'

const search: PaletteSource = async (query) => {
  const session = useSession()
  const items: PaletteItem[] = []
  if (session.can('incidents.write') && (query === '' || matches(query, t('incidents.intake.begin')))) {
    items.push({ id: 'begin', kind: 'action', title: t('incidents.intake.begin'), detail: 'F2', rank: 10, run: useBeginReport() })
  }
  if (!session.can('incidents.read')) return items
  const rows = await rpc.incidents.list.query({ ...everything, query: query.slice(0, 100), isOpen: query === '' ? true : null, limit: 9 })
  for (const row of rows) {
    items.push({
      id: row.id,
      kind: 'incident',
      title: row.title,
      detail: [row.place, t(`incidents.information.${row.informationState}`)].join(' · '),
      rank: row.closedAt === null ? 1 : 0,
      ...(row.received === null ? {} : { at: row.received.at }),
      to: { name: 'incident', params: { id: row.id } },
    })
  }
  return items
}
export default search
