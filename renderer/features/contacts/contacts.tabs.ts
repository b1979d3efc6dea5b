// The workspace's tab 通话.
import type { IncidentTab } from '../../app/feature.ts'
import IncidentCalls from './IncidentCalls.vue'

const tabs: IncidentTab[] = [{ id: 'calls', order: 45, titleKey: 'contacts.calls.tab', component: IncidentCalls }]
export default tabs
