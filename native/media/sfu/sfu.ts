// The station's own SFU: one worker a core, routers spread over them; a worker that dies comes back, and whoever owned routers of it is told.
import { availableParallelism } from 'node:os'
import type * as mediasoup from 'mediasoup/types'
import { type Health, WanglouError } from '../../contract/index.ts'
import type { Program } from '../../kernel/binaries.ts'
import { mediaCodecs } from './codecs.ts'
import { Pipes } from './pipes.ts'
import { sfuHealth } from './sfu-health.ts'
import { WorkerSlot } from './worker-slot.ts'

export interface SfuListen {
  /** Address of this machine on which media is taken and given. */
  ip: string
  /** What the other side is told instead, e.g. behind a router; null = the same. */
  announcedAddress: string | null
}

export interface SfuOptions {
  /** Looks for the worker's program; asked at start and again before each try. */
  findWorker: () => Program
  /** Pages of this machine need loopback; a host of other consoles lists its address on their network too. */
  listen: readonly SfuListen[]
  /** Ports of UDP and TCP that media may use, both ends included. */
  ports: { min: number; max: number }
  /** How many workers; left out, one a core. */
  workerCount?: number
  /** First wait before a dead worker is started again, in milliseconds; doubles up to 10 s. */
  restartMs?: number
  onError: (error: unknown) => void
}

/** `workerDied`: these routers are gone with all that was in them. `workerBack`: `router()` gives new ones on it. */
export type SfuEvent = { kind: 'workerDied'; routers: readonly string[] } | { kind: 'workerBack' }

export class Sfu {
  readonly name = 'sfu'
  readonly #options: SfuOptions
  readonly #listeners = new Set<(event: SfuEvent) => void>()
  readonly #pipes = new Pipes()
  #slots: WorkerSlot[] = []
  #program: Program = { path: null, from: null, wrong: null }
  #since = Date.now()
  #isRunning = false

  constructor(options: SfuOptions) {
    this.#options = options
  }

  /** Looks for the program; workers are started when the first router is wanted. Without a program the station runs on. */
  async start(): Promise<void> {
    if (this.#isRunning) return
    this.#isRunning = true
    this.#since = Date.now()
    this.#program = this.#options.findWorker()
  }

  /** Closes every worker and with them every router; a second call does nothing. */
  async stop(): Promise<void> {
    this.#isRunning = false
    const slots = this.#slots
    this.#slots = []
    await Promise.all(slots.map((slot) => slot.stop()))
  }

  health(): Health {
    return sfuHealth({ program: this.#program, workers: this.#slots.map((slot) => slot.state), since: this.#since })
  }

  /** False: nothing can be hosted here, `health()` says why. */
  get isAvailable(): boolean {
    if (this.#isRunning && this.#program.path === null) this.#program = this.#options.findWorker()
    return this.#isRunning && this.#program.path !== null
  }

  /** Process ids of the living workers. */
  get pids(): number[] {
    return this.#slots.flatMap(({ worker }) => (worker === null ? [] : [worker.pid]))
  }

  /** @returns how to hear no more */
  listen(listener: (event: SfuEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * A new router on the worker that carries the fewest. Its owner closes it; when its worker dies it closes by itself (`router.observer` `close`).
   * @param codecs left out: all that pages and cameras speak
   * @throws WanglouError SFU_UNAVAILABLE without a worker's program, or while none will start
   */
  async router(codecs: mediasoup.RouterRtpCodecCapability[] = mediaCodecs): Promise<mediasoup.Router> {
    if (!this.isAvailable) throw new WanglouError('SFU_UNAVAILABLE')
    this.#slots = this.#slots.length > 0 ? this.#slots : this.#makeSlots()
    const [slot] = this.#slots.toSorted((a, b) => a.load - b.load)
    if (slot === undefined) throw new WanglouError('SFU_UNAVAILABLE')
    return slot.router(codecs)
  }

  /** For a page: UDP first, TCP where a firewall lets nothing else through. */
  webRtcTransport(
    router: mediasoup.Router,
    options: { initialBitrateBps?: number; appData?: mediasoup.AppData } = {},
  ): Promise<mediasoup.WebRtcTransport> {
    return router.createWebRtcTransport({
      listenInfos: this.#options.listen.flatMap((at) => (['udp', 'tcp'] as const).map((protocol) => this.#listenInfo(at, protocol))),
      enableUdp: true,
      enableTcp: true,
      preferUdp: true,
      initialAvailableOutgoingBitrate: options.initialBitrateBps ?? 1_000_000,
      appData: options.appData,
    })
  }

  /**
   * Plain RTP on loopback, for what this station brings in itself: RTP to `transport.tuple.localPort`, RTCP to `transport.rtcpTuple?.localPort`.
   * @param options.comedia false: the owner calls `transport.connect` (for sending out, e.g. to another program)
   */
  plainTransport(router: mediasoup.Router, options: { comedia?: boolean; rtcpMux?: boolean } = {}): Promise<mediasoup.PlainTransport> {
    const loopback: mediasoup.TransportListenInfo = { protocol: 'udp', ip: '127.0.0.1', portRange: this.#options.ports }
    return router.createPlainTransport({
      listenInfo: loopback,
      // A port named for RTCP would mean that it has one of its own.
      ...(options.rtcpMux === true ? { rtcpMux: true } : { rtcpMux: false, rtcpListenInfo: loopback }),
      comedia: options.comedia ?? true,
    })
  }

  /** RTP to and from the SFU of another machine, encrypted; told to the other side and connected by the owner (`media/cascade`). */
  trunkTransport(router: mediasoup.Router): Promise<mediasoup.PlainTransport> {
    const { listen } = this.#options
    const outward = listen.find(({ ip }) => !ip.startsWith('127.')) ?? listen[0]
    if (outward === undefined) throw new Error('the SFU listens nowhere')
    return router.createPlainTransport({ listenInfo: this.#listenInfo(outward, 'udp'), rtcpMux: true, comedia: false, enableSrtp: true })
  }

  /** Makes a producer of one router consumable in another; between the same two it is done once. @returns its id there */
  async pipe({ producerId, from, to }: { producerId: string; from: mediasoup.Router; to: mediasoup.Router }): Promise<string> {
    return from.id === to.id ? producerId : this.#pipes.pipe({ producerId, from, to })
  }

  #listenInfo({ ip, announcedAddress }: SfuListen, protocol: 'udp' | 'tcp'): mediasoup.TransportListenInfo {
    return { protocol, ip, announcedAddress: announcedAddress ?? undefined, portRange: this.#options.ports }
  }

  #makeSlots(): WorkerSlot[] {
    return Array.from({ length: this.#options.workerCount ?? availableParallelism() }, () => {
      return new WorkerSlot({
        program: () => (this.#program = this.#options.findWorker()).path,
        restartMs: this.#options.restartMs ?? 250,
        onDied: (routers) => this.#tell({ kind: 'workerDied', routers }),
        onBack: () => this.#tell({ kind: 'workerBack' }),
        onError: this.#options.onError,
      })
    })
  }

  #tell(event: SfuEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event)
      } catch (error) {
        this.#options.onError(error)
      }
    }
  }
}
