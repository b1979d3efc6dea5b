// What an officer is typing, by account: on disk at each pause, so that neither page nor station may lose it. No act, so not in the journal.
import type { IncidentDraft } from '../../contract/index.ts'
import type { Store } from '../../store/types.ts'

export class DraftsRepository {
  readonly #store: Store
  constructor(store: Store) {
    this.#store = store
  }

  async save(draft: { id: string; account: string; body: unknown; updatedAt: number }): Promise<void> {
    await this.#store.write((tx) =>
      tx.run(
        `INSERT INTO incident_drafts (id, account, body, updatedAt) VALUES (?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET body = excluded.body, updatedAt = excluded.updatedAt WHERE incident_drafts.account = excluded.account`,
        [draft.id, draft.account, JSON.stringify(draft.body), draft.updatedAt],
      ),
    )
  }

  async list(account: string): Promise<IncidentDraft[]> {
    const rows = await this.#store.all<{ id: string; body: string; updatedAt: number }>(
      'SELECT id, body, updatedAt FROM incident_drafts WHERE account = ? ORDER BY updatedAt DESC LIMIT 50',
      [account],
    )
    return rows.map((row) => ({ ...row, body: JSON.parse(row.body) as unknown }))
  }

  async remove(id: string, account: string): Promise<void> {
    await this.#store.write((tx) => tx.run('DELETE FROM incident_drafts WHERE id = ? AND account = ?', [id, account]))
  }
}
