// What stands on the rail, in order; gives the router every feature's routes.
import type { RouteRecordRaw } from 'vue-router'
import type { RailEntry } from './feature.ts'
import { featureRoutes } from './features.ts'
import { router } from './router.ts'
import { useSession } from './session.ts'

export interface RailItem extends RailEntry {
  name: string
  path: string
  route: RouteRecordRaw
}

export const railItems: RailItem[] = featureRoutes
  .flatMap((route) => (route.meta?.rail ? [{ ...route.meta.rail, name: String(route.name), path: route.path, route }] : []))
  .sort((a, b) => a.order - b.order)

export function mayOpen(item: RailItem): boolean {
  const permission = item.route.meta?.permission
  return permission === undefined || useSession().can(permission)
}

/** What this person may open, in order, the first nine with their key. */
export function offeredItems(): (RailItem & { combo: string | null })[] {
  return railItems.filter(mayOpen).map((item, index) => ({ ...item, combo: index < 9 ? `Alt+${index + 1}` : null }))
}

/** Before the router is used; `/` leads to the first page on the rail that the person may open. */
export function addFeatureRoutes(): void {
  for (const route of featureRoutes) router.addRoute(route)
  // Decided on entering, when it is known who sits here.
  router.addRoute({ path: '/', name: 'home', components: {}, beforeEnter: () => railItems.find(mayOpen)?.path ?? '/globe' })
}
