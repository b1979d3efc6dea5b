// What is stored of accounts: the projected rows, read; the secret table, read and written (it is never journalled).
import type { EpochMs, Id, Role } from '../../contract/index.ts'
import type { Store } from '../../store/types.ts'

export interface Account {
  id: Id
  login: string
  name: string
  telephone: string | null
  unit: Id | null
  isDisabled: boolean
}

export interface GrantRow {
  id: Id
  account: Id
  role: Role
  /** null = the whole centre. */
  unit: Id | null
}

export interface Secrets {
  account: Id
  /** Sealed verifier. */
  password: string
  pin: string | null
  mustChange: boolean
  failures: number
  pinFailures: number
  lockedUntil: EpochMs | null
  lastSignInAt: EpochMs | null
}

type SecretsRow = Omit<Secrets, 'mustChange'> & { mustChange: number }

const secretColumns = 'account, password, pin, mustChange, failures, pinFailures, lockedUntil, lastSignInAt'

function fromRow(row: SecretsRow): Secrets {
  return { ...row, mustChange: row.mustChange === 1 }
}

export class AccountsRepository {
  readonly #store: Store

  constructor(options: { store: Store }) {
    this.#store = options.store
  }

  async accounts(): Promise<Account[]> {
    const rows = await this.#store.all<Omit<Account, 'isDisabled'> & { isDisabled: number | null }>(
      'SELECT id, login, name, telephone, unit, isDisabled FROM accounts WHERE _deleted = 0 ORDER BY key',
    )
    return rows.map((row) => ({ ...row, isDisabled: row.isDisabled === 1 }))
  }

  grants(): Promise<GrantRow[]> {
    return this.#store.all<GrantRow>('SELECT id, account, role, unit FROM grants WHERE _deleted = 0 ORDER BY key')
  }

  async allSecrets(): Promise<Secrets[]> {
    return (await this.#store.all<SecretsRow>(`SELECT ${secretColumns} FROM secret_accounts`)).map(fromRow)
  }

  async secrets(account: Id): Promise<Secrets | null> {
    const row = await this.#store.get<SecretsRow>(`SELECT ${secretColumns} FROM secret_accounts WHERE account = ?`, [account])
    return row === null ? null : fromRow(row)
  }

  async save(secrets: Secrets): Promise<void> {
    await this.saveAll([secrets])
  }

  async saveAll(all: readonly Secrets[]): Promise<void> {
    const rows = JSON.stringify(all.map((secrets) => ({ ...secrets, mustChange: secrets.mustChange ? 1 : 0 })))
    const fields = secretColumns.split(', ').map((column) => `value ->> '${column}'`)
    await this.#store.write((tx) =>
      tx.run(`INSERT OR REPLACE INTO secret_accounts (${secretColumns}) SELECT ${fields.join(', ')} FROM json_each(?)`, [rows]),
    )
  }
}
