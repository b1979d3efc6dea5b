// What accounts leave in the journal beside their cells: who came in, who was turned away, who opened what again.
import type { CellValue, Id } from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'

/** Subject of acts about a login nobody has. What was typed is not kept: it is often a password. */
const NOBODY = '00000000-0000-0000-0000-000000000000'
const sameRefusalQuietMs = 60_000

export type AuditAction =
  | 'accounts.signIn'
  | 'accounts.signOut'
  | 'accounts.signInFailed'
  | 'accounts.lockout'
  | 'accounts.unlockAccount'
  | 'accounts.lock'
  | 'accounts.unlock'
  | 'accounts.unlockFailed'
  | 'accounts.changePassword'
  | 'accounts.setPin'
  | 'accounts.resetPassword'
  | 'accounts.refused'
  | 'accounts.export'

export class AuditTrail {
  readonly #journal: Journal
  readonly #refusals = new Map<string, number>()

  constructor(options: { journal: Journal }) {
    this.#journal = options.journal
  }

  /** @param account whom it is about; null = nobody known */
  async write(action: AuditAction, options: { actor: string; account: Id | null; note?: Record<string, CellValue> }): Promise<void> {
    await this.#journal.write({
      actor: options.actor,
      action,
      subject: { dataset: 'accounts', row: options.account ?? NOBODY },
      rows: [],
      note: options.note ?? null,
    })
  }

  /** A refused permission; the same one again within a minute is not written a second time, so that a page gone wrong cannot fill the journal. */
  async refused(account: Id, what: string): Promise<void> {
    const key = `${account} ${what}`
    const now = Date.now()
    if (now - (this.#refusals.get(key) ?? 0) < sameRefusalQuietMs) return
    if (this.#refusals.size > 1_000) this.#refusals.clear()
    this.#refusals.set(key, now)
    await this.write('accounts.refused', { actor: account, account, note: { what } })
  }
}
