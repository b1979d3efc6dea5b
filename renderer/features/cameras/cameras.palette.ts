// In the palette: point at the ground and get the cameras that see it; open one by its name or pinyin initials.
import type { PaletteItem, PaletteSource } from '../../app/feature.ts'
import { t } from '../../app/i18n.ts'
import { matches } from '../../app/palette.ts'
import { router } from '../../app/router.ts'
import { rpc } from '../../app/rpc.ts'
import { useSession } from '../../app/session.ts'
import { openCamera } from './chosen.ts'

const search: PaletteSource = async (query) => {
  if (!useSession().can('cameras.read')) return []
  const items: PaletteItem[] = []
  if (query !== '' && matches(query, t('cameras.seeing.title')))
    items.push({ id: 'seeing', kind: 'action', title: t('cameras.seeing.title'), detail: t('cameras.seeing.detail'), to: { name: 'cameraSeeing' } })
  if (query === '') return items
  const rows = await rpc.cameras.list.query({ query: query.slice(0, 120) })
  for (const row of rows.slice(0, 8))
    items.push({
      id: row.id,
      kind: 'place',
      title: row.name,
      detail: [t('cameras.title'), row.areaName, row.owner].filter(Boolean).join(' · '),
      run: async () => {
        openCamera(row.id)
        await router.push({ name: 'cameras' })
      },
    })
  return items
}

export default search
