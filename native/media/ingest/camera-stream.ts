// The one owner of an RTSP camera's stream: its sessions, one after the other, feed one producer of the SFU that outlives them.
import { StreamError, type StreamEvidence, type StreamStatus } from '../../contract/index.ts'
import type { RtspTransport } from '../../protocols/rtsp/session.ts'
import type { Sfu } from '../sfu/sfu.ts'
import { Asking, type Condition, noEvidence } from './asking.ts'
import { openOutlet, type Outlet, type SfuStream } from './outlet.ts'
import { OutTrack } from './out-track.ts'
import { type RtspSource, SessionRun } from './session-run.ts'
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

export class CameraStream implements SfuStream {
  readonly #options: CameraStreamOptions
  readonly #asking: Asking
  readonly #track = new OutTrack((packet) => this.#send(packet))
  #run: SessionRun | null = null
  #outlet: Outlet | null = null
  #opening: Promise<void> | null = null
  #queue: Buffer[] = []
  #evidence: StreamEvidence = noEvidence
  #isUdpFirst = false

  constructor(options: CameraStreamOptions) {
    this.#options = options
    this.#asking = new Asking({
      attempt: (call) => this.#attempt(call),
      evidence: () => this.#run?.evidence() ?? this.#evidence,
      settledMs: options.timing.settledMs,
      onChange: options.onChange,
      onError: options.onError,
    })
  }

  start(): void {
    this.#asking.start()
  }

  /** Ends the session, the producer and every port; resolves when nothing is left. */
  async close(): Promise<void> {
    await this.#asking.close()
    this.#outlet?.close()
    this.#outlet = null
  }

  /** What a viewer takes it from; null = there is nothing to take yet. */
  get outlet(): Outlet | null {
    return this.#outlet
  }

  get status(): StreamStatus {
    return this.#asking.status
  }

  retryNow(): void {
    this.#asking.retryNow()
  }

  restart(): void {
    this.#asking.restart()
  }

  async #attempt({ signal, onCondition }: { signal: AbortSignal; onCondition: (condition: Condition) => void }): Promise<never> {
    const source = await this.#options.source()
    const transports: RtspTransport[] = source.transport !== 'auto' ? [source.transport] : this.#isUdpFirst ? ['udp', 'tcp'] : ['tcp', 'udp']
    const run = new SessionRun({
      source,
      transports,
      track: this.#track,
      timing: this.#options.timing,
      now: Date.now,
      onParameters: ({ profileLevelId }) => this.#ensureOutlet(profileLevelId),
      onCondition,
      sendReport: (packet) => this.#outlet?.sendReport(packet),
    })
    this.#run = run
    const end = () => run.close(signal.reason instanceof StreamError ? signal.reason : undefined)
    signal.addEventListener('abort', end)
    if (signal.aborted) end()
    try {
      return await run.run()
    } catch (error) {
      throw source.of !== undefined && error instanceof StreamError ? error.of(source.of) : error
    } finally {
      signal.removeEventListener('abort', end)
      this.#evidence = run.evidence() ?? this.#evidence
      // It answered and then sent nothing: a firewall may let only the other way through.
      if (run.isMute) this.#isUdpFirst = !this.#isUdpFirst
      this.#run = null
    }
  }

  /** One at a time; another profile is another producer. */
  async #ensureOutlet(profileLevelId: string): Promise<void> {
    // Description and stream name the same set within one turn: a second outlet would take the packets away from whoever watches the first.
    while (this.#opening !== null) await this.#opening
    if (this.#outlet?.codec.name === 'H264' && this.#outlet.codec.profileLevelId.slice(0, 4) === profileLevelId.slice(0, 4)) return
    this.#outlet?.close()
    this.#outlet = null
    const opening = this.#openOutlet(profileLevelId)
    this.#opening = opening
      .catch(() => undefined)
      .finally(() => {
        this.#opening = null
      })
    await opening
  }

  async #openOutlet(profileLevelId: string): Promise<void> {
    const outlet = await openOutlet(this.#options.sfu, { ssrc: this.#track.ssrc, profileLevelId, onLost: () => this.#onSfuLost() })
    if (this.#asking.isStopping) return outlet.close()
    this.#outlet = outlet
    for (const packet of this.#queue.splice(0)) outlet.send(packet)
    this.#options.onChange()
  }

  /** The worker died with our producer: the next attempt makes another. */
  #onSfuLost(): void {
    this.#outlet = null
    this.#asking.restart(new StreamError('sfu-lost'))
    this.#options.onChange()
  }

  #send(packet: Buffer): void {
    if (this.#outlet !== null) this.#outlet.send(packet)
    else if (this.#queue.length < queueLimit) this.#queue.push(packet)
  }
}
