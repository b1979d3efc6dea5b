// The band that says 样例数据 until the samples are removed.
import type { FrameParts } from '../../app/feature.ts'
import SampleBanner from './SampleBanner.vue'

const parts: FrameParts = [{ id: 'packs', slot: 'banner', order: 10, component: SampleBanner }]
export default parts
