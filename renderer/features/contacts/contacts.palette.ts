// The palette's way to any unit or person of the 通讯录: words, digits, pinyin, initials; and the calls, the papers.
import type { PaletteItem, PaletteSource } from '../../app/feature.ts'
import { t } from '../../app/i18n.ts'
import { matches } from '../../app/palette.ts'
import { rpc } from '../../app/rpc.ts'
import { useSession } from '../../app/session.ts'
import { homeless } from './unit-tree.ts'

const pages = [
  { name: 'contacts-calls', titleKey: 'contacts.calls.all' },
  { name: 'contacts-print', titleKey: 'contacts.print.book' },
  { name: 'contacts-intake-sheet', titleKey: 'contacts.print.sheet' },
]
const most = 8

const search: PaletteSource = async (query) => {
  if (query === '' || !useSession().can('contacts.read')) return []
  const hits = await rpc.contacts.search.query({ query: query.slice(0, 80), limit: most })
  const found = hits.map((hit): PaletteItem => {
    const detail = [hit.telephone, hit.detail, hit.isWrong ? t('contacts.doubt.wrong') : null, hit.isSample ? t('contacts.sample') : null]
    return {
      id: hit.id,
      kind: 'contact',
      title: hit.title,
      detail: detail.filter((words) => words !== null && words !== '').join(' · '),
      to: { name: 'contacts-unit', params: { id: hit.unit ?? homeless }, query: hit.kind === 'contact' ? { contact: hit.id } : {} },
    }
  })
  const named = pages.filter(({ titleKey }) => matches(query, t(titleKey)))
  return [...named.map(({ name, titleKey }): PaletteItem => ({ id: name, kind: 'page', title: t(titleKey), to: { name } })), ...found].slice(0, 10)
}
export default search
