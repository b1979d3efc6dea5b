// Who is on, on the strip; from anywhere one key begins a line of the 值班日志.
import type { FrameParts } from '../../app/feature.ts'
import OnDutyStrip from './OnDutyStrip.vue'

const parts: FrameParts = [{ id: 'duty.now', slot: 'strip', order: 5, component: OnDutyStrip }]
export default parts
