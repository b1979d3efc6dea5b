// Asks a source, notices when it ends, asks again for ever, and says at every moment how it stands and why: the state machine of every kind of source.
import { setTimeout as sleep } from 'node:timers/promises'
import { StreamError, type StreamEvidence, type StreamFault, type StreamState, type StreamStatus } from '../../contract/index.ts'
import { needsPerson, waitBeforeMs } from './back-off.ts'

export type Condition = { state: 'connecting' | 'live' | 'degraded' | 'stalled'; fault: StreamFault | null }

/** A stream with one owner, however many watch it. */
export interface OwnedStream {
  readonly status: StreamStatus
  start(): void
  /** Resolves when nothing is left of it. */
  close(): Promise<void>
  /** A person does not want to wait. */
  retryNow(): void
  /** The camera has another address or password now. */
  restart(): void
}

export interface AskingOptions {
  /**
   * One attempt from the first request until it ends; ends only by throwing.
   * @param call.signal the attempt is not wanted any more @param call.onCondition tells how it stands
   */
  attempt: (call: { signal: AbortSignal; onCondition: (condition: Condition) => void }) => Promise<never>
  /** What is seen now. */
  evidence: () => StreamEvidence
  settledMs: number
  onChange: () => void
  /** A bug, not the world. */
  onError: (error: unknown) => void
}

export const noEvidence: StreamEvidence = {
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

export class Asking {
  readonly #options: AskingOptions
  readonly #stopping = new AbortController()
  #attempt = new AbortController()
  #wake = new AbortController()
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

  constructor(options: AskingOptions) {
    this.#options = options
  }

  get isStopping(): boolean {
    return this.#stopping.signal.aborted
  }

  get status(): StreamStatus {
    return {
      state: this.#state,
      since: this.#since,
      fault: this.#fault,
      retryAt: this.#retryAt,
      attempts: this.#attempts,
      recoveries: this.#recoveries,
      evidence: this.#options.evidence(),
    }
  }

  start(): void {
    this.#work = this.#keepAsking()
  }

  async close(): Promise<void> {
    this.#stopping.abort()
    this.#wake.abort()
    this.#attempt.abort()
    await this.#work
  }

  retryNow(): void {
    this.#wake.abort()
  }

  /** @param fault why the attempt that runs is ended */
  restart(fault = new StreamError('connection-lost')): void {
    this.#attempt.abort(fault)
    this.#wake.abort()
  }

  async #keepAsking(): Promise<void> {
    while (!this.isStopping) {
      const fault = await this.#ask()
      if (this.isStopping) return
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
  async #ask(): Promise<StreamFault> {
    this.#attempt = new AbortController()
    const { signal } = this.#attempt
    try {
      return await this.#options.attempt({ signal, onCondition: (condition) => signal.aborted || this.#onCondition(condition) })
    } catch (error) {
      if (error instanceof StreamError) return error.fault
      if (signal.reason instanceof StreamError) return signal.reason.fault
      if (!signal.aborted) this.#options.onError(error)
      return { code: 'connection-lost', params: {} }
    }
  }

  #onCondition({ state, fault }: Condition): void {
    const now = Date.now()
    if (state === 'live' || state === 'degraded') {
      if (this.#playedAt === null && this.#hasPlayed) this.#recoveries += 1
      this.#playedAt ??= now
      this.#hasPlayed = true
      if (now - this.#playedAt > this.#options.settledMs) this.#attempts = 0
    }
    // A stream that had played is not "connecting" until its picture is here again.
    this.#set(state === 'connecting' && this.#hasPlayed ? 'reconnecting' : state, fault)
  }

  #set(state: StreamState, fault: StreamFault | null): void {
    const isSame = this.#state === state && this.#fault?.code === fault?.code
    if (this.#state !== state) this.#since = Date.now()
    this.#state = state
    this.#fault = fault
    if (!isSame) this.#options.onChange()
  }
}
