// The address of the table of limits, at the foot of the rail.
import { Timer } from '@element-plus/icons-vue'
import type { FeatureRoutes } from '../../app/feature.ts'

const routes: FeatureRoutes = [
  {
    path: '/clocks',
    name: 'clocks',
    component: () => import('./ClocksPage.vue'),
    meta: { permission: 'clocks.read', rail: { icon: Timer, order: 65, titleKey: 'clocks.title', part: 'foot' } },
  },
]
export default routes
