// The tab 报告 of the incident's workspace.
import type { IncidentTab } from '../../app/feature.ts'
import ReportsTab from './ReportsTab.vue'

const tabs: IncidentTab[] = [{ id: 'reports', order: 60, titleKey: 'reports.tab', component: ReportsTab }]
export default tabs
