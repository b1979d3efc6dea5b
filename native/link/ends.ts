// Where our chains end, read at most once for each time something was written or came.
import type { ChainEnd, JournalPort } from './types.ts'

export class Ends {
  readonly #journal: JournalPort
  #known: ChainEnd[] | null = null
  #reading: Promise<ChainEnd[]> | null = null
  #isStale = false

  constructor(journal: JournalPort) {
    this.#journal = journal
  }

  async read(): Promise<ChainEnd[]> {
    if (this.#known !== null) return this.#known
    this.#reading ??= this.#readNow().finally(() => {
      this.#reading = null
    })
    return this.#reading
  }

  forget(): void {
    this.#known = null
    this.#isStale = true
  }

  async #readNow(): Promise<ChainEnd[]> {
    for (;;) {
      this.#isStale = false
      const ends = await this.#journal.heads()
      // What was written while we asked may be missing; whoever waits for us alone asks once more.
      if (!this.#isStale) {
        this.#known = ends
        return ends
      }
    }
  }
}
