// Who may do what, in memory: every call asks, so it may not cost a query. Refreshed whenever accounts or grants change.
import { type Id, type Permission, permissions, type Role, rolePermissions, type SetupState } from '../../contract/index.ts'
import type { Account, AccountsRepository, GrantRow } from './accounts.repository.ts'

/** Whether a grant over one unit also covers another (the unit itself and what is below it in the reporting tree). */
export type Covers = (granted: Id, asked: Id) => boolean

/** A centre cannot begin without these; any of a group will do. */
const needed: { role: Role; orAny: Role[] }[] = [
  { role: 'system-admin', orAny: [] },
  { role: 'security-admin', orAny: [] },
  { role: 'audit-admin', orAny: [] },
  { role: 'duty-officer', orAny: ['shift-leader'] },
]

export const administrators: readonly Role[] = ['system-admin', 'security-admin', 'audit-admin']

export class Directory {
  readonly #repository: AccountsRepository
  readonly #covers: Covers
  #accounts = new Map<Id, Account>()
  #logins = new Map<string, Account>()
  #grants = new Map<Id, GrantRow[]>()

  constructor(options: { repository: AccountsRepository; covers: Covers }) {
    this.#repository = options.repository
    this.#covers = options.covers
  }

  async reload(): Promise<void> {
    const [accounts, grants] = await Promise.all([this.#repository.accounts(), this.#repository.grants()])
    this.#accounts = new Map(accounts.map((account) => [account.id, account]))
    this.#logins = new Map(accounts.map((account) => [account.login, account]))
    this.#grants = Map.groupBy(grants, (grant) => grant.account)
  }

  all(): Account[] {
    return [...this.#accounts.values()]
  }

  byId(account: Id): Account | null {
    return this.#accounts.get(account) ?? null
  }

  byLogin(login: string): Account | null {
    return this.#logins.get(login) ?? null
  }

  grantsOf(account: Id): GrantRow[] {
    return this.#grants.get(account) ?? []
  }

  rolesOf(account: Id): Role[] {
    return [...new Set(this.grantsOf(account).map((grant) => grant.role))]
  }

  permissionsOf(account: Id): Permission[] {
    return permissions.filter((permission) => this.can(account, permission, null))
  }

  /** @param unit null = over any unit at all */
  can(account: Id, permission: Permission, unit: Id | null): boolean {
    if (this.byId(account)?.isDisabled !== false) return false
    // Somebody who has been made known but granted nothing may still sign in, change the password and wait.
    if (permission === 'session') return true
    return this.grantsOf(account).some(
      (grant) =>
        rolePermissions[grant.role]?.includes(permission) &&
        (unit === null || grant.unit === null || grant.unit === unit || this.#covers(grant.unit, unit)),
    )
  }

  /** Enabled accounts that hold a role. */
  holders(role: Role): Account[] {
    return this.all().filter((account) => !account.isDisabled && this.rolesOf(account.id).includes(role))
  }

  setup(): SetupState {
    if (this.#accounts.size === 0) return { stage: 'first-account', missing: needed.map(({ role }) => role) }
    const missing = needed.filter(({ role, orAny }) => [role, ...orAny].every((any) => this.holders(any).length === 0)).map(({ role }) => role)
    return { stage: missing.length === 0 ? 'done' : 'team', missing }
  }
}
