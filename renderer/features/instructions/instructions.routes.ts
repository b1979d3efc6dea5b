// Addresses of 批示: the list, the form, one of them, its paper.
import { EditPen } from '@element-plus/icons-vue'
import type { FeatureRoutes } from '../../app/feature.ts'

const list = () => import('./InstructionList.vue')
const routes: FeatureRoutes = [
  {
    path: '/instructions',
    name: 'instructions',
    components: { list },
    meta: { permission: 'instructions.read', rail: { icon: EditPen, order: 35, titleKey: 'instructions.title' } },
  },
  {
    path: '/instructions/new',
    name: 'instruction-new',
    components: { list: () => import('./NewInstruction.vue') },
    meta: { permission: 'instructions.write', titleKey: 'instructions.begin', first: 'list' },
  },
  {
    path: '/instructions/:id/print',
    name: 'instruction-print',
    component: () => import('./InstructionPrint.vue'),
    meta: { permission: 'instructions.read', frame: false, titleKey: 'instructions.sheet' },
  },
  {
    path: '/instructions/:id',
    name: 'instruction',
    components: { list, context: () => import('./InstructionContext.vue') },
    meta: { permission: 'instructions.read', titleKey: 'instructions.title' },
  },
]
export default routes
