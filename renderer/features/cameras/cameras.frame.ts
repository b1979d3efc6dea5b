// On the strip: a video alarm that waits; a capture card of this console that is sent from this page.
import type { FrameParts } from '../../app/feature.ts'
import AlarmSign from './AlarmSign.vue'
import CaptureStrip from './capture/CaptureStrip.vue'

const parts: FrameParts = [
  { id: 'cameraAlarms', slot: 'strip', order: 1, component: AlarmSign },
  { id: 'capture', slot: 'strip', order: 6, component: CaptureStrip },
]
export default parts
