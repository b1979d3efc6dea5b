// The incident's tab 预案: which plan, the response, the live checklist.
import type { IncidentTab } from '../../app/feature.ts'
import PlanTab from './PlanTab.vue'

const tabs: IncidentTab[] = [{ id: 'plan', order: 20, titleKey: 'plans.tab', component: PlanTab }]
export default tabs
