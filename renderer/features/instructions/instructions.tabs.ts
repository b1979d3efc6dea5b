// The workspace's tab 批示.
import type { IncidentTab } from '../../app/feature.ts'
import InstructionTab from './InstructionTab.vue'

const tabs: IncidentTab[] = [{ id: 'instructions', order: 70, titleKey: 'instructions.title', component: InstructionTab }]
export default tabs
