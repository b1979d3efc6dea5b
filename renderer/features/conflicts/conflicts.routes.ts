// Addresses of the conflict inbox.
import { Switch } from '@element-plus/icons-vue'
import type { FeatureRoutes } from '../../app/feature.ts'

const routes: FeatureRoutes = [
  {
    path: '/conflicts',
    name: 'conflicts',
    component: () => import('./ConflictsPage.vue'),
    meta: { permission: 'conflicts.read', rail: { icon: Switch, order: 80, titleKey: 'conflicts.title', part: 'foot' } },
  },
]
export default routes
