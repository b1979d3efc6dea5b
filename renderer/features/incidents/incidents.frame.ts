// The strip's way to begin a report.
import type { FrameParts } from '../../app/feature.ts'
import BeginReport from './BeginReport.vue'

const parts: FrameParts = [{ id: 'incidents.begin', slot: 'strip', order: 1, component: BeginReport }]
export default parts
