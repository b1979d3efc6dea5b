// The one owner of a camera's stream, however many watch it: asks, plays, notices, asks again for ever, and says at every moment how it stands and why.
import { setTimeout as sleep } from 'node:timers/promises'
import { StreamError, type StreamEvidence, type StreamFault, type StreamState, type StreamStatus } from '../../contract/index.ts'
import type { RtspTransport } from '../../protocols/rtsp/session.ts'
import type { Sfu } from '../sfu/sfu.ts'
import { needsPerson, waitBeforeMs } from './back-off.ts'
import { openOutlet, type Outlet } from './outlet.ts'
import { OutTrack } from './out-track.ts'
import { type Condition, type RtspSource, SessionRun } from './session-run.ts'
import type { StreamTiming } from './timing.ts'

export interface CameraStreamOptions {
  /** Asked before every attempt: a corrected password is used at once. */
  source: () => Promise<RtspSource>
  sfu: Sfu
  timing: StreamTiming
  onChange: () => void
  /** A bug, not the world. */
  onError: (error: unknown) => void
}

/** Packets that came before the SFU was ready for them. */
const queueLimit = 400
const noEvidence: StreamEvidence = {
  lastPacketAt: null,
  lastKeyFrameAt: null,
  keyIntervalMs: null,
  bitrateKbps: 0,
  framesPerSecond: 0,
  lostPercent: 0,
  widthPx: null,
  heightPx: null,
  codec: null,
  transport: null,
  strayPackets: 0,
}

export class CameraStream {
  readonly #options: CameraStreamOptions
  readonly #track = new OutTrack((packet) => this.#send(packet))
  readonly #stopping = new AbortController()
  #wake = new AbortController()
  #run: SessionRun | null = null
  #outlet: Outlet | null = null
  #opening: Promise<void> | null = null
  #queue: Buffer[] = []
  #work: Promise<void> = Promise.resolve()
  #state: StreamState = 'connecting'
  #since = Date.now()
  #fault: StreamFault | null = null
  #retryAt: number | null = null
  #attempts = 0
  #recoveries = 0
  #hasPlayed = false
  #playedAt: number | null = null
  #outageSince = Date.now()
  #evidence = noEvidence
  #isUdpFirst = false

  constructor(options: CameraStreamOptions) {
    this.#options = options
  }

  start(): void {
    this.#work = this.#keepAsking()
  }

  /** Ends the session, the producer and every port; resolves when nothing is left. */
  async close(): Promise<void> {
    this.#stopping.abort()
    this.#wake.abort()
    this.#run?.close()
    await this.#work
    this.#outlet?.close()
    this.#outlet = null
  }

  /** What a viewer takes it from; null = there is nothing to take yet. */
  get outlet(): Outlet | null {
    return this.#outlet
  }

  get status(): StreamStatus {
    return {
      state: this.#state,
      since: this.#since,
      fault: this.#fault,
      retryAt: this.#retryAt,
      attempts: this.#attempts,
      recoveries: this.#recoveries,
      evidence: this.#run?.evidence() ?? this.#evidence,
    }
  }

  /** A person does not want to wait. */
  retryNow(): void {
    this.#wake.abort()
  }

  /** The camera has another address or password now. */
  restart(): void {
    this.#run?.close()
    this.#wake.abort()
  }

  async #keepAsking(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const fault = await this.#attempt()
      if (this.#stopping.signal.aborted) return
      const now = Date.now()
      if (this.#playedAt !== null) this.#outageSince = now
      this.#playedAt = null
      const waitMs = waitBeforeMs({ code: fault.code, attempt: this.#attempts, outageMs: now - this.#outageSince, random: Math.random() })
      this.#attempts += 1
      this.#retryAt = now + waitMs
      this.#set(this.#hasPlayed && !needsPerson(fault.code) ? 'reconnecting' : 'failed', fault)
      this.#wake = new AbortController()
      await sleep(waitMs, null, { signal: this.#wake.signal }).catch(() => null)
      this.#retryAt = null
    }
  }

  /** @returns why it ended */
  async #attempt(): Promise<StreamFault> {
    try {
      const source = await this.#options.source()
      const transports: RtspTransport[] = source.transport !== 'auto' ? [source.transport] : this.#isUdpFirst ? ['udp', 'tcp'] : ['tcp', 'udp']
      const run = new SessionRun({
        source,
        transports,
        track: this.#track,
        timing: this.#options.timing,
        now: Date.now,
        onParameters: ({ profileLevelId }) => this.#ensureOutlet(profileLevelId),
        onCondition: (condition) => this.#onCondition(condition),
        sendReport: (packet) => this.#outlet?.sendReport(packet),
      })
      this.#run = run
      if (this.#stopping.signal.aborted) run.close()
      return await run.run()
    } catch (error) {
      if (error instanceof StreamError) return error.fault
      this.#options.onError(error)
      return { code: 'connection-lost', params: {} }
    } finally {
      const run = this.#run
      this.#evidence = run?.evidence() ?? this.#evidence
      // It answered and then sent nothing: a firewall may let only the other way through.
      if (run?.isMute === true) this.#isUdpFirst = !this.#isUdpFirst
      this.#run = null
    }
  }

  #onCondition({ state, fault }: Condition): void {
    const now = Date.now()
    if (state === 'live' || state === 'degraded') {
      if (this.#playedAt === null && this.#hasPlayed) this.#recoveries += 1
      this.#playedAt ??= now
      this.#hasPlayed = true
      if (now - this.#playedAt > this.#options.timing.settledMs) this.#attempts = 0
    }
    // A stream that had played is not "connecting" until its first key frame is here again.
    this.#set(state === 'connecting' && this.#hasPlayed ? 'reconnecting' : state, fault)
  }

  #set(state: StreamState, fault: StreamFault | null): void {
    const isSame = this.#state === state && this.#fault?.code === fault?.code
    if (this.#state !== state) this.#since = Date.now()
    this.#state = state
    this.#fault = fault
    if (!isSame) this.#options.onChange()
  }

  /** One at a time; another profile is another producer. */
  async #ensureOutlet(profileLevelId: string): Promise<void> {
    await this.#opening
    if (this.#outlet !== null && this.#outlet.profileLevelId.slice(0, 4) === profileLevelId.slice(0, 4)) return
    this.#outlet?.close()
    this.#outlet = null
    const opening = this.#openOutlet(profileLevelId)
    this.#opening = opening.catch(() => undefined)
    await opening
  }

  async #openOutlet(profileLevelId: string): Promise<void> {
    const outlet = await openOutlet(this.#options.sfu, { ssrc: this.#track.ssrc, profileLevelId, onLost: () => this.#onSfuLost() })
    if (this.#stopping.signal.aborted) return outlet.close()
    this.#outlet = outlet
    for (const packet of this.#queue.splice(0)) outlet.send(packet)
    this.#options.onChange()
  }

  /** The worker died with our producer: the next attempt makes another. */
  #onSfuLost(): void {
    this.#outlet = null
    this.#run?.close(new StreamError('sfu-lost'))
    this.#wake.abort()
    this.#options.onChange()
  }

  #send(packet: Buffer): void {
    if (this.#outlet !== null) this.#outlet.send(packet)
    else if (this.#queue.length < queueLimit) this.#queue.push(packet)
  }
}
