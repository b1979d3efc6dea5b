// Address of the camera page.
import { VideoCamera } from '@element-plus/icons-vue'
import type { FeatureRoutes } from '../../app/feature.ts'

const routes: FeatureRoutes = [
  {
    path: '/cameras',
    name: 'cameras',
    components: { list: () => import('./CameraList.vue'), default: () => import('./CameraWall.vue') },
    meta: { permission: 'cameras.read', rail: { icon: VideoCamera, order: 62, titleKey: 'cameras.title' } },
  },
  {
    // The globe stays free: the place is pointed at there.
    path: '/cameras/seeing',
    name: 'cameraSeeing',
    components: { list: () => import('./SeeingList.vue') },
    meta: { permission: 'cameras.read', titleKey: 'cameras.seeing.title' },
  },
  {
    path: '/cameras/alarms',
    name: 'cameraAlarms',
    components: { list: () => import('./CameraList.vue'), default: () => import('./AlarmsPage.vue') },
    meta: { permission: 'cameras.read', first: 'middle' },
  },
]
export default routes
