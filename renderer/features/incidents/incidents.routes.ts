// Addresses of incidents: the list, the intake, the workspace, the code table.
import { Bell, CollectionTag } from '@element-plus/icons-vue'
import type { FeatureRoutes } from '../../app/feature.ts'

const list = () => import('./IncidentList.vue')
const routes: FeatureRoutes = [
  {
    path: '/incidents',
    name: 'incidents',
    components: { list },
    meta: { permission: 'incidents.read', rail: { icon: Bell, order: 10, titleKey: 'incidents.title' }, isOpenWhileLocked: true },
  },
  {
    path: '/incidents/begin',
    name: 'intake-locked',
    component: () => import('./IntakePage.vue'),
    meta: { permission: 'incidents.write', titleKey: 'incidents.intake.title', isOpenWhileLocked: true },
  },
  {
    path: '/incidents/new/:draft?',
    name: 'intake',
    components: { list: () => import('./IntakeForm.vue'), context: () => import('./DuplicatePanel.vue') },
    meta: { permission: 'incidents.write', titleKey: 'incidents.intake.title', isOpenWhileLocked: true, first: 'list' },
  },
  {
    path: '/incidents/:id/:tab?',
    name: 'incident',
    components: { list, context: () => import('./IncidentWorkspace.vue'), timeline: () => import('./IncidentTimeline.vue') },
    meta: { permission: 'incidents.read', titleKey: 'incidents.title' },
  },
  {
    path: '/event-types',
    name: 'event-types',
    component: () => import('./EventTypesPage.vue'),
    meta: { permission: 'incidents.read', rail: { icon: CollectionTag, order: 70, titleKey: 'incidents.type.table', part: 'foot' } },
  },
]
export default routes
