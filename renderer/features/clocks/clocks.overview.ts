// The clocks of an incident in its workspace.
import type { OverviewPart } from '../../app/feature.ts'
import ClockBox from './ClockBox.vue'

const parts: OverviewPart[] = [{ id: 'clocks', order: 10, component: ClockBox }]
export default parts
