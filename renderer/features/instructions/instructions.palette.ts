// 批示 in the palette: write one down, open one by its leader or words.
import type { PaletteItem, PaletteSource } from '../../app/feature.ts'
import { t } from '../../app/i18n.ts'
import { matches } from '../../app/palette.ts'
import { queryClient } from '../../app/queries.ts'
import { useSession } from '../../app/session.ts'
import { openInstructionsQuery } from './instructions.api.ts'

const search: PaletteSource = async (query) => {
  const session = useSession()
  const items: PaletteItem[] = []
  if (session.can('instructions.write') && query !== '' && matches(query, t('instructions.begin')))
    items.push({ id: 'new', kind: 'action', title: t('instructions.begin'), to: { name: 'instruction-new' } })
  if (query === '' || !session.can('instructions.read')) return items
  const rows = await queryClient.fetchQuery({ ...openInstructionsQuery, staleTime: 5_000 })
  for (const one of rows.filter((row) => matches(query, `${row.from} ${row.words} ${row.owner} ${t('instructions.title')}`)).slice(0, 9)) {
    items.push({
      id: one.id,
      kind: 'task',
      title: t('instructions.todo.title', { leader: one.from, words: one.words.slice(0, 60) }),
      detail: one.owner,
      at: one.givenAt.at,
      to: { name: 'instruction', params: { id: one.id } },
    })
  }
  return items
}
export default search
