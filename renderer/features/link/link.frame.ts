// How each line stands, on the strip after the station itself.
import type { FrameParts } from '../../app/feature.ts'
import LinkStrip from './LinkStrip.vue'

const parts: FrameParts = [{ id: 'link', slot: 'fact', order: 10, component: LinkStrip }]
export default parts
