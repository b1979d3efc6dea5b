// The page's router, with the way to set-up or sign-in while nobody is in. It knows no feature (features import it); `rail.ts` adds their routes.
import { createRouter, createWebHistory } from 'vue-router'
import type { SessionState } from '../../native/contract/index.ts'
import { useSession } from './session.ts'

export const router = createRouter({
  history: createWebHistory('/'),
  routes: [
    { path: '/globe', name: 'globe', components: {} },
    { path: '/:rest(.*)*', name: 'lost', component: () => import('./frame/LostPage.vue'), meta: { titleKey: 'app.lost.title' } },
  ],
})

/** Where somebody must go before anything else: routes that the accounts feature brings; null = nowhere. */
function neededRoute(state: SessionState): 'setup' | 'sign-in' | 'new-password' | null {
  if (state.person === null) return state.setup.stage === 'first-account' ? 'setup' : 'sign-in'
  return state.person.mustChangePassword ? 'new-password' : null
}

const reloadedKey = 'wanglou.reloadedAt'
const reloadAgainMs = 60_000

// The station was updated under the open page, which now asks for files of the former build: the new page is fetched, once.
router.onError((error: unknown, to) => {
  const isOldPage = error instanceof TypeError && /dynamically imported module|module script/.test(error.message)
  const reloadedAt = Number(window.sessionStorage.getItem(reloadedKey) ?? 0)
  if (!isOldPage || Date.now() - reloadedAt < reloadAgainMs) return
  window.sessionStorage.setItem(reloadedKey, String(Date.now()))
  window.location.assign(to.fullPath)
})

router.beforeEach(async (to) => {
  const session = useSession()
  const needed = neededRoute(session.state ?? (await session.refresh()))
  if (needed === null) return to.meta.isOpen === true ? { path: '/' } : true
  if (to.name === needed || (to.meta.isOpen === true && needed === 'sign-in')) return true
  return { name: needed, query: to.path === '/' ? {} : { next: to.fullPath } }
})
