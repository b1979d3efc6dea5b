// The page's addresses: every feature's routes, and the way to set-up or sign-in while nobody is in.
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import type { SessionState } from '../../native/contract/index.ts'
import type { RailEntry } from './feature.ts'
import { featureRoutes } from './features.ts'
import { useSession } from './session.ts'

export interface RailItem extends RailEntry {
  name: string
  path: string
  permission: string | undefined
}

/** What stands on the rail, in order. */
export const railItems: (RailItem & { route: RouteRecordRaw })[] = featureRoutes
  .flatMap((route) =>
    route.meta?.rail ? [{ ...route.meta.rail, name: String(route.name), path: route.path, permission: route.meta.permission, route }] : [],
  )
  .sort((a, b) => a.order - b.order)

export const router = createRouter({
  history: createWebHistory('/'),
  routes: [
    { path: '/', name: 'home', redirect: () => railItems.find(mayOpen)?.path ?? '/globe' },
    { path: '/globe', name: 'globe', components: {} },
    ...featureRoutes,
    { path: '/:rest(.*)*', name: 'lost', component: () => import('./frame/LostPage.vue'), meta: { titleKey: 'app.lost.title' } },
  ],
})

export function mayOpen(item: { route: RouteRecordRaw }): boolean {
  const permission = item.route.meta?.permission
  return permission === undefined || useSession().can(permission)
}

/** Where somebody must go before anything else: routes that the accounts feature brings; null = nowhere. */
function neededRoute(state: SessionState): 'setup' | 'sign-in' | 'new-password' | null {
  if (state.person === null) return state.setup.stage === 'first-account' ? 'setup' : 'sign-in'
  return state.person.mustChangePassword ? 'new-password' : null
}

router.beforeEach(async (to) => {
  const session = useSession()
  const needed = neededRoute(session.state ?? (await session.refresh()))
  if (needed === null) return to.meta.isOpen === true ? { path: '/' } : true
  if (to.name === needed || (to.meta.isOpen === true && needed === 'sign-in')) return true
  return { name: needed, query: to.path === '/' ? {} : { next: to.fullPath } }
})
