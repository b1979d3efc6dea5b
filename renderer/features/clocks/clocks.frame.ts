// The nearest limit on the strip, and the band that says what ran out while the program was closed.
import type { FrameParts } from '../../app/feature.ts'
import ClockStrip from './ClockStrip.vue'
import MissedBand from './MissedBand.vue'

const parts: FrameParts = [
  { id: 'clocks.nearest', slot: 'strip', order: 0, component: ClockStrip },
  { id: 'clocks.missed', slot: 'banner', order: 5, component: MissedBand },
]
export default parts
