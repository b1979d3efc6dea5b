// Who may do what: the roles of a duty room and the permission each procedure asks for. Denied by default.

export const roles = ['duty-officer', 'shift-leader', 'watch-leader', 'command-member', 'system-admin', 'security-admin', 'audit-admin'] as const
/** 值班员, 值班长, 带班领导, 指挥部成员, 系统管理员, 安全管理员, 审计管理员; the three administrators are never one person. */
export type Role = (typeof roles)[number]

export const permissions = [
  'session', // anybody signed in
  'duty.read',
  'duty.write',
  'contacts.read',
  'contacts.write',
  'reports.read',
  'reports.write', // 拟稿, and what was told by telephone: 电话授权, receipts
  'reports.review', // 审核
  'reports.sign', // 签发 in person, 补签
  'clocks.read',
  'clocks.write', // the table of limits
  'instructions.read',
  'instructions.write',
  'incidents.read',
  'incidents.write',
  'incidents.confirm',
  'incidents.export',
  'tasks.read',
  'tasks.write',
  'plans.read',
  'plans.write',
  'plans.propose',
  'plans.approve',
  'resources.read',
  'resources.write',
  'resources.import',
  'resources.reserve',
  'cameras.read',
  'cameras.turn', // 云台
  'cameras.write', // the list, addresses and passwords
  'layers.read',
  'layers.write',
  'layers.admin',
  'drawings.write',
  'areas.read',
  'packs.read',
  'packs.write',
  'blobs.read',
  'blobs.write',
  'conflicts.read',
  'conflicts.decide',
  'accounts.read',
  'accounts.write',
  'accounts.grant',
  'accounts.unlock',
  'audit.read',
  'audit.export',
  'station.read',
  'station.maintain',
  'journal.read',
  'journal.letIn',
  'journal.erase',
  'link.read',
  'link.package', // a package on a stick, out and in
  'link.pair',
  'conference.read',
  'conference.join', // be in a room, speak, watch
  'conference.hold', // open and close rooms, invite
  'link.budget', // how much may go over a line
  'wall.read',
  'wall.switch', // scenes, switching, taking over
  'wall.admin', // walls, screens, devices and their passwords
] as const
export type Permission = (typeof permissions)[number]

const everyone = ['session', 'areas.read', 'layers.read', 'station.read', 'link.read'] as const
const reading = [
  ...everyone,
  'duty.read',
  'contacts.read',
  'reports.read',
  'clocks.read',
  'instructions.read',
  'incidents.read',
  'tasks.read',
  'plans.read',
  'resources.read',
  'cameras.read',
  'packs.read',
  'conflicts.read',
  'blobs.read',
  'conference.read',
  'conference.join',
  'wall.read',
] as const
const duty = [
  ...reading,
  'duty.write',
  'contacts.write',
  'reports.write',
  'instructions.write',
  'incidents.write',
  'incidents.export',
  'tasks.write',
  'plans.write',
  'plans.propose',
  'resources.write',
  'resources.import',
  'resources.reserve',
  'layers.write',
  'drawings.write',
  'conflicts.decide',
  'blobs.write',
  'link.package',
  'cameras.turn',
  'conference.hold',
  'wall.switch',
  'wall.admin',
] as const
const leading = [...duty, 'incidents.confirm', 'plans.approve', 'accounts.unlock', 'reports.review', 'clocks.write'] as const

/** What each role holds; a grant is role × unit. 值班员 enters a leader's approval as told by telephone, so she holds `plans.approve` too — the record names the approver. */
export const rolePermissions: Record<Role, readonly Permission[]> = {
  'duty-officer': [...duty, 'plans.approve', 'incidents.confirm'],
  'shift-leader': leading,
  'watch-leader': [...leading, 'reports.sign'],
  // The photo of a 批示 is a file.
  'command-member': [...reading, 'incidents.export', 'instructions.write', 'blobs.write'],
  'system-admin': [
    ...everyone,
    'packs.read',
    'packs.write',
    'cameras.read',
    'cameras.write',
    'layers.admin',
    'layers.write',
    'accounts.read',
    'accounts.write',
    'station.maintain',
    'journal.read',
    'journal.letIn',
    'link.package',
    'link.pair',
    'link.budget',
    'wall.read',
    'wall.admin',
    'blobs.read',
    'blobs.write',
  ],
  'security-admin': [...everyone, 'accounts.read', 'accounts.grant', 'accounts.unlock', 'journal.erase'],
  'audit-admin': [...everyone, 'audit.read', 'audit.export', 'journal.read'],
}

/** @returns whether any of the roles holds the permission */
export function holds(held: readonly Role[], permission: Permission): boolean {
  return held.some((role) => rolePermissions[role].includes(permission))
}
