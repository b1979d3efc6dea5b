// Tabs of the workspace that incidents bring: 态势.
import type { IncidentTab } from '../../app/feature.ts'
import OverviewTab from './OverviewTab.vue'

const tabs: IncidentTab[] = [{ id: 'overview', order: 10, titleKey: 'incidents.tab.overview', component: OverviewTab }]
export default tabs
