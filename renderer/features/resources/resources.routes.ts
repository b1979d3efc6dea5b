// Addresses of resources: the list with the card, a new one, a change, the import.
import { Box } from '@element-plus/icons-vue'
import type { FeatureRoutes } from '../../app/feature.ts'

const list = () => import('./ResourceList.vue')
const routes: FeatureRoutes = [
  { path: '/resources/import', name: 'resource-import', components: { default: () => import('./ImportPage.vue') }, meta: { permission: 'resources.import', titleKey: 'resources.import.title' } },
  { path: '/resources/new', name: 'resource-new', components: { list, context: () => import('./ResourceForm.vue') }, meta: { permission: 'resources.write', titleKey: 'resources.add' } },
  { path: '/resources/:id/change', name: 'resource-change', components: { list, context: () => import('./ResourceForm.vue') }, meta: { permission: 'resources.write', titleKey: 'resources.change' } },
  { path: '/resources', name: 'resources', components: { list }, meta: { permission: 'resources.read', rail: { icon: Box, order: 30, titleKey: 'resources.title' } } },
  { path: '/resources/:id', name: 'resource', components: { list, context: () => import('./ResourceCard.vue') }, meta: { permission: 'resources.read', titleKey: 'resources.one' } },
]
export default routes
