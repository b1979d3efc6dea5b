// Entries that have come and are not shown yet, in words an administrator can judge by; letting in those that only their clock keeps out.
import { type EntryHead, type LetInInput, WanglouError, type WaitingList } from '../../contract/index.ts'
import type { ForkSide, JournalAdministration, WaitingEntry } from '../../journal/types.ts'

const listLimit = 500

export class WaitingService {
  readonly #journal: JournalAdministration
  readonly #nameOf: (account: string) => string | null
  readonly #now: () => number

  constructor(options: { journal: JournalAdministration; nameOf: (account: string) => string | null; now?: () => number }) {
    this.#journal = options.journal
    this.#nameOf = options.nameOf
    this.#now = options.now ?? Date.now
  }

  async list(): Promise<WaitingList> {
    const { entries, total, forks } = await this.#journal.waiting({ limit: listLimit })
    const now = this.#now()
    return {
      total,
      items: entries.map((entry) => ({
        ...this.#head(entry),
        entry: `${entry.station}/${entry.scope}/${entry.seq}`,
        station: entry.station,
        reason: entry.reason,
        aheadMs: entry.clockMs - now,
        receivedAt: entry.receivedAt,
      })),
      forks: forks.map(({ entry, kept, aside }) => ({
        entry,
        station: entry.slice(0, entry.indexOf('/')),
        kept: { ...this.#head(kept), hash: kept.hash },
        aside: { ...this.#head(aside), hash: aside.hash, receivedAt: aside.receivedAt },
      })),
    }
  }

  /** @returns how many are shown from now on. Throws REASON_REQUIRED, NOT_FOUND (let in meanwhile), STATE_NOT_ALLOWED (what it waits for is not its clock) */
  async letIn(input: LetInInput & { actor: string }): Promise<number> {
    if (input.reason === '') throw new WanglouError('REASON_REQUIRED')
    return this.#journal.letIn(input)
  }

  #head({ at, actor, action, subject }: ForkSide | WaitingEntry): EntryHead {
    return { at, who: this.#nameOf(actor), action, dataset: subject.dataset }
  }
}
