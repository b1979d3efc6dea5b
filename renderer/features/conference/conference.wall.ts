// A conference on the wall: everybody, whoever speaks, or one person.
import { defineAsyncComponent } from 'vue'
import type { WallTilePart } from '../../app/feature.ts'

const part: WallTilePart = { kind: 'conference', component: defineAsyncComponent(() => import('./WallConference.vue')) }
export default part
