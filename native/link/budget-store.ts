// How much may go over each line, as an administrator set it: on disk, so that it counts after a restart too.
import type { Store } from '../store/types.ts'

export class BudgetStore {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  /** Bytes a second, null = no limit; undefined = nobody has set it. */
  async read(unit: string): Promise<number | null | undefined> {
    const row = await this.#store.get<{ bytesPerS: number | null }>('SELECT bytesPerS FROM link_budgets WHERE unit = ?', [unit])
    return row?.bytesPerS
  }

  async set(unit: string, bytesPerS: number | null): Promise<void> {
    await this.#store.write(async (tx) => {
      await tx.run('INSERT INTO link_budgets (unit, bytesPerS) VALUES (?, ?) ON CONFLICT (unit) DO UPDATE SET bytesPerS = excluded.bytesPerS', [
        unit,
        bytesPerS,
      ])
    })
  }
}
