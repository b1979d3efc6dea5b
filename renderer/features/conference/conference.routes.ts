// Addresses of 会商: the list with nothing chosen, and one room.
import { ChatLineSquare } from '@element-plus/icons-vue'
import type { FeatureRoutes } from '../../app/feature.ts'

const list = () => import('./ConferenceList.vue')
const routes: FeatureRoutes = [
  {
    path: '/conference',
    name: 'conferences',
    components: { list, default: () => import('./ConferenceChoice.vue') },
    meta: { permission: 'conference.read', first: 'list', rail: { icon: ChatLineSquare, order: 45, titleKey: 'conference.title' } },
  },
  {
    path: '/conference/:id',
    name: 'conference',
    components: { list, default: () => import('./ConferenceRoom.vue') },
    meta: { permission: 'conference.read', first: 'middle', titleKey: 'conference.title' },
  },
  {
    path: '/conference-screen/:id/:view(gallery|spotlight)',
    name: 'conference-screen',
    component: () => import('./terminal/ConferenceScreen.vue'),
    meta: { frame: false, permission: 'conference.join', titleKey: 'conference.title' },
  },
]
export default routes
