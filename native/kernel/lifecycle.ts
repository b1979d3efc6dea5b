// Ordered start, bounded idempotent stop in reverse order.
import type { Logger } from 'pino'

export interface Service {
  name: string
  start(): Promise<void>
  stop(): Promise<void>
}

export class Lifecycle {
  readonly #log: Logger
  readonly #stopTimeoutMs: number
  readonly #started: Service[] = []
  #stopping: Promise<void> | null = null

  constructor(options: { log: Logger; stopTimeoutMs: number }) {
    this.#log = options.log
    this.#stopTimeoutMs = options.stopTimeoutMs
  }

  /** Starts in the order given; what fails takes down what had started. */
  async start(services: readonly Service[]): Promise<void> {
    for (const service of services) {
      try {
        this.#started.push(service)
        await service.start()
      } catch (error) {
        this.#log.error({ error, service: service.name }, 'start failed')
        await this.stop()
        throw error
      }
    }
  }

  /** Stops everything once, each within the bound; one that hangs or throws does not keep the rest from stopping. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll()
    return this.#stopping
  }

  async #stopAll(): Promise<void> {
    for (const service of this.#started.reverse()) {
      const { promise: late, resolve } = Promise.withResolvers<'late'>()
      const timer = setTimeout(() => resolve('late'), this.#stopTimeoutMs)
      try {
        if ((await Promise.race([service.stop(), late])) === 'late') this.#log.error({ service: service.name }, 'stop timed out')
      } catch (error) {
        this.#log.error({ error, service: service.name }, 'stop failed')
      } finally {
        clearTimeout(timer)
      }
    }
  }
}
