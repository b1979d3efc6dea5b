// Where the globe of each operator's console looks: for globes on a wall that follow it. Kept in memory; a restart forgets it until the console says it again.
import type { WallGlobeView } from '../../contract/index.ts'

export class ConsoleViews {
  readonly #views = new Map<string, WallGlobeView>()

  /** @returns whether it is another one than before */
  look(account: string, view: WallGlobeView): boolean {
    const before = this.#views.get(account)
    if (before !== undefined && JSON.stringify(before) === JSON.stringify(view)) return false
    this.#views.set(account, view)
    return true
  }

  of(account: string): WallGlobeView | null {
    return this.#views.get(account) ?? null
  }
}
