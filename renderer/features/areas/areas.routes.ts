// Address of the boundary import.
import { MapLocation } from '@element-plus/icons-vue'
import type { FeatureRoutes } from '../../app/feature.ts'

const routes: FeatureRoutes = [
  {
    path: '/areas/boundaries',
    name: 'area-boundaries',
    component: () => import('./BoundaryPage.vue'),
    meta: { permission: 'packs.write', rail: { icon: MapLocation, order: 75, titleKey: 'areas.title', part: 'foot' } },
  },
]
export default routes
