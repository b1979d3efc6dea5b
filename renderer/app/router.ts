// The page's router, with the way to set-up or sign-in while nobody is in. It knows no feature (features import it); `rail.ts` adds their routes.
import { ElMessage } from 'element-plus'
import { createRouter, createWebHistory } from 'vue-router'
import type { Permission, SessionState } from '../../native/contract/index.ts'
import { t } from './i18n.ts'
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
// A station that is gone has no new page to give: the open one stays, with whatever was typed into it.
router.onError(async (error: unknown, to) => {
  const isUnfetched = error instanceof TypeError && /dynamically imported module|module script/.test(error.message)
  if (!isUnfetched) return
  const isThere = await fetch('/health', { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  )
  const reloadedAt = Number(window.sessionStorage.getItem(reloadedKey) ?? 0)
  if (!isThere || Date.now() - reloadedAt < reloadAgainMs) {
    ElMessage.warning(t('app.lost.notFetched'))
    return
  }
  window.sessionStorage.setItem(reloadedKey, String(Date.now()))
  window.location.assign(to.fullPath)
})

/** Fetches the code of every page that may be opened, one after another while nothing else is done, so that a lost station leaves none unreachable. */
export async function fetchAhead(mayOpen: (permission: Permission | undefined) => boolean): Promise<void> {
  for (const { components, meta } of router.getRoutes().filter((route) => mayOpen(route.meta.permission))) {
    for (const view of Object.values(components ?? {})) {
      await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 10_000 }))
      // A page whose code cannot be fetched now is fetched when it is opened, and says so then.
      if (isLazy(view)) await view().catch((error: unknown) => console.warn(`page ${meta.titleKey ?? ''} not fetched ahead`, error))
    }
  }
}

function isLazy(view: unknown): view is () => Promise<unknown> {
  return typeof view === 'function'
}

router.beforeEach(async (to) => {
  if (to.meta.isForAnybody === true) return true
  const session = useSession()
  const needed = neededRoute(session.state ?? (await session.refresh()))
  if (needed === null) return to.meta.isOpen === true ? { path: '/' } : true
  if (to.name === needed || (to.meta.isOpen === true && needed === 'sign-in')) return true
  return { name: needed, query: to.path === '/' ? {} : { next: to.fullPath } }
})
