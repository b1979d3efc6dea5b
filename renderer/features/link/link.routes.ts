// Address of the link page.
import { Connection } from '@element-plus/icons-vue'
import type { FeatureRoutes } from '../../app/feature.ts'

const routes: FeatureRoutes = [
  {
    path: '/link',
    name: 'link',
    component: () => import('./LinkPage.vue'),
    meta: { permission: 'link.read', rail: { icon: Connection, order: 92, titleKey: 'link.title', part: 'foot' } },
  },
]
export default routes
