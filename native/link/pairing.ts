// Two stations learn each other's keys by a code that one shows and a person types at the other: whoever does not know it can neither ask nor answer.
import { createHmac, randomInt, timingSafeEqual } from 'node:crypto'
import type { StationCard } from './stations.ts'
import type { Timing } from './types.ts'

/** A card and the proof that its sender knows the code. */
export interface ShownCard {
  card: StationCard
  /** It answers another one. */
  isAnswer: boolean
  /** HMAC-SHA256 under the code, base64. */
  proof: string
}

/** Without letters and digits that are taken for one another. */
const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const codeLength = 10
/** A code is good for ten minutes and five wrong tries. */
const codeMs = 10 * 60_000
const triesAtMost = 5
const answerMs = 15_000

/** ` k7m2q-9xrta ` → `K7M2Q9XRTA`, full width too. */
export function plainCode(code: string): string {
  return code
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
}

export function showCard(card: StationCard, isAnswer: boolean, code: string): ShownCard {
  return { card, isAnswer, proof: proofOf(card, isAnswer, code).toString('base64') }
}

function proofOf({ station, unit, name, publicKey, isHost }: StationCard, isAnswer: boolean, code: string): Buffer {
  const said = JSON.stringify(['wanglou-pairing-1', station, unit, name, publicKey, isHost, isAnswer])
  return createHmac('sha256', plainCode(code)).update(said).digest()
}

function isProven({ card, isAnswer, proof }: ShownCard, code: string): boolean {
  const [said, due] = [Buffer.from(proof, 'base64'), proofOf(card, isAnswer, code)]
  return said.byteLength === due.byteLength && timingSafeEqual(said, due)
}

export class Pairing {
  readonly #timing: Timing
  readonly #own: () => StationCard
  readonly #accept: (card: StationCard) => Promise<boolean>
  #offer: { code: string; until: number; triesLeft: number } | null = null
  #asking: { code: string; done: (card: StationCard | null) => void } | null = null

  /** @param options.accept remembers the other's card; false when it is known under another key */
  constructor(options: { timing: Timing; own: () => StationCard; accept: (card: StationCard) => Promise<boolean> }) {
    this.#timing = options.timing
    this.#own = options.own
    this.#accept = options.accept
  }

  /** A new code; an older one is void. @returns the code as people read it, and until when it is good */
  begin(): { code: string; until: number } {
    const code = Array.from({ length: codeLength }, () => letters[randomInt(letters.length)]).join('')
    const until = this.#timing.now() + codeMs
    this.#offer = { code, until, triesLeft: triesAtMost }
    return { code: `${code.slice(0, 5)}-${code.slice(5)}`, until }
  }

  /** Shows our card to the other side and waits for theirs. @returns null when nobody answers who knows the code */
  async join(code: string, say: (shown: ShownCard) => Promise<void>): Promise<StationCard | null> {
    const { promise, resolve } = Promise.withResolvers<StationCard | null>()
    this.#asking?.done(null)
    this.#asking = { code, done: resolve }
    const cancel = this.#timing.after(answerMs, () => resolve(null))
    try {
      await say(showCard(this.#own(), false, code))
      const card = await promise
      return card !== null && (await this.#accept(card)) ? card : null
    } finally {
      cancel()
      this.#asking = null
    }
  }

  /**
   * @param from the unit whose line it came over: a card that names another is not believed, whoever knows the code
   * @returns what to answer; null = nothing
   */
  async heard(shown: ShownCard, from: string): Promise<ShownCard | null> {
    if (shown.card.unit !== from) return null
    if (shown.isAnswer) {
      if (this.#asking !== null && isProven(shown, this.#asking.code)) this.#asking.done(shown.card)
      return null
    }
    const offer = this.#offer
    if (offer === null || offer.until < this.#timing.now()) return null
    if (!isProven(shown, offer.code)) {
      offer.triesLeft -= 1
      if (offer.triesLeft === 0) this.#offer = null
      return null
    }
    if (!(await this.#accept(shown.card))) return null
    // Good once.
    this.#offer = null
    return showCard(this.#own(), true, offer.code)
  }
}
