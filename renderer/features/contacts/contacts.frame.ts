// The call under way lies over every page; calls whose outcome nobody has told yet stand on the strip.
import DialPanel from '../../app/dial/DialPanel.vue'
import type { FrameParts } from '../../app/feature.ts'
import PendingCalls from './PendingCalls.vue'

const parts: FrameParts = [
  { id: 'contacts.dial', slot: 'banner', order: 90, component: DialPanel },
  { id: 'contacts.pending', slot: 'strip', order: 6, component: PendingCalls },
]
export default parts
