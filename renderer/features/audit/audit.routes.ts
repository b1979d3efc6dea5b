// Address of the audit list.
import { Memo } from '@element-plus/icons-vue'
import type { FeatureRoutes } from '../../app/feature.ts'

const routes: FeatureRoutes = [
  {
    path: '/audit',
    name: 'audit',
    component: () => import('./AuditPage.vue'),
    meta: { permission: 'audit.read', rail: { icon: Memo, order: 90, titleKey: 'audit.title', part: 'foot' } },
  },
]
export default routes
