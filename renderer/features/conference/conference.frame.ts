// On the strip while a call goes on elsewhere: one click back to it.
import type { FrameParts } from '../../app/feature.ts'
import CallSign from './CallSign.vue'

const parts: FrameParts = [{ id: 'call', slot: 'strip', order: 5, component: CallSign }]
export default parts
