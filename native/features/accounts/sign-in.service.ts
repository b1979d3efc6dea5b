// Coming in: password, five failures, the lockout and the second person who undoes it, the idle lock and its PIN.
import { type ActingPerson, type Beside, type EpochMs, type Id, isWeakPin, passwordProblem, WanglouError } from '../../contract/index.ts'
import type { Session, Sessions } from '../../door/sessions.ts'
import { SCRIPT_SESSION } from '../../door/sessions.ts'
import type { Account, AccountsRepository, Secrets } from './accounts.repository.ts'
import type { AuditTrail } from './audit-trail.ts'
import type { Directory } from './directory.ts'
import type { Verifiers } from './verifiers.ts'

export interface SignInRules {
  /** Without a key or pointer for this long the session locks. */
  idleLockMs: number
  /** How long five failures close an account. */
  lockoutMs: number
}

export const defaultRules: SignInRules = { idleLockMs: 15 * 60_000, lockoutMs: 30 * 60_000 }

const maxFailures = 5
const maxPinFailures = 5
const saveActivityEveryMs = 60_000

export class SignInService {
  readonly #repository: AccountsRepository
  readonly #directory: Directory
  readonly #sessions: Sessions
  readonly #verifiers: Verifiers
  readonly #trail: AuditTrail
  readonly rules: SignInRules
  readonly #listeners = new Set<(session: Session) => void>()
  /** One attempt at a time for each login: parallel guesses count one by one. */
  readonly #attempts = new Map<string, Promise<unknown>>()
  /** Failures of logins that nobody has, so that they answer like those somebody has. */
  readonly #strangers = new Map<string, { failures: number; lockedUntil: EpochMs | null }>()
  readonly #savedAt = new Map<string, EpochMs>()
  #timer: NodeJS.Timeout | null = null

  constructor(options: {
    repository: AccountsRepository
    directory: Directory
    sessions: Sessions
    verifiers: Verifiers
    trail: AuditTrail
    rules: SignInRules
  }) {
    this.#repository = options.repository
    this.#directory = options.directory
    this.#sessions = options.sessions
    this.#verifiers = options.verifiers
    this.#trail = options.trail
    this.rules = options.rules
  }

  start(onError: (error: unknown) => void): void {
    const everyMs = Math.max(100, Math.min(1_000, this.rules.idleLockMs / 4))
    this.#timer = setInterval(() => void this.lockIdle().catch(onError), everyMs)
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
  }

  /** Called when somebody signed in or out, or a session locked or opened. */
  onSession(listener: (session: Session) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * @returns the session that is now signed in and, for a script, its own bearer token
   * @throws WRONG_PASSWORD `{ remaining }`, ACCOUNT_LOCKED `{ untilAt }`
   */
  async signIn(options: { session: Session; login: string; password: string }): Promise<{ session: Session; sessionToken: string | null }> {
    const account = await this.#verified(options.login, options.password)
    const opened = options.session.id === SCRIPT_SESSION ? await this.#sessions.open() : null
    const session = opened?.session ?? options.session
    if (session.account !== null && session.account !== account.id) await this.signOut(session)
    session.account = account.id
    session.lockedAt = null
    session.lastActiveAt = Date.now()
    await this.#sessions.save(session)
    await this.#trail.write('accounts.signIn', { actor: account.id, account: account.id })
    this.#tell(session)
    return { session, sessionToken: opened?.token ?? null }
  }

  async signOut(session: Session): Promise<void> {
    const { account } = session
    if (account === null) return
    session.account = null
    session.lockedAt = null
    await this.#sessions.save(session)
    await this.#trail.write('accounts.signOut', { actor: account, account })
    this.#tell(session)
  }

  /** Ends every session of a person who was disabled or whose password somebody else has set. */
  async signOutEverywhere(account: Id): Promise<void> {
    for (const session of this.#sessions.all()) if (session.account === account) await this.signOut(session)
  }

  /** A key or a pointer was used. */
  async touch(session: Session): Promise<void> {
    if (session.account === null || session.lockedAt !== null) return
    session.lastActiveAt = Date.now()
    if (session.lastActiveAt - (this.#savedAt.get(session.id) ?? 0) < saveActivityEveryMs) return
    this.#savedAt.set(session.id, session.lastActiveAt)
    await this.#sessions.save(session)
  }

  async lock(session: Session, by: 'idle' | 'person'): Promise<void> {
    if (session.account === null || session.lockedAt !== null) return
    session.lockedAt = Date.now()
    await this.#sessions.save(session)
    await this.#trail.write('accounts.lock', { actor: by === 'idle' ? 'station' : session.account, account: session.account, note: { by } })
    this.#tell(session)
  }

  async lockIdle(): Promise<void> {
    const latest = Date.now() - this.rules.idleLockMs
    for (const session of this.#sessions.all()) if (session.lastActiveAt <= latest) await this.lock(session, 'idle')
  }

  /** @throws WRONG_PIN `{ remaining }` (0 = only the password opens), WRONG_PASSWORD, ACCOUNT_LOCKED */
  async unlock(session: Session, proof: { pin: string } | { password: string }): Promise<void> {
    const account = session.account === null ? null : this.#directory.byId(session.account)
    if (account === null) throw new WanglouError('UNAUTHENTICATED')
    if ('pin' in proof) await this.#alone(account.login, () => this.#checkPin(account, proof.pin))
    else await this.#verified(account.login, proof.password)
    session.lockedAt = null
    session.lastActiveAt = Date.now()
    await this.#sessions.save(session)
    await this.#trail.write('accounts.unlock', { actor: account.id, account: account.id, note: { by: 'pin' in proof ? 'pin' : 'password' } })
    this.#tell(session)
  }

  /** Undoes a lockout. @throws SECOND_PERSON_REQUIRED when it is one's own */
  async unlockAccount(options: { account: Id; by: Id }): Promise<void> {
    if (options.account === options.by) throw new WanglouError('SECOND_PERSON_REQUIRED')
    if (!this.#directory.can(options.by, 'accounts.unlock', this.#directory.byId(options.account)?.unit ?? null))
      throw new WanglouError('FORBIDDEN', { permission: 'accounts.unlock' })
    const secrets = await this.#repository.secrets(options.account)
    if (secrets === null) throw new WanglouError('NOT_FOUND')
    await this.#repository.save({ ...secrets, failures: 0, pinFailures: 0, lockedUntil: null })
    await this.#trail.write('accounts.unlockAccount', { actor: options.by, account: options.account })
  }

  /** The same from the sign-in page: the second person shows her own password, and nobody is signed in by it. */
  async unlockBeside(options: { login: string; byLogin: string; byPassword: string }): Promise<void> {
    const by = await this.#verified(options.byLogin, options.byPassword)
    const account = this.#directory.byLogin(options.login)
    if (account === null) throw new WanglouError('NOT_FOUND')
    await this.unlockAccount({ account: account.id, by: by.id })
  }

  /**
   * Proves who somebody beside a console is (the second signature of a handover), by her own PIN or password; nobody is signed in by it.
   * @throws WRONG_PASSWORD, WRONG_PIN, ACCOUNT_LOCKED, PASSWORD_CHANGE_REQUIRED
   */
  async prove({ login, proof }: Beside): Promise<ActingPerson> {
    const folded = login.trim().toLowerCase()
    if ('password' in proof) {
      const { id, name } = await this.#verified(folded, proof.password)
      if ((await this.#secretsOf(id)).mustChange) throw new WanglouError('PASSWORD_CHANGE_REQUIRED')
      return { account: id, name }
    }
    const account = this.#directory.byLogin(folded)
    if (account === null) throw new WanglouError('WRONG_PIN', { remaining: 0 })
    await this.#alone(folded, () => this.#checkPin(account, proof.pin))
    return { account: account.id, name: account.name }
  }

  /** @throws WRONG_PASSWORD, PASSWORD_TOO_WEAK `{ problem }` */
  async changePassword(options: { account: Id; current: string; next: string }): Promise<void> {
    const account = await this.#verifiedById(options.account, options.current)
    const problem = options.next === options.current ? 'same' : passwordProblem(options.next, account.login)
    if (problem !== null) throw new WanglouError('PASSWORD_TOO_WEAK', { problem })
    const password = await this.#verifiers.make(options.next, `password:${account.id}`)
    const secrets = await this.#secretsOf(account.id)
    await this.#repository.save({ ...secrets, password, mustChange: false })
    await this.#trail.write('accounts.changePassword', { actor: account.id, account: account.id })
    for (const session of this.#sessions.all()) if (session.account === account.id) this.#tell(session)
  }

  /** @throws WRONG_PASSWORD, PIN_TOO_WEAK */
  async setPin(options: { account: Id; password: string; pin: string | null }): Promise<void> {
    const account = await this.#verifiedById(options.account, options.password)
    if (options.pin !== null && isWeakPin(options.pin)) throw new WanglouError('PIN_TOO_WEAK')
    const pin = options.pin === null ? null : await this.#verifiers.make(options.pin, `pin:${account.id}`)
    await this.#repository.save({ ...(await this.#secretsOf(account.id)), pin, pinFailures: 0 })
    await this.#trail.write('accounts.setPin', { actor: account.id, account: account.id, note: { isSet: pin !== null } })
    for (const session of this.#sessions.all()) if (session.account === account.id) this.#tell(session)
  }

  /** What people may do has changed: every page asks again how its person stands. */
  announceAll(): void {
    for (const session of this.#sessions.all()) this.#tell(session)
  }

  #tell(session: Session): void {
    for (const listener of this.#listeners) listener(session)
  }

  async #secretsOf(account: Id): Promise<Secrets> {
    const secrets = await this.#repository.secrets(account)
    if (secrets === null) throw new WanglouError('NOT_FOUND')
    return secrets
  }

  #verifiedById(account: Id, password: string): Promise<Account> {
    const known = this.#directory.byId(account)
    if (known === null) throw new WanglouError('UNAUTHENTICATED')
    return this.#verified(known.login, password)
  }

  #verified(login: string, password: string): Promise<Account> {
    return this.#alone(login, () => this.#checkPassword(login, password))
  }

  #alone<T>(login: string, work: () => Promise<T>): Promise<T> {
    const before = this.#attempts.get(login) ?? Promise.resolve()
    const mine = before.then(work, work)
    this.#attempts.set(login, mine)
    const forget = () => {
      if (this.#attempts.get(login) === mine) this.#attempts.delete(login)
    }
    mine.then(forget, forget)
    return mine
  }

  async #checkPassword(login: string, password: string): Promise<Account> {
    const account = this.#directory.byLogin(login)
    const secrets = account === null ? null : await this.#repository.secrets(account.id)
    const state = secrets ?? this.#stranger(login)
    const now = Date.now()
    if (state.lockedUntil !== null && state.lockedUntil > now) throw new WanglouError('ACCOUNT_LOCKED', { untilAt: state.lockedUntil })
    const isRight = await this.#verifiers.check(password, secrets?.password ?? null, `password:${account?.id ?? ''}`)
    if (isRight && account !== null && secrets !== null && !account.isDisabled) {
      await this.#repository.save({ ...secrets, failures: 0, pinFailures: 0, lockedUntil: null, lastSignInAt: now })
      return account
    }
    const failures = state.failures + 1
    const lockedUntil = failures >= maxFailures ? now + this.rules.lockoutMs : null
    const next = { failures: lockedUntil === null ? failures : 0, lockedUntil }
    if (secrets === null) this.#strangers.set(login, next)
    else await this.#repository.save({ ...secrets, ...next })
    const action = lockedUntil === null ? 'accounts.signInFailed' : 'accounts.lockout'
    await this.#trail.write(action, { actor: 'station', account: account?.id ?? null, note: { failures } })
    if (lockedUntil !== null) throw new WanglouError('ACCOUNT_LOCKED', { untilAt: lockedUntil })
    throw new WanglouError('WRONG_PASSWORD', { remaining: maxFailures - failures })
  }

  async #checkPin(account: Account, pin: string): Promise<void> {
    const secrets = await this.#secretsOf(account.id)
    if (secrets.pin === null || secrets.pinFailures >= maxPinFailures || account.isDisabled) throw new WanglouError('WRONG_PIN', { remaining: 0 })
    if (await this.#verifiers.check(pin, secrets.pin, `pin:${account.id}`)) {
      if (secrets.pinFailures > 0) await this.#repository.save({ ...secrets, pinFailures: 0 })
      return
    }
    const pinFailures = secrets.pinFailures + 1
    await this.#repository.save({ ...secrets, pinFailures })
    await this.#trail.write('accounts.unlockFailed', { actor: 'station', account: account.id, note: { failures: pinFailures } })
    throw new WanglouError('WRONG_PIN', { remaining: maxPinFailures - pinFailures })
  }

  #stranger(login: string): { failures: number; lockedUntil: EpochMs | null } {
    if (this.#strangers.size > 1_000) this.#strangers.clear()
    return this.#strangers.get(login) ?? { failures: 0, lockedUntil: null }
  }
}
