// Producers that one router takes from another: each once, forgotten when either end closes.
import type { Producer, Router } from 'mediasoup/types'

export class Pipes {
  readonly #known = new Map<string, Promise<string>>()

  /** Asked twice it waits for the first. What failed may be asked again. @returns the producer's id in `to`: another one, because two routers of one worker cannot share it */
  pipe({ producerId, from, to }: { producerId: string; from: Router; to: Router }): Promise<string> {
    const key = `${producerId} ${to.id}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const made = this.#make({ producerId, from, to, forget: () => this.#known.delete(key) })
    this.#known.set(key, made)
    return made
  }

  async #make(options: { producerId: string; from: Router; to: Router; forget: () => void }): Promise<string> {
    const { producerId, from, to, forget } = options
    try {
      const pipeProducer = await branch({ producerId, from, to })
      if (pipeProducer.closed) forget()
      else pipeProducer.observer.once('close', forget)
      return pipeProducer.id
    } catch (error) {
      forget()
      throw error
    }
  }
}

/** A producer of its own in `to`, each time another one: it can be silenced alone, and goes with the one it comes from. */
export async function branch({ producerId, from, to }: { producerId: string; from: Router; to: Router }): Promise<Producer> {
  const { pipeProducer } = await from.pipeToRouter({ producerId, router: to, listenInfo: { protocol: 'udp', ip: '127.0.0.1' }, keepId: false })
  if (pipeProducer === undefined) throw new Error(`producer ${producerId} has gone`)
  return pipeProducer
}
