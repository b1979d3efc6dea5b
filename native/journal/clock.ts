// The hybrid logical clock: never goes back, whatever the wall clock does.
import type { EpochMs, Hlc } from '../contract/index.ts'

/** Counters stay within 32 bits; a full one borrows a millisecond from the future. */
const counterLimit = 0xffff_ffff

export class HybridClock {
  readonly #now: () => EpochMs
  #last: Hlc = { ms: 0, counter: 0 }

  constructor(now: () => EpochMs) {
    this.#now = now
  }

  /** The last reading issued or seen. */
  get last(): Hlc {
    return { ...this.#last }
  }

  /** A reading above every one issued or seen. */
  next(): Hlc {
    const wall = this.#now()
    if (wall > this.#last.ms) this.#last = { ms: wall, counter: 0 }
    else if (this.#last.counter < counterLimit) this.#last = { ms: this.#last.ms, counter: this.#last.counter + 1 }
    else this.#last = { ms: this.#last.ms + 1, counter: 0 }
    return this.last
  }

  /** Takes note of a reading of another station or of what lies in the journal. */
  see(hlc: Hlc): void {
    if (hlc.ms > this.#last.ms || (hlc.ms === this.#last.ms && hlc.counter > this.#last.counter)) this.#last = { ...hlc }
  }
}
