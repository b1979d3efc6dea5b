// What goes next to one other side: urgent entries ahead of the rest when there is much, otherwise chain by chain.
import type { SealedBatch } from '../journal/seal.ts'
import { lastUrgentRank, rankOf } from './lanes.ts'
import type { Ledger } from './ledger.ts'
import { type Chain, type ChainEnd, chainKey, type JournalPort } from './types.ts'

/** With fewer entries waiting everything is on its way at once, and nothing needs to go ahead. */
const fewEntries = 48
/** An urgent entry this near to the front of its chain goes with what precedes it. */
const nearEntries = 16
const marksAtOnce = 5_000

interface Backlog extends Chain {
  key: string
  /** Gone already, without a gap. */
  from: number
  end: number
}

interface Urgent {
  seq: number
  rank: number
}

export class Outbox {
  readonly #journal: JournalPort
  readonly #ledger: Ledger
  /** Urgent entries found so far in each chain, and up to where it was looked through. */
  readonly #urgent = new Map<string, { upTo: number; found: Urgent[] }>()
  #turn = 0

  constructor(options: { journal: JournalPort; ledger: Ledger }) {
    this.#journal = options.journal
    this.#ledger = options.ledger
  }

  /**
   * @param options.maySend chains that are meant for them and not being held back
   * @param options.limitBytes bodies together, before compression
   * @returns null when there is nothing that can go now
   */
  async next(options: { ends: readonly ChainEnd[]; maySend: (chain: Chain) => boolean; limitBytes: number }): Promise<SealedBatch | null> {
    const { limitBytes } = options
    const waiting = options.ends.filter(options.maySend).flatMap((end): Backlog[] => {
      const key = chainKey(end)
      const from = this.#ledger.position(key)
      return end.seq > from ? [{ station: end.station, scope: end.scope, key, from, end: end.seq }] : []
    })
    const isMuch = waiting.reduce((sum, { from, end }) => sum + end - from, 0) > fewEntries
    return (isMuch ? await this.#ahead(waiting, limitBytes) : null) ?? (await this.#passOnRuns(options)) ?? (await this.#inOrder(waiting, limitBytes))
  }

  async #inOrder(waiting: readonly Backlog[], limitBytes: number): Promise<SealedBatch | null> {
    this.#turn += 1
    for (const [index] of waiting.entries()) {
      const backlog = waiting[(index + this.#turn) % waiting.length]
      if (backlog === undefined) continue
      const { station, scope, from } = backlog
      const batch = await this.#journal.sealedBatch({ station, scope, after: from, limitBytes })
      if (batch !== null) return batch
    }
    return null
  }

  /** The most urgent entries that would have to wait, those that follow one another together. */
  async #ahead(waiting: readonly Backlog[], limitBytes: number): Promise<SealedBatch | null> {
    let best: { backlog: Backlog; urgent: Urgent; length: number } | null = null
    for (const backlog of waiting) {
      const found = (await this.#urgentOf(backlog)).filter(({ seq }) => !this.#ledger.has(backlog.key, seq))
      const urgent = found.reduce<Urgent | null>((first, one) => (first === null || one.rank < first.rank ? one : first), null)
      if (urgent === null || (best !== null && best.urgent.rank <= urgent.rank)) continue
      const following = found.slice(found.indexOf(urgent))
      best = { backlog, urgent, length: following.findIndex(({ seq }, index) => seq !== urgent.seq + index) }
      if (best.length === -1) best.length = following.length
    }
    if (best === null) return null
    const { backlog, urgent, length } = best
    const { station, scope, from } = backlog
    const isNear = urgent.seq <= from + nearEntries
    const range = isNear ? { after: from } : { after: urgent.seq - 1, limit: length, isAhead: true }
    return this.#journal.sealedBatch({ station, scope, limitBytes, ...range })
  }

  async #urgentOf({ station, scope, key, from, end }: Backlog): Promise<readonly Urgent[]> {
    const known = this.#urgent.get(key) ?? { upTo: 0, found: [] }
    let upTo = Math.max(known.upTo, from)
    const found = known.found.filter(({ seq }) => seq > from)
    while (upTo < end) {
      const marks = await this.#journal.marks({ station, scope }, upTo, marksAtOnce)
      for (const { seq, action } of marks) if (rankOf(action) <= lastUrgentRank) found.push({ seq, rank: rankOf(action) })
      upTo = marks.at(-1)?.seq ?? end
    }
    this.#urgent.set(key, { upTo, found })
    return found
  }

  /** What reached us ahead of what precedes it goes on ahead too. */
  async #passOnRuns(options: { maySend: (chain: Chain) => boolean; limitBytes: number }): Promise<SealedBatch | null> {
    const positions = new Map<string, number>()
    for (const run of await this.#journal.islands()) {
      if (!options.maySend(run)) continue
      const key = chainKey(run)
      const from = positions.get(key) ?? this.#ledger.position(key)
      positions.set(key, from)
      for (let seq = Math.max(run.fromSeq, from + 1); seq <= run.toSeq; seq += 1) {
        if (this.#ledger.has(key, seq)) continue
        const { station, scope } = run
        const batch = await this.#journal.sealedBatch({ station, scope, after: seq - 1, limitBytes: options.limitBytes, isAhead: true })
        if (batch !== null) return batch
        break
      }
    }
    return null
  }
}
