// Addresses of reports: the list, one opened, its print page, how the centre signs and sends.
import { Document } from '@element-plus/icons-vue'
import type { FeatureRoutes } from '../../app/feature.ts'

const list = () => import('./ReportList.vue')
const routes: FeatureRoutes = [
  {
    path: '/reports',
    name: 'reports',
    components: { list },
    meta: { permission: 'reports.read', rail: { icon: Document, order: 30, titleKey: 'reports.title' }, isOpenWhileLocked: true },
  },
  {
    path: '/reports/settings',
    name: 'report-settings',
    components: { list, default: () => import('./SettingsPage.vue') },
    meta: { permission: 'reports.read', first: 'middle', titleKey: 'reports.settings.title' },
  },
  {
    path: '/reports/:id/print',
    name: 'report-print',
    component: () => import('./ReportPrint.vue'),
    meta: { permission: 'reports.read', frame: false, titleKey: 'reports.title' },
  },
  {
    path: '/reports/:id',
    name: 'report',
    components: { list, default: () => import('./ReportPage.vue') },
    meta: { permission: 'reports.read', first: 'middle', titleKey: 'reports.title' },
  },
]
export default routes
