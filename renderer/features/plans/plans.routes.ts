// Addresses of plans: the library with its search, one plan with its structure beside the text.
import { Memo } from '@element-plus/icons-vue'
import type { FeatureRoutes } from '../../app/feature.ts'

const list = () => import('./PlanLibrary.vue')
const routes: FeatureRoutes = [
  {
    path: '/plans',
    name: 'plans',
    components: { list },
    meta: { permission: 'plans.read', rail: { icon: Memo, order: 30, titleKey: 'plans.title' } },
  },
  {
    path: '/plans/:id/:version?',
    name: 'plan',
    components: { list, default: () => import('./PlanReader.vue'), context: () => import('./PlanParts.vue') },
    meta: { permission: 'plans.read', titleKey: 'plans.title' },
  },
]
export default routes
