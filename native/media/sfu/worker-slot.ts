// One core's worker: started when wanted, started again with back-off after it died, stopped once.
import type * as mediasoup from 'mediasoup/types'
import { WanglouError } from '../../contract/index.ts'
import type { WorkerState } from './sfu-health.ts'

export interface WorkerSlotOptions {
  /** Null: there is none to start. */
  program: () => string | null
  restartMs: number
  /** Ids of the routers that went with it. */
  onDied: (routers: string[]) => void
  onBack: () => void
  onError: (error: unknown) => void
}

const longestRestartMs = 10_000

export class WorkerSlot {
  readonly #options: WorkerSlotOptions
  readonly #routers = new Set<string>()
  /** Routers that closed because their worker died, not told yet. */
  readonly #lost: string[] = []
  #worker: mediasoup.Worker | null = null
  #starting: Promise<mediasoup.Worker> | null = null
  #timer: NodeJS.Timeout | null = null
  #isStopped = false
  #waitMs: number
  #state: WorkerState = { isAlive: true, since: Date.now(), deaths: 0 }
  /** Routers being made: they count, so that several wanted at once are spread. */
  #coming = 0

  constructor(options: WorkerSlotOptions) {
    this.#options = options
    this.#waitMs = options.restartMs
  }

  get worker(): mediasoup.Worker | null {
    return this.#worker
  }

  /** A slot nobody has wanted yet counts as alive. */
  get state(): WorkerState {
    return this.#state
  }

  get load(): number {
    return this.#state.isAlive ? this.#routers.size + this.#coming : Number.MAX_SAFE_INTEGER
  }

  async router(mediaCodecs: mediasoup.RouterRtpCodecCapability[]): Promise<mediasoup.Router> {
    this.#coming += 1
    try {
      const worker = await this.#living()
      const router = await worker.createRouter({ mediaCodecs })
      this.#routers.add(router.id)
      router.observer.once('close', () => {
        this.#routers.delete(router.id)
        // Routers close before their worker says that it died.
        if (worker.died) this.#lost.push(router.id)
      })
      return router
    } finally {
      this.#coming -= 1
    }
  }

  /** Waits until the worker's process has gone, so that its ports are free. */
  async stop(): Promise<void> {
    this.#isStopped = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    const worker = this.#worker ?? (await this.#starting?.catch(() => null)) ?? null
    this.#worker = null
    if (worker === null) return
    const gone = new Promise<void>((resolve) => worker.once('subprocessclose', () => resolve()))
    if (worker.closed && worker.subprocessClosed) return
    worker.close()
    await gone
  }

  #living(): Promise<mediasoup.Worker> {
    if (this.#isStopped) return Promise.reject(new WanglouError('SFU_UNAVAILABLE'))
    if (this.#worker !== null) return Promise.resolve(this.#worker)
    this.#starting ??= this.#spawn().finally(() => (this.#starting = null))
    return this.#starting
  }

  async #spawn(): Promise<mediasoup.Worker> {
    const workerBin = this.#options.program()
    if (workerBin === null) throw new WanglouError('SFU_UNAVAILABLE')
    // Only a station that hosts pays for the library.
    const { createWorker } = await import('mediasoup')
    const worker = await createWorker({ workerBin, logLevel: 'error' }).catch((cause: unknown) => {
      throw new WanglouError('SFU_UNAVAILABLE', {}, { cause })
    })
    const hadDied = !this.#state.isAlive
    this.#worker = worker
    this.#state = { ...this.#state, isAlive: true, since: Date.now() }
    worker.once('died', (error) => this.#died(worker, error))
    if (hadDied) this.#options.onBack()
    return worker
  }

  #died(worker: mediasoup.Worker, error: Error): void {
    if (this.#worker !== worker) return
    // One that has lived a while begins again with the short wait.
    if (Date.now() - this.#state.since > longestRestartMs) this.#waitMs = this.#options.restartMs
    this.#worker = null
    this.#state = { isAlive: false, since: Date.now(), deaths: this.#state.deaths + 1 }
    this.#options.onError(error)
    this.#options.onDied(this.#lost.splice(0))
    this.#startLater()
  }

  #startLater(): void {
    if (this.#isStopped) return
    this.#timer = setTimeout(() => {
      this.#timer = null
      void this.#living().catch((error: unknown) => {
        this.#options.onError(error)
        this.#startLater()
      })
    }, this.#waitMs)
    this.#waitMs = Math.min(this.#waitMs * 2, longestRestartMs)
  }
}
