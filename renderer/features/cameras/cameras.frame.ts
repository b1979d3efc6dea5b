// On the strip while a capture card of this console is sent from this page.
import type { FrameParts } from '../../app/feature.ts'
import CaptureStrip from './capture/CaptureStrip.vue'

const parts: FrameParts = [{ id: 'capture', slot: 'strip', order: 6, component: CaptureStrip }]
export default parts
