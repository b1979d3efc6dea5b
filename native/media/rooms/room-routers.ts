// The routers of one room: places are spread over them, so that a large room uses more than one core; and who is loudest of all.
import type { AudioLevelObserver, Producer, Router } from 'mediasoup/types'
import type { Sfu } from '../sfu/sfu.ts'

interface Hall {
  router: Router
  levels: AudioLevelObserver
  places: number
  /** Who is loudest in this one, and how loud in dBov (−127…0); null = silence. */
  loudest: { producer: string; volume: number } | null
}

export interface RoomRoutersOptions {
  sfu: Sfu
  placesPerRouter: number
  /** The producer that is loudest in the room now; null = nobody. */
  onLoudest: (producer: string | null) => void
}

const quietestDbov = -55
const levelEveryMs = 500

export class RoomRouters {
  readonly #options: RoomRoutersOptions
  readonly #halls = new Map<string, Hall>()
  /** Opened by one, awaited by all who come meanwhile. */
  #opening: Promise<Hall> | null = null
  #isClosed = false

  constructor(options: RoomRoutersOptions) {
    this.#options = options
  }

  /** A router for one more place; `leave` gives it back. @throws WanglouError SFU_UNAVAILABLE */
  async take(): Promise<Router> {
    const hall = this.#roomiest() ?? (await (this.#opening ??= this.#open().finally(() => (this.#opening = null))))
    hall.places += 1
    return hall.router
  }

  leave(router: Router): void {
    const hall = this.#halls.get(router.id)
    if (hall !== undefined) hall.places -= 1
  }

  /** Its level counts for who speaks. */
  async hear(router: Router, producer: Producer): Promise<void> {
    await this.#halls.get(router.id)?.levels.addProducer({ producerId: producer.id })
  }

  close(): void {
    this.#isClosed = true
    for (const { router } of this.#halls.values()) router.close()
  }

  #roomiest(): Hall | null {
    const [hall] = [...this.#halls.values()].sort((a, b) => a.places - b.places)
    return hall !== undefined && hall.places < this.#options.placesPerRouter ? hall : null
  }

  async #open(): Promise<Hall> {
    const router = await this.#options.sfu.router()
    const levels = await router.createAudioLevelObserver({ maxEntries: 1, threshold: quietestDbov, interval: levelEveryMs })
    const hall: Hall = { router, levels, places: 0, loudest: null }
    const heard = (loudest: Hall['loudest']) => {
      hall.loudest = loudest
      this.#tellLoudest()
    }
    levels.on('volumes', ([first]) => heard(first === undefined ? null : { producer: first.producer.id, volume: first.volume }))
    levels.on('silence', () => heard(null))
    this.#halls.set(router.id, hall)
    router.observer.once('close', () => this.#halls.delete(router.id))
    if (this.#isClosed) router.close()
    return hall
  }

  #tellLoudest(): void {
    const heard = [...this.#halls.values()].flatMap(({ loudest }) => (loudest === null ? [] : [loudest]))
    this.#options.onLoudest(heard.sort((a, b) => b.volume - a.volume)[0]?.producer ?? null)
  }
}
