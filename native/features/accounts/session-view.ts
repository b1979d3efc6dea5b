// A session as its page sees it, and as every call sees it: who sits there, whether it is locked.
import type { Id, Person, SessionState } from '../../contract/index.ts'
import type { Session } from '../../door/sessions.ts'
import type { Actor, Context } from '../../door/trpc.ts'
import type { AccountsRepository } from './accounts.repository.ts'
import type { Directory } from './directory.ts'
import type { SignInService } from './sign-in.service.ts'

const maxPinFailures = 5

export class SessionView {
  readonly #repository: AccountsRepository
  readonly #directory: Directory
  readonly #signIn: SignInService
  /** Accounts that still have their one-time password; in memory, for every call asks. */
  #mustChange = new Set<Id>()

  constructor(options: { repository: AccountsRepository; directory: Directory; signIn: SignInService }) {
    this.#repository = options.repository
    this.#directory = options.directory
    this.#signIn = options.signIn
  }

  async reload(): Promise<void> {
    this.#mustChange = new Set((await this.#repository.allSecrets()).filter((secrets) => secrets.mustChange).map((secrets) => secrets.account))
  }

  /** Getters, not values: a WebSocket keeps its context while people come and go. */
  contextOf(session: Session): Context {
    const directory = this.#directory
    const mustChange = () => session.account !== null && this.#mustChange.has(session.account)
    return {
      session,
      get actor() {
        return actorOf(session, directory)
      },
      get isLocked() {
        return session.lockedAt !== null
      },
      get mustChangePassword() {
        return mustChange()
      },
    }
  }

  async stateOf(session: Session): Promise<SessionState> {
    const account = session.account === null ? null : this.#directory.byId(session.account)
    const secrets = account === null ? null : await this.#repository.secrets(account.id)
    const person: Person | null =
      account === null || account.isDisabled
        ? null
        : {
            account: account.id,
            login: account.login,
            name: account.name,
            unit: account.unit,
            roles: this.#directory.rolesOf(account.id),
            permissions: this.#directory.permissionsOf(account.id),
            hasPin: secrets !== null && secrets.pin !== null,
            mustChangePassword: secrets?.mustChange ?? false,
          }
    return {
      setup: this.#directory.setup(),
      person,
      isLocked: session.lockedAt !== null,
      lockedAt: session.lockedAt,
      needsPassword: secrets !== null && (secrets.pin === null || secrets.pinFailures >= maxPinFailures),
      idleLockMs: this.#signIn.rules.idleLockMs,
    }
  }

  /** The state now and at every change; ends with the signal. */
  async *watch(session: Session, signal: AbortSignal): AsyncGenerator<SessionState, void, void> {
    let isStale = true
    let wake = (): void => undefined
    const unsubscribe = this.#signIn.onSession((changed) => {
      if (changed.id !== session.id) return
      isStale = true
      wake()
    })
    signal.addEventListener('abort', () => wake(), { once: true })
    try {
      while (!signal.aborted) {
        if (isStale) {
          isStale = false
          yield await this.stateOf(session)
          continue
        }
        const { promise, resolve } = Promise.withResolvers<void>()
        wake = resolve
        await promise
      }
    } finally {
      unsubscribe()
    }
  }
}

function actorOf(session: Session, directory: Directory): Actor | null {
  const account = session.account === null ? null : directory.byId(session.account)
  if (account === null || account.isDisabled) return null
  return {
    account: account.id,
    name: account.name,
    session: session.id,
    can: (permission, unit) => directory.can(account.id, permission, unit ?? null),
  }
}
