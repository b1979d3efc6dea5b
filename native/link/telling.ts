// Says to the other side what is held here: soon after something came, all of it when something is missing, every few minutes whatever happened.
import type { ExchangeTimes } from './exchange-times.ts'
import type { Timers } from './timers.ts'
import { chainKey, type ChainEnd, type Have } from './types.ts'

/** What is owed, by weight: nothing, the chains that moved, all of them, all of them and theirs in return. */
const weights = ['nothing', 'moved', 'everything', 'question'] as const
type Owed = (typeof weights)[number]

export interface TellingOptions {
  times: ExchangeTimes
  timers: Timers
  /** Ends of the chains that they may hold too. */
  ends: () => Promise<readonly ChainEnd[]>
  /** Everything else of what is said. */
  rest: () => Promise<Omit<Have, 'isFull' | 'isAsking' | 'ends'>>
  send: (have: Have) => Promise<void>
  onFailure: (error: unknown) => void
}

export class Telling {
  readonly #options: TellingOptions
  readonly #told = new Map<string, number>()
  #owed: Owed = 'nothing'
  #isOpen = false

  constructor(options: TellingOptions) {
    this.#options = options
  }

  open(): void {
    this.#isOpen = true
    this.now('question')
    this.#keepAlive()
  }

  close(): void {
    this.#isOpen = false
  }

  now(what: Exclude<Owed, 'nothing'>): void {
    this.owe(what)
    this.#options.timers.later('tell', 0, () => void this.#tell())
  }

  /** After a while: more may come meanwhile. */
  soon(what: Exclude<Owed, 'nothing'>): void {
    const { timers, times } = this.#options
    this.owe(what)
    if (!timers.has('tell')) timers.later('tell', times.tellMs, () => void this.#tell())
  }

  /** With the next telling. */
  owe(what: Owed): void {
    if (weights.indexOf(what) > weights.indexOf(this.#owed)) this.#owed = what
  }

  /** The line may stand again. */
  again(): void {
    if (this.#owed !== 'nothing') this.now(this.#owed)
  }

  #keepAlive(): void {
    const { timers, times } = this.#options
    if (times.aliveMs === Infinity) return
    timers.later('alive', times.aliveMs, () => {
      this.now('moved')
      this.#keepAlive()
    })
  }

  async #tell(): Promise<void> {
    const { ends: readEnds, rest, send, timers, times, onFailure } = this.#options
    const owed = this.#owed
    if (!this.#isOpen || owed === 'nothing') return
    this.#owed = 'nothing'
    try {
      const isFull = owed !== 'moved'
      const all = await readEnds()
      const ends = isFull ? all : all.filter((end) => this.#told.get(chainKey(end)) !== end.seq)
      await send({ ...(await rest()), isFull, isAsking: owed === 'question', ends: ends.map(({ station, scope, seq }) => ({ station, scope, seq })) })
      for (const end of ends) this.#told.set(chainKey(end), end.seq)
      if (isFull) timers.later('compare', times.compareMs, () => this.now('question'))
    } catch (error) {
      this.owe(owed)
      onFailure(error)
    }
  }
}
