// The workspace's tab 力量: what lies nearest.
import type { IncidentTab } from '../../app/feature.ts'
import NearestTab from './NearestTab.vue'

const tabs: IncidentTab[] = [{ id: 'resources', order: 30, titleKey: 'resources.nearest.title', component: NearestTab }]
export default tabs
