// Address of the health page.
import { Monitor } from '@element-plus/icons-vue'
import type { FeatureRoutes } from '../../app/feature.ts'

const routes: FeatureRoutes = [
  {
    path: '/station',
    name: 'station',
    component: () => import('./StationPage.vue'),
    meta: {
      permission: 'station.read',
      isOpenWhileLocked: true,
      titleKey: 'station.title',
      rail: { icon: Monitor, order: 95, titleKey: 'station.title', part: 'foot' },
    },
  },
]
export default routes
