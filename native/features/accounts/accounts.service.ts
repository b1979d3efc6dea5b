// Making accounts, naming people, granting and taking roles; the first run, when there is nobody yet.
import {
  type AccountRow,
  type Id,
  type InitialPassword,
  type NewMember,
  passwordProblem,
  type Role,
  type SetupState,
  WanglouError,
} from '../../contract/index.ts'
import { newId } from '../../kernel/ids.ts'
import type { Act, Journal, RowWrite } from '../../journal/types.ts'
import type { Account, AccountsRepository } from './accounts.repository.ts'
import type { AuditTrail } from './audit-trail.ts'
import { administrators, type Directory } from './directory.ts'
import type { SignInService } from './sign-in.service.ts'
import { initialPassword, type Verifiers } from './verifiers.ts'

/** The three administrators (三员) are never one account. */
function assertExclusive(roles: readonly Role[]): void {
  if (administrators.filter((role) => roles.includes(role)).length > 1) throw new WanglouError('ADMIN_ROLES_EXCLUSIVE')
}

export class AccountsService {
  readonly #repository: AccountsRepository
  readonly #directory: Directory
  readonly #verifiers: Verifiers
  readonly #trail: AuditTrail
  readonly #signIn: SignInService
  readonly #journal: Journal
  /** Making accounts one at a time: two consoles pressing the same key must not make two first administrators. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(options: {
    repository: AccountsRepository
    directory: Directory
    verifiers: Verifiers
    trail: AuditTrail
    signIn: SignInService
    journal: Journal
  }) {
    this.#repository = options.repository
    this.#directory = options.directory
    this.#verifiers = options.verifiers
    this.#trail = options.trail
    this.#signIn = options.signIn
    this.#journal = options.journal
  }

  setup(): SetupState {
    return this.#directory.setup()
  }

  /** The first account of the station: 系统管理员, with a password of her own. @throws SETUP_DONE, PASSWORD_TOO_WEAK `{ problem }` */
  createFirst(options: { login: string; name: string; password: string }): Promise<Id> {
    return this.#oneByOne(async () => {
      if (this.setup().stage !== 'first-account') throw new WanglouError('SETUP_DONE')
      const problem = passwordProblem(options.password, options.login)
      if (problem !== null) throw new WanglouError('PASSWORD_TOO_WEAK', { problem })
      const member = { login: options.login, name: options.name, telephone: null, roles: ['system-admin' as const], unit: null }
      const [made] = await this.#create([{ member, password: options.password }], { actor: null, mustChange: false })
      if (made === undefined) throw new Error('no account was made')
      return made.account
    })
  }

  /** While roles are still missing the first administrator names the others and grants what each needs. @throws SETUP_DONE, LOGIN_TAKEN, ADMIN_ROLES_EXCLUSIVE */
  addTeam(options: { members: NewMember[]; actor: Id }): Promise<InitialPassword[]> {
    return this.#oneByOne(async () => {
      if (this.setup().stage === 'done') throw new WanglouError('SETUP_DONE')
      const members = options.members.map((member) => ({ member, password: initialPassword() }))
      return this.#create(members, { actor: options.actor, mustChange: true })
    })
  }

  /** Afterwards the 系统管理员 makes accounts without any role; the 安全管理员 grants. */
  create(options: { member: NewMember; actor: Id }): Promise<InitialPassword> {
    return this.#oneByOne(async () => {
      const member = { ...options.member, roles: [] }
      const [made] = await this.#create([{ member, password: initialPassword() }], { actor: options.actor, mustChange: true })
      if (made === undefined) throw new Error('no account was made')
      return made
    })
  }

  async update(options: { account: Id; name: string; telephone: string | null; unit: Id | null; actor: Id }): Promise<void> {
    const { actor, account, ...set } = options
    this.#known(account)
    await this.#write({
      actor,
      action: 'accounts.update',
      subject: { dataset: 'accounts', row: account },
      rows: [{ dataset: 'accounts', row: account, set }],
    })
  }

  /** @throws LAST_ADMINISTRATOR, SECOND_PERSON_REQUIRED (nobody disables herself) */
  async setDisabled(options: { account: Id; isDisabled: boolean; actor: Id }): Promise<void> {
    const { account, isDisabled, actor } = options
    this.#known(account)
    if (account === actor) throw new WanglouError('SECOND_PERSON_REQUIRED')
    if (isDisabled) for (const role of this.#directory.rolesOf(account)) this.#assertNotLast(role)
    const action = isDisabled ? 'accounts.disable' : 'accounts.enable'
    await this.#write({
      actor,
      action,
      subject: { dataset: 'accounts', row: account },
      rows: [{ dataset: 'accounts', row: account, set: { isDisabled } }],
    })
    if (isDisabled) await this.#signIn.signOutEverywhere(account)
  }

  /** A new one-time password, told once; every session of the person ends. */
  async resetPassword(options: { account: Id; actor: Id }): Promise<InitialPassword> {
    const account = this.#known(options.account)
    if (account.id === options.actor) throw new WanglouError('SECOND_PERSON_REQUIRED')
    const password = initialPassword()
    const secrets = await this.#repository.secrets(account.id)
    await this.#repository.save({
      account: account.id,
      password: await this.#verifiers.make(password, `password:${account.id}`),
      pin: null,
      mustChange: true,
      failures: 0,
      pinFailures: 0,
      lockedUntil: null,
      lastSignInAt: secrets?.lastSignInAt ?? null,
    })
    await this.#trail.write('accounts.resetPassword', { actor: options.actor, account: account.id })
    await this.#signIn.signOutEverywhere(account.id)
    return { account: account.id, login: account.login, name: account.name, roles: this.#directory.rolesOf(account.id), password }
  }

  /** @throws ADMIN_ROLES_EXCLUSIVE, DUPLICATE, SECOND_PERSON_REQUIRED (nobody grants to herself) */
  grant(options: { account: Id; role: Role; unit: Id | null; actor: Id }): Promise<Id> {
    return this.#oneByOne(async () => {
      const { account, role, unit, actor } = options
      this.#known(account)
      if (account === actor) throw new WanglouError('SECOND_PERSON_REQUIRED')
      assertExclusive([...this.#directory.rolesOf(account), role])
      if (this.#directory.grantsOf(account).some((held) => held.role === role && held.unit === unit)) throw new WanglouError('DUPLICATE')
      const id = newId()
      await this.#write({
        actor,
        action: 'accounts.grant',
        subject: { dataset: 'accounts', row: account },
        rows: [{ dataset: 'grants', row: id, set: { account, role, unit } }],
        note: { role, unit },
      })
      return id
    })
  }

  /** @throws LAST_ADMINISTRATOR */
  revoke(options: { grant: Id; actor: Id }): Promise<void> {
    return this.#oneByOne(async () => {
      const held = this.#directory
        .all()
        .flatMap((account) => this.#directory.grantsOf(account.id))
        .find((grant) => grant.id === options.grant)
      if (held === undefined) throw new WanglouError('NOT_FOUND')
      this.#assertNotLast(held.role)
      await this.#write({
        actor: options.actor,
        action: 'accounts.revoke',
        subject: { dataset: 'accounts', row: held.account },
        rows: [],
        deletes: [{ dataset: 'grants', row: held.id }],
        note: { role: held.role, unit: held.unit },
      })
    })
  }

  async list(): Promise<AccountRow[]> {
    const secrets = new Map((await this.#repository.allSecrets()).map((row) => [row.account, row]))
    const now = Date.now()
    return this.#directory.all().map((account) => {
      const own = secrets.get(account.id)
      const lockedUntil = own?.lockedUntil ?? null
      return {
        ...account,
        grants: this.#directory.grantsOf(account.id).map(({ id, role, unit }) => ({ id, role, unit })),
        lockedUntil: lockedUntil !== null && lockedUntil > now ? lockedUntil : null,
        mustChangePassword: own?.mustChange ?? false,
        lastSignInAt: own?.lastSignInAt ?? null,
      }
    })
  }

  /** Who stands behind an account id; for everybody, so that every line can say who did it. */
  names(): { id: Id; name: string; roles: Role[] }[] {
    return this.#directory.all().map(({ id, name }) => ({ id, name, roles: this.#directory.rolesOf(id) }))
  }

  async #create(members: { member: NewMember; password: string }[], options: { actor: Id | null; mustChange: boolean }): Promise<InitialPassword[]> {
    const logins = new Set<string>()
    for (const { member } of members) {
      assertExclusive(member.roles)
      if (this.#directory.byLogin(member.login) !== null || logins.has(member.login)) throw new WanglouError('LOGIN_TAKEN', { login: member.login })
      logins.add(member.login)
    }
    const made = members.map(({ member, password }) => ({
      account: newId(),
      login: member.login,
      name: member.name,
      roles: member.roles,
      password,
      member,
    }))
    // The verifier first: an account without one could never sign in, a verifier without an account is nothing.
    const verifiers = await Promise.all(made.map(({ account, password }) => this.#verifiers.make(password, `password:${account}`)))
    await this.#repository.saveAll(
      made.map(({ account }, index) => ({
        account,
        password: verifiers[index] ?? '',
        pin: null,
        mustChange: options.mustChange,
        failures: 0,
        pinFailures: 0,
        lockedUntil: null,
        lastSignInAt: null,
      })),
    )
    await this.#journal.writeAll(made.map(({ account, member }) => creation(account, member, options.actor ?? account)))
    await this.#directory.reload()
    return made.map(({ account, login, name, roles, password }) => ({ account, login, name, roles, password }))
  }

  async #write(act: Act): Promise<void> {
    await this.#journal.write(act)
    await this.#directory.reload()
  }

  #known(account: Id): Account {
    const known = this.#directory.byId(account)
    if (known === null) throw new WanglouError('NOT_FOUND')
    return known
  }

  /** Without a 系统管理员 or a 安全管理员 nobody could be let in again. */
  #assertNotLast(role: Role): void {
    if (administrators.includes(role) && this.#directory.holders(role).length <= 1) throw new WanglouError('LAST_ADMINISTRATOR', { role })
  }

  #oneByOne<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work, work)
    this.#turn = mine.catch(() => undefined)
    return mine
  }
}

function creation(account: Id, member: NewMember, actor: Id): Act {
  const { login, name, telephone, unit, roles } = member
  const grants: RowWrite[] = roles.map((role) => ({ dataset: 'grants', row: newId(), set: { account, role, unit } }))
  return {
    actor,
    action: 'accounts.create',
    subject: { dataset: 'accounts', row: account },
    rows: [{ dataset: 'accounts', row: account, set: { login, name, telephone, unit, isDisabled: false } }, ...grants],
  }
}
