// Address of erasing personal data.
import { Hide } from '@element-plus/icons-vue'
import type { FeatureRoutes } from '../../app/feature.ts'

const routes: FeatureRoutes = [
  {
    path: '/erasures',
    name: 'erasures',
    component: () => import('./ErasuresPage.vue'),
    meta: { permission: 'journal.erase', rail: { icon: Hide, order: 88, titleKey: 'erasures.title', part: 'foot' } },
  },
]
export default routes
