// Lock, sign out and one's own page from the palette.
import { t } from '../../app/i18n.ts'
import { matches } from '../../app/palette.ts'
import type { PaletteSource } from '../../app/feature.ts'
import { lockNow, signOut } from './accounts.api.ts'

const source: PaletteSource = async (query) =>
  [
    { id: 'lock', kind: 'action' as const, title: t('accounts.lock.now'), run: lockNow },
    { id: 'me', kind: 'page' as const, title: t('accounts.own.title'), to: { name: 'me' } },
    { id: 'sign-out', kind: 'action' as const, title: t('accounts.signOut'), run: signOut },
  ].filter((item) => matches(query, item.title))
export default source
