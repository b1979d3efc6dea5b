// Who is on (strip), the lock in place of the list, and the band that says which roles nobody holds yet.
import type { FrameParts } from '../../app/feature.ts'
import LockPanel from './LockPanel.vue'
import PersonBadge from './PersonBadge.vue'
import TeamBanner from './TeamBanner.vue'

const parts: FrameParts = [
  { id: 'accounts.person', slot: 'strip', order: 10, component: PersonBadge },
  { id: 'accounts.lock', slot: 'lock', order: 10, component: LockPanel },
  { id: 'accounts.team', slot: 'banner', order: 5, component: TeamBanner },
]
export default parts
