// The workspace's tab 会商.
import type { IncidentTab } from '../../app/feature.ts'
import ConferenceTab from './ConferenceTab.vue'

const tabs: IncidentTab[] = [{ id: 'conference', order: 55, titleKey: 'conference.title', component: ConferenceTab }]
export default tabs
