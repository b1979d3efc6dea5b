// Timers by name: setting one again puts it off, and all end together.
import type { Timing } from './types.ts'

export class Timers {
  readonly #timing: Timing
  readonly #running = new Map<string, () => void>()

  constructor(timing: Timing) {
    this.#timing = timing
  }

  has(name: string): boolean {
    return this.#running.has(name)
  }

  /** @param ms from now */
  later(name: string, ms: number, call: () => void): void {
    this.#running.get(name)?.()
    this.#running.set(
      name,
      this.#timing.after(ms, () => {
        this.#running.delete(name)
        call()
      }),
    )
  }

  end(): void {
    for (const cancel of this.#running.values()) cancel()
    this.#running.clear()
  }
}
