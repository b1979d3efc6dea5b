// What somebody is typing into a draft, by account: on disk at each pause, there after a kill -9. No act, so not in the journal.
import type { TypedInput } from '../../contract/index.ts'
import type { Store } from '../../store/types.ts'

export class TypedRepository {
  readonly #store: Store
  constructor(store: Store) {
    this.#store = store
  }

  /** An empty body forgets what was typed. */
  async save(typed: TypedInput, account: string): Promise<void> {
    const isEmpty = Object.keys(typed.body).length === 0
    await this.#store.write((tx) =>
      isEmpty
        ? tx.run('DELETE FROM report_typed WHERE report = ? AND account = ?', [typed.report, account])
        : tx.run(
            `INSERT INTO report_typed (report, account, body, updatedAt) VALUES (?, ?, ?, ?)
             ON CONFLICT (report, account) DO UPDATE SET body = excluded.body, updatedAt = excluded.updatedAt`,
            [typed.report, account, JSON.stringify(typed.body), Date.now()],
          ),
    )
  }

  async get(report: string, account: string): Promise<{ body: TypedInput['body']; updatedAt: number } | null> {
    const row = await this.#store.get<{ body: string; updatedAt: number }>(
      'SELECT body, updatedAt FROM report_typed WHERE report = ? AND account = ?',
      [report, account],
    )
    return row === null ? null : { body: JSON.parse(row.body) as TypedInput['body'], updatedAt: row.updatedAt }
  }
}
