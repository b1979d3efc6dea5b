// Addresses of the layer tree.
import { MapLocation } from '@element-plus/icons-vue'
import type { FeatureRoutes } from '../../app/feature.ts'

const routes: FeatureRoutes = [
  {
    path: '/layers',
    name: 'layers',
    components: { list: () => import('./LayerPanel.vue') },
    meta: { permission: 'layers.read', rail: { icon: MapLocation, order: 60, titleKey: 'layers.title' }, isOpenWhileLocked: true },
  },
]
export default routes
