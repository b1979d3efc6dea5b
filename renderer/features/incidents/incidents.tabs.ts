// Tabs of the workspace that incidents bring: 态势 and 报告.
import type { IncidentTab } from '../../app/feature.ts'
import BulletinTab from './BulletinTab.vue'
import OverviewTab from './OverviewTab.vue'

const tabs: IncidentTab[] = [
  { id: 'overview', order: 10, titleKey: 'incidents.tab.overview', component: OverviewTab },
  { id: 'bulletin', order: 60, titleKey: 'incidents.tab.bulletin', component: BulletinTab },
]
export default tabs
