// What came over a line and was not taken, as long as it says something of how the line stands.
import type { LinkReason } from '../contract/index.ts'
import { type Chain, chainKey, type Have, type Timing } from './types.ts'

/** Not repeated for as long as this, a refusal is over. */
const standsMs = 10 * 60_000

export class Refusals {
  readonly #timing: Timing
  readonly #found = new Map<string, { chain: Chain; reason: LinkReason; at: number }>()

  constructor(timing: Timing) {
    this.#timing = timing
  }

  /** Bytes that say nothing: of no chain. */
  add(reason: LinkReason, chain: Chain | null): void {
    const { station, scope } = chain ?? { station: '', scope: 'shared' }
    this.#found.set(chain === null ? reason : chainKey(chain), { chain: { station, scope }, reason, at: this.#timing.now() })
  }

  /** The chain goes on. */
  clear(chain: Chain): void {
    this.#found.delete(chainKey(chain))
  }

  /** As the other side is told. */
  get all(): Have['refused'] {
    const now = this.#timing.now()
    return [...this.#found.values()].filter(({ at }) => now - at < standsMs).map(({ chain, reason }) => ({ ...chain, reason }))
  }
}
