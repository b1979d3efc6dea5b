// The accounts of a station, put together: repository, directory, sign-in, administration, and how a session looks.
import type { Journal } from '../../journal/types.ts'
import type { MachineKey } from '../../kernel/machine-key.ts'
import type { Sessions } from '../../door/sessions.ts'
import type { Store } from '../../store/types.ts'
import { AccountsRepository } from './accounts.repository.ts'
import { AccountsService } from './accounts.service.ts'
import { AuditTrail } from './audit-trail.ts'
import { type Covers, Directory } from './directory.ts'
import { SessionView } from './session-view.ts'
import { type SignInRules, SignInService } from './sign-in.service.ts'
import { type ScryptCost, Verifiers } from './verifiers.ts'

export interface AccountsOptions {
  store: Store
  journal: Journal
  sessions: Sessions
  key: MachineKey
  cost: ScryptCost
  rules: SignInRules
  covers: Covers
  /** Shows on the pages that list accounts that something not journalled has changed. */
  tell: () => void
  onError: (error: unknown) => void
}

export class Accounts {
  readonly directory: Directory
  readonly trail: AuditTrail
  readonly signIn: SignInService
  readonly service: AccountsService
  readonly view: SessionView
  readonly #options: AccountsOptions
  readonly #ends: (() => void)[] = []

  constructor(options: AccountsOptions) {
    const { store, journal, sessions, key, cost, rules, covers } = options
    const repository = new AccountsRepository({ store })
    const verifiers = new Verifiers({ key, cost })
    this.#options = options
    this.trail = new AuditTrail({ journal })
    this.directory = new Directory({ repository, covers })
    this.signIn = new SignInService({ repository, directory: this.directory, sessions, verifiers, trail: this.trail, rules })
    this.service = new AccountsService({ repository, directory: this.directory, verifiers, trail: this.trail, signIn: this.signIn, journal })
    this.view = new SessionView({ repository, directory: this.directory, signIn: this.signIn })
  }

  async start(): Promise<void> {
    const { journal, tell, onError } = this.#options
    await this.directory.reload()
    await this.view.reload()
    this.#ends.push(
      journal.onChange((changes) => {
        if (changes.some(({ dataset }) => dataset === 'accounts' || dataset === 'grants')) void this.#changed().catch(onError)
      }),
      this.signIn.onSession(tell),
    )
    this.signIn.start(onError)
  }

  /** Lists show who holds what, and a page what its person may do: both are told once the directory knows. */
  async #changed(): Promise<void> {
    await this.directory.reload()
    this.#options.tell()
    this.signIn.announceAll()
  }

  stop(): void {
    this.signIn.stop()
    for (const end of this.#ends.splice(0)) end()
  }
}
