// Our annexes of rooms that other centres hold, one a room: opened with the first of our people, closed with the last.
import { z } from 'zod'
import type { RoomEvent } from '../../contract/index.ts'
import { Annex, type AnnexComer } from '../../media/cascade/annex.ts'
import { Crossing, TrunkOffer } from '../../media/cascade/trunk.ts'
import type { Talk } from '../../media/hosts/talk.ts'
import { lookEveryMs } from '../../media/rooms/audio-floor.ts'
import type { Sfu } from '../../media/sfu/sfu.ts'

const Opened = z.object({ trunk: z.string(), offer: TrunkOffer })

export class Annexes {
  readonly #sfu: Sfu
  readonly #onError: (error: unknown) => void
  readonly #open = new Map<string, { annex: Annex; talk: Talk }>()
  #looking: NodeJS.Timeout | null = null
  #isLooking = false

  constructor(options: { sfu: Sfu; onError: (error: unknown) => void }) {
    this.#sfu = options.sfu
    this.#onError = options.onError
  }

  open(conference: string, talk: Talk): Annex {
    const known = this.#open.get(conference)
    if (known?.talk === talk) return known.annex
    known?.annex.close()
    const annex = new Annex({ sfu: this.#sfu, onError: this.#onError, host: hostOver(talk, conference) })
    this.#open.set(conference, { annex, talk })
    this.#looking ??= setInterval(() => void this.#look().catch(this.#onError), lookEveryMs)
    talk.onClosed(() => this.#close(conference, annex))
    return annex
  }

  /** The annex of a room whose host is that station; null = there is none. */
  of(conference: string, station: string): Annex | null {
    const known = this.#open.get(conference)
    return known?.talk.station === station ? known.annex : null
  }

  tidy(conference: string): void {
    const known = this.#open.get(conference)
    if (known?.annex.isEmpty === true) this.#close(conference, known.annex)
  }

  stop(): void {
    for (const [conference, { annex }] of [...this.#open]) this.#close(conference, annex)
  }

  #close(conference: string, annex: Annex): void {
    if (this.#open.get(conference)?.annex === annex) this.#open.delete(conference)
    annex.close()
    if (this.#open.size > 0 || this.#looking === null) return
    clearInterval(this.#looking)
    this.#looking = null
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return
    this.#isLooking = true
    try {
      for (const { annex } of this.#open.values()) await annex.lookAtLines(Date.now())
    } finally {
      this.#isLooking = false
    }
  }
}

function hostOver(talk: Talk, conference: string) {
  return {
    openTrunk: async (offer: TrunkOffer) => Opened.parse(await talk.call('trunk.open', { conference, offer })),
    attend: (comer: AnnexComer & { trunk: string }, signal: AbortSignal) => talk.open('attend', { input: comer, signal }) as AsyncIterable<RoomEvent>,
    report: async (place: object) => void (await talk.call('trunk.report', { conference, ...place })),
    send: async (request: object) => Crossing.parse(await talk.call('trunk.send', { conference, ...request })) as unknown as Crossing,
    size: async (request: object) => void (await talk.call('trunk.size', { conference, ...request })),
  }
}
