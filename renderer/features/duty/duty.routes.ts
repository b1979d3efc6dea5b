// Addresses of the watch: the watch itself, its log, the roster, the daily digest, former handovers, and the sheets that are printed.
import { Notebook } from '@element-plus/icons-vue'
import type { FeatureRoutes } from '../../app/feature.ts'

const permission = 'duty.read'
const routes: FeatureRoutes = [
  {
    path: '/duty',
    name: 'duty',
    component: () => import('./WatchPage.vue'),
    meta: { permission, rail: { icon: Notebook, order: 5, titleKey: 'duty.title' } },
  },
  { path: '/duty/log/:day?', name: 'duty-log', component: () => import('./LogPage.vue'), meta: { permission, titleKey: 'duty.nav.log' } },
  {
    path: '/duty/roster/:month?',
    name: 'duty-roster',
    component: () => import('./RosterPage.vue'),
    meta: { permission, titleKey: 'duty.nav.roster' },
  },
  { path: '/duty/digest/:day?', name: 'duty-digest', component: () => import('./DigestPage.vue'), meta: { permission, titleKey: 'duty.nav.digest' } },
  {
    path: '/duty/handovers',
    name: 'duty-handovers',
    component: () => import('./HandoverList.vue'),
    meta: { permission, titleKey: 'duty.nav.handovers' },
  },
  {
    path: '/duty/print/roster/:month',
    name: 'duty-roster-print',
    component: () => import('./RosterPrint.vue'),
    meta: { permission, frame: false, titleKey: 'duty.nav.roster' },
  },
  {
    path: '/duty/print/log/:day',
    name: 'duty-log-print',
    component: () => import('./LogPrint.vue'),
    meta: { permission, frame: false, titleKey: 'duty.nav.log' },
  },
  {
    path: '/duty/print/blank-log',
    name: 'duty-blank-print',
    component: () => import('./BlankLogPrint.vue'),
    meta: { permission, frame: false, titleKey: 'duty.log.blank' },
  },
  {
    path: '/duty/print/handover/:id',
    name: 'duty-handover-print',
    component: () => import('./HandoverPrint.vue'),
    meta: { permission, frame: false, titleKey: 'duty.handover.record' },
  },
]
export default routes
