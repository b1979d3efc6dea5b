// Asks the station that decides straight away: our sealed entry goes to it past everything that waits, and its own sealed entry comes back as the answer.
import type { Scope } from '../contract/index.ts'
import type { ExportRange } from '../journal/replication.ts'
import type { SealedBatch } from '../journal/seal.ts'
import { isWithin, mayHold, type Superiors } from './permits.ts'
import type { StationCard } from './stations.ts'
import { decode, encode } from './wire.ts'

/** An entry by its place in its chain. */
export interface EntryPlace {
  station: string
  scope: Scope
  seq: number
}

/** Where a centre lies as seen from ours; null = on another branch, where no line of ours leads. */
export type Way = 'centre' | 'above' | 'below'

/** Looks whether an entry that has just come asks something, and answers it. @returns where our answer stands; null = nothing was asked, or nothing to say yet */
export type AnswerEntry = (asked: EntryPlace) => Promise<EntryPlace | null>

export interface AskingOptions {
  journal: { readonly station: string; sealedBatch(range: ExportRange): Promise<SealedBatch | null> }
  unit: string
  isHost: boolean
  superiors: () => Superiors
  /** Whom we know, ourselves left out. */
  stations: () => readonly StationCard[]
  /** @returns null when nobody answers in time */
  request: (way: 'centre' | 'above', bytes: Uint8Array) => Promise<Uint8Array | null>
  /** The centre right above; undefined = none. */
  above: string | undefined
  /** Takes what came as if it had come over the line; resolves when it is on disk. @param side `centre`, or the unit of a neighbour */
  take: (side: string, bytes: Uint8Array) => Promise<void>
  onError: (error: unknown) => void
}

/** A question is one entry; more is no question. */
const entriesAtMost = 16

export class Asking {
  readonly #options: AskingOptions
  #answer: AnswerEntry = () => Promise.resolve(null)

  constructor(options: AskingOptions) {
    this.#options = options
  }

  /** Said once by the room that decides. */
  answeredBy(answer: AnswerEntry): void {
    this.#answer = answer
  }

  /** Whether somebody who decides for a unit is known and can be reached by us or through our host. Our own host is not asked by itself. */
  canAsk(unit: string): boolean {
    const { unit: ours, isHost, stations } = this.#options
    if (unit === ours && isHost) return false
    return this.way(unit) !== null && stations().some((card) => card.isHost && card.unit === unit)
  }

  way(unit: string): Way | null {
    const { unit: ours, superiors } = this.#options
    if (unit === ours) return 'centre'
    if (isWithin(ours, unit, superiors())) return 'above'
    return isWithin(unit, ours, superiors()) ? 'below' : null
  }

  /**
   * Never throws and holds nobody up: the entry itself is on its way in any case, and what decides is the owner's entry, whichever way it comes.
   * Downwards there is no way to ask: the entry goes and is answered by one.
   * @returns whether an answer came straight back
   */
  async ask(entry: EntryPlace, unit: string): Promise<boolean> {
    const { request, take, onError } = this.#options
    const side = this.#sideTo(unit)
    if (side === null) return false
    try {
      const bytes = await this.#sealed(entry)
      const answer = bytes === null ? null : await request(side === 'centre' ? 'centre' : 'above', bytes)
      if (answer === null) return false
      await take(side, answer)
      return true
    } catch (error) {
      onError(error)
      return false
    }
  }

  /** What somebody has asked us, straight. @param side whose line it came over @returns what to answer; null = nothing */
  async heard(side: string, bytes: Uint8Array): Promise<Uint8Array | null> {
    const message = decode(bytes)
    if (message.kind !== 'batch' || message.batch.entries.length > entriesAtMost) return null
    await this.#options.take(side, bytes)
    const { station, scope, entries } = message.batch
    for (const { seq } of entries) {
      const answer = await this.#answer({ station, scope, seq })
      // Whoever names an entry that is none of theirs hears nothing of what we said to it.
      if (answer !== null && this.#mayHear(side, answer.scope)) return this.#sealed(answer)
    }
    return null
  }

  #mayHear(side: string, scope: Scope): boolean {
    return side === 'centre' ? scope !== 'self' : mayHold(scope, side, this.#options.superiors())
  }

  /** Of what is far above the host right above us asks on. */
  #sideTo(unit: string): string | null {
    const { isHost, above } = this.#options
    const way = this.way(unit)
    if (way === 'centre') return isHost ? null : 'centre'
    return way === 'above' && isHost ? (above ?? null) : null
  }

  async #sealed({ station, scope, seq }: EntryPlace): Promise<Uint8Array | null> {
    const batch = await this.#options.journal.sealedBatch({ station, scope, after: seq - 1, limit: 1, isAhead: true })
    return batch === null ? null : encode({ kind: 'batch', batch, files: [] })
  }
}
