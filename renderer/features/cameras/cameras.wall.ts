// Cameras on the wall: one, or a grid.
import { defineAsyncComponent } from 'vue'
import type { WallTilePart } from '../../app/feature.ts'

const part: WallTilePart = { kind: 'camera', component: defineAsyncComponent(() => import('./WallCameras.vue')) }
export default part
