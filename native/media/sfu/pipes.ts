// Producers that one router takes from another: each once, forgotten when either end closes.
import type { Router } from 'mediasoup/types'

export class Pipes {
  readonly #known = new Map<string, Promise<void>>()

  /** Asked twice it waits for the first. What failed may be asked again. */
  pipe({ producerId, from, to }: { producerId: string; from: Router; to: Router }): Promise<void> {
    const key = `${producerId} ${to.id}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const made = this.#make({ producerId, from, to, forget: () => this.#known.delete(key) })
    this.#known.set(key, made)
    return made
  }

  async #make(options: { producerId: string; from: Router; to: Router; forget: () => void }): Promise<void> {
    const { producerId, from, to, forget } = options
    try {
      const { pipeProducer } = await from.pipeToRouter({ producerId, router: to, listenInfo: { protocol: 'udp', ip: '127.0.0.1' } })
      if (pipeProducer === undefined || pipeProducer.closed) forget()
      else pipeProducer.observer.once('close', forget)
    } catch (error) {
      forget()
      throw error
    }
  }
}
