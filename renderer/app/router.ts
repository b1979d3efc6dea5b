// The page's addresses: every feature's routes, and the way to set-up or sign-in while nobody is in.
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
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

/** Routes that the accounts feature must bring. */
const setupRoute = 'setup'
const signInRoute = 'sign-in'
const newPasswordRoute = 'new-password'

router.beforeEach(async (to) => {
  const session = useSession()
  const state = session.state ?? (await session.refresh())
  const entrance = state.setup.stage === 'first-account' ? setupRoute : signInRoute
  const needed = state.person === null ? entrance : state.person.mustChangePassword ? newPasswordRoute : null
  if (needed !== null && to.name !== needed && to.meta.isOpen !== true) return { name: needed, query: { next: to.fullPath } }
  if (needed === null && (to.name === setupRoute || to.name === signInRoute || to.name === newPasswordRoute)) return { path: '/' }
  return true
})
