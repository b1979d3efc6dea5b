// Tells listeners which rows changed, after each commit; never the values.
import { type Change, MAX_CHANGED_IDS } from '../contract/index.ts'
import type { Touched } from './flush.ts'

export class ChangeFeed {
  readonly #listeners = new Set<(changes: Change[]) => void>()
  #revision = 0

  listen(listener: (changes: Change[]) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Many rows of a dataset changed. */
  announceAll(dataset: string): void {
    this.#revision += 1
    for (const listener of this.#listeners) listener([{ dataset, ids: null, revision: this.#revision }])
  }

  announce(touched: readonly Touched[]): void {
    const ids = new Map<string, Set<string>>()
    for (const one of touched) {
      for (const [dataset, rows] of one) {
        const known = ids.get(dataset) ?? new Set()
        for (const row of rows) known.add(row)
        ids.set(dataset, known)
      }
    }
    if (ids.size === 0) return
    this.#revision += 1
    const changes = [...ids].map(([dataset, rows]) => ({ dataset, ids: rows.size > MAX_CHANGED_IDS ? null : [...rows], revision: this.#revision }))
    for (const listener of this.#listeners) listener(changes)
  }
}
