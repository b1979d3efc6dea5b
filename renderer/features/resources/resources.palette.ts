// The palette's way to any resource, by words or pinyin initials.
import { ResourceFilter } from '../../../native/contract/index.ts'
import type { PaletteItem, PaletteSource } from '../../app/feature.ts'
import { t } from '../../app/i18n.ts'
import { rpc } from '../../app/rpc.ts'
import { useSession } from '../../app/session.ts'

const search: PaletteSource = async (query) => {
  if (query === '' || !useSession().can('resources.read')) return []
  const { rows } = await rpc.resources.list.query({ filter: ResourceFilter.parse({ query: query.slice(0, 120) }), offset: 0, limit: 8 })
  return rows.map((row): PaletteItem => {
    const detail = [t(`resources.kind.${row.kind}`), row.areaName, row.isSample ? t('resources.sample') : null].filter((word) => word !== null).join(' · ')
    return { id: row.id, kind: 'resource', title: row.name, detail, ...(row.asOf === null ? {} : { at: row.asOf }), to: { name: 'resource', params: { id: row.id } } }
  })
}
export default search
