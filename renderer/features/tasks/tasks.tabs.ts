// The workspace's tab 指令.
import type { IncidentTab } from '../../app/feature.ts'
import OrdersTab from './OrdersTab.vue'

const tabs: IncidentTab[] = [{ id: 'orders', order: 40, titleKey: 'tasks.title', component: OrdersTab }]
export default tabs
