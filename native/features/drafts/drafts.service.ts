// Drafts of forms, by account and form: there again after a kill -9 of page or station, gone when the form was sent or thrown away.
import { WanglouError } from '../../contract/index.ts'
import { refuseMarked } from '../../kernel/marking.ts'
import type { Store } from '../../store/types.ts'

/** As JSON text, in UTF-16 code units. */
const longestBody = 200_000
/** A draft nobody came back to is thrown away after this. */
const keptMs = 90 * 86_400_000

export class DraftsService {
  readonly #store: Store
  readonly #now: () => number

  constructor(options: { store: Store; now?: () => number }) {
    this.#store = options.store
    this.#now = options.now ?? Date.now
  }

  /** @returns what was typed; null = nothing */
  async read(account: string, form: string): Promise<unknown> {
    const row = await this.#store.get<{ body: string }>('SELECT body FROM form_drafts WHERE account = ? AND form = ?', [account, form])
    return row === null ? null : (JSON.parse(row.body) as unknown)
  }

  /** @throws WanglouError CLASSIFIED_MARKING, TOO_LARGE */
  async save(account: string, form: string, body: unknown): Promise<void> {
    refuseMarked(body)
    const text = JSON.stringify(body)
    if (text.length > longestBody) throw new WanglouError('TOO_LARGE')
    const now = this.#now()
    await this.#store.write(async (tx) => {
      await tx.run(
        'INSERT INTO form_drafts (account, form, body, updatedAt) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body, updatedAt = excluded.updatedAt',
        [account, form, text, now],
      )
      await tx.run('DELETE FROM form_drafts WHERE updatedAt < ?', [now - keptMs])
    })
  }

  async remove(account: string, form: string): Promise<void> {
    await this.#store.write((tx) => tx.run('DELETE FROM form_drafts WHERE account = ? AND form = ?', [account, form]))
  }
}
