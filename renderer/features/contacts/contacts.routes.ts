// Addresses of the 通讯录: the tree with a unit's card, its forms, the calls, and the papers for the night the console is dead.
import { Phone } from '@element-plus/icons-vue'
import type { FeatureRoutes } from '../../app/feature.ts'

const list = () => import('./UnitList.vue')
const card = () => import('./UnitCard.vue')
const read = { permission: 'contacts.read', first: 'list' } as const
const write = { permission: 'contacts.write' } as const
const routes: FeatureRoutes = [
  {
    path: '/contacts',
    name: 'contacts',
    components: { list, default: () => import('./BookOverview.vue') },
    meta: { ...read, rail: { icon: Phone, order: 25, titleKey: 'contacts.title' } },
  },
  {
    path: '/contacts/calls',
    name: 'contacts-calls',
    components: { list, default: () => import('./CallsPage.vue') },
    meta: { ...read, titleKey: 'contacts.calls.title' },
  },
  {
    path: '/contacts/print',
    name: 'contacts-print',
    component: () => import('./BookPrint.vue'),
    meta: { permission: 'contacts.read', frame: false, titleKey: 'contacts.print.book' },
  },
  {
    path: '/contacts/intake-sheet',
    name: 'contacts-intake-sheet',
    component: () => import('./IntakeSheet.vue'),
    meta: { permission: 'contacts.read', frame: false, titleKey: 'contacts.print.sheet' },
  },
  {
    path: '/contacts/new',
    name: 'contacts-unit-new',
    components: { list, default: () => import('./BookOverview.vue'), context: () => import('./UnitForm.vue') },
    meta: { ...write, titleKey: 'contacts.unit.add' },
  },
  { path: '/contacts/:id', name: 'contacts-unit', components: { list, default: card }, meta: { ...read, titleKey: 'contacts.unit.one' } },
  {
    path: '/contacts/:id/change',
    name: 'contacts-unit-change',
    components: { list, default: card, context: () => import('./UnitForm.vue') },
    meta: { ...write, titleKey: 'contacts.unit.change' },
  },
  {
    path: '/contacts/:id/people/new',
    name: 'contact-new',
    components: { list, default: card, context: () => import('./ContactForm.vue') },
    meta: { ...write, titleKey: 'contacts.person.add' },
  },
  {
    path: '/contacts/:id/people/:contact',
    name: 'contact-change',
    components: { list, default: card, context: () => import('./ContactForm.vue') },
    meta: { ...write, titleKey: 'contacts.person.change' },
  },
]
export default routes
