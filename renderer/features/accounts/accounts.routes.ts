// Addresses of set-up, sign-in, one's own page and the administration of accounts.
import { User } from '@element-plus/icons-vue'
import type { FeatureRoutes } from '../../app/feature.ts'

const routes: FeatureRoutes = [
  {
    path: '/setup',
    name: 'setup',
    component: () => import('./SetupPage.vue'),
    meta: { frame: false, isOpen: true, titleKey: 'accounts.setup.title' },
  },
  {
    path: '/team',
    name: 'team',
    component: () => import('./TeamPage.vue'),
    meta: { frame: false, permission: 'accounts.write', titleKey: 'accounts.team.title' },
  },
  {
    path: '/sign-in',
    name: 'sign-in',
    component: () => import('./SignInPage.vue'),
    meta: { frame: false, isOpen: true, titleKey: 'accounts.signIn.title' },
  },
  {
    path: '/new-password',
    name: 'new-password',
    component: () => import('./NewPasswordPage.vue'),
    meta: { frame: false, titleKey: 'accounts.own.mustChange' },
  },
  { path: '/me', name: 'me', component: () => import('./OwnPage.vue'), meta: { titleKey: 'accounts.own.title' } },
  {
    path: '/accounts',
    name: 'accounts',
    component: () => import('./AccountsPage.vue'),
    meta: { permission: 'accounts.read', rail: { icon: User, order: 85, titleKey: 'accounts.title', part: 'foot' } },
  },
]
export default routes
