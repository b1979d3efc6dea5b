// When a loaded scene may take the place of the one before: each of its tiles shows something of its own. Pure.

/** Said by a tile that shows what there is: some of its cameras, the words that nothing was chosen, or that nobody is in the room. */
const faultsThatShow = new Set(['partly', 'unset', 'nobody'])

export class Readiness {
  readonly #waiting: Set<string>
  readonly faults = new Map<string, string>()

  constructor(tiles: readonly string[]) {
    this.#waiting = new Set(tiles)
  }

  told(tile: string, fault: string | null): void {
    this.#waiting.delete(tile)
    if (fault === null) this.faults.delete(tile)
    else this.faults.set(tile, fault)
  }

  /** The time to get ready is over. @returns whether it is */
  endPatience(): boolean {
    for (const tile of this.#waiting) this.faults.set(tile, 'slow')
    return this.isReady
  }

  get isReady(): boolean {
    return this.#waiting.size === 0 && [...this.faults.values()].every((fault) => faultsThatShow.has(fault))
  }
}
