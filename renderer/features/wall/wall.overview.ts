// Scenes for the wall that an incident's phase asks for, in its workspace.
import type { OverviewPart } from '../../app/feature.ts'
import OfferBox from './OfferBox.vue'

const parts: OverviewPart[] = [{ id: 'wall', order: 90, component: OfferBox }]
export default parts
