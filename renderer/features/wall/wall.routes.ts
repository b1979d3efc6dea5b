// Addresses of the wall: the desk where it is composed and switched, the devices behind it, and the page that is a screen.
import { Grid } from '@element-plus/icons-vue'
import type { FeatureRoutes } from '../../app/feature.ts'

const routes: FeatureRoutes = [
  {
    path: '/wall-desk/:wall?',
    name: 'wall',
    components: { list: () => import('./WallList.vue'), default: () => import('./WallDesk.vue') },
    meta: { permission: 'wall.read', first: 'middle', rail: { icon: Grid, order: 64, titleKey: 'wall.title' } },
  },
  {
    path: '/wall-devices',
    name: 'wall-devices',
    components: { list: () => import('./WallList.vue'), default: () => import('./DevicesPage.vue') },
    meta: { permission: 'wall.read', titleKey: 'wall.devices.title' },
  },
  {
    path: '/wall',
    name: 'wall-door',
    component: () => import('./screen/WallDoor.vue'),
    meta: { frame: false, isForAnybody: true, titleKey: 'wall.screen.title' },
  },
  {
    path: '/wall/:screen',
    name: 'wall-screen',
    component: () => import('./screen/WallScreen.vue'),
    meta: { frame: false, isForAnybody: true, titleKey: 'wall.screen.title' },
  },
]
export default routes
