// One session of a camera from the first request until it ends: feeds the SFU, sends the reports, and says how it stands at every tick.
import { type FaultParty, StreamError, type StreamEvidence } from '../../contract/index.ts'
import type { RtspSession, RtspTransport, SessionOptions } from '../../protocols/rtsp/session.ts'
import { openSession } from '../../protocols/rtsp/session.ts'
import type { CertificateTrust } from '../../protocols/tls-trust.ts'
import type { Condition } from './asking.ts'
import { Feed } from './feed.ts'
import type { SequenceParameters } from './h264.ts'
import type { OutTrack } from './out-track.ts'
import type { StreamTiming } from './timing.ts'

/** An RTSP camera as it is asked for. */
export interface RtspSource {
  /** Without user and password. */
  address: string
  credentials: { username: string; password: string } | null
  trust: CertificateTrust | null
  transport: 'auto' | RtspTransport
  /** Who it is that is asked, where it is not the camera itself. */
  of?: FaultParty
}

export interface RunOptions {
  source: RtspSource
  transports: readonly RtspTransport[]
  track: OutTrack
  timing: StreamTiming
  now: () => number
  /** Before PLAY and whenever the picture changes: makes sure the SFU takes this profile. */
  onParameters: (parameters: SequenceParameters) => Promise<void>
  onCondition: (condition: Condition) => void
  sendReport: (packet: Buffer) => void
}

export class SessionRun {
  readonly #options: RunOptions
  readonly #over = Promise.withResolvers<never>()
  #feed: Feed | null = null
  #session: RtspSession | null = null
  #timer: NodeJS.Timeout | null = null
  #playingSince = 0
  #nextSenderReportAt = 0
  #nextReceiverReportAt = 0
  #isClosed = false

  constructor(options: RunOptions) {
    this.#options = options
    // Whoever runs it hears of it; one that was closed before has nobody to hear.
    this.#over.promise.catch(() => undefined)
  }

  /** Ends only by throwing. @throws StreamError */
  async run(): Promise<never> {
    const { source, transports, timing, now } = this.#options
    try {
      const session = await openSession({
        ...this.#handlers(),
        address: source.address,
        credentials: source.credentials,
        trust: source.trust,
        transports,
        timeoutMs: timing.answerMs,
      })
      if (this.#isClosed) session.close()
      this.#session = session
      this.#playingSince = now()
      this.#timer = setInterval(() => this.#tick(), timing.tickMs)
      return await this.#over.promise
    } finally {
      this.close()
    }
  }

  /** @param error what whoever runs it hears */
  close(error = new StreamError('connection-lost')): void {
    this.#isClosed = true
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
    this.#session?.close()
    this.#session = null
    this.#over.reject(error)
  }

  evidence(): StreamEvidence | null {
    return this.#feed === null ? null : { ...this.#feed.evidence(), transport: this.#session?.transport ?? null }
  }

  /** Nothing at all has come by this transport. */
  get isMute(): boolean {
    return this.#feed?.evidence().lastPacketAt === null
  }

  #handlers(): Pick<SessionOptions, 'onVideo' | 'onRtp' | 'onRtcp' | 'onEnd'> {
    const { track, now, onParameters } = this.#options
    return {
      onVideo: async (video) => {
        track.restart()
        this.#feed = new Feed({ video, track, now, onParameters: (parameters) => void this.#checked(() => onParameters(parameters)) })
        if (this.#feed.parameters !== null) await onParameters(this.#feed.parameters)
      },
      onRtp: (packet) => void this.#checked(() => this.#feed?.takeRtp(packet)),
      onRtcp: (packet) => this.#feed?.takeRtcp(packet),
      onEnd: (error) => this.#over.reject(error),
    }
  }

  /** A fault found in a packet ends the session; anything else is a bug and ends it as well, with its cause. */
  async #checked(work: () => unknown): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.#over.reject(error)
    }
  }

  #tick(): void {
    const { now, timing, onCondition } = this.#options
    const feed = this.#feed
    if (feed === null || this.#session === null) return
    this.#report(feed, now())
    const { lastPacketAt } = feed.evidence()
    const silentMs = now() - (lastPacketAt ?? this.#playingSince)
    if (lastPacketAt === null) {
      if (silentMs > timing.firstPacketMs) this.#over.reject(this.#nothingCame(silentMs))
      return
    }
    if (silentMs > timing.silentMs) return this.#over.reject(new StreamError('stalled', { seconds: Math.round(silentMs / 1000) }))
    const { lack } = feed
    const lackingMs = now() - this.#playingSince
    if (lack !== null && lackingMs > timing.noPictureMs) return this.#over.reject(new StreamError(lack, { seconds: Math.round(lackingMs / 1000) }))
    onCondition(this.#condition(feed, { silentMs, lackingMs }))
  }

  #condition(feed: Feed, { silentMs, lackingMs }: { silentMs: number; lackingMs: number }): Condition {
    const { timing } = this.#options
    if (silentMs > timing.stalledMs) return { state: 'stalled', fault: { code: 'stalled', params: { seconds: Math.round(silentMs / 1000) } } }
    const { lack } = feed
    if (lack !== null && lackingMs > timing.pictureMs)
      return { state: 'stalled', fault: { code: lack, params: { seconds: Math.round(lackingMs / 1000) } } }
    if (lack !== null) return { state: 'connecting', fault: null }
    const fault = feed.weakness()
    return { state: fault === null ? 'live' : 'degraded', fault }
  }

  #nothingCame(silentMs: number): StreamError {
    const named = this.#session?.namedAddress ?? null
    if (named !== null) return new StreamError('sdp-address', { named })
    return new StreamError('no-media', { seconds: Math.round(silentMs / 1000) })
  }

  #report(feed: Feed, now: number): void {
    const { timing, track, sendReport } = this.#options
    if (now >= this.#nextSenderReportAt) {
      this.#nextSenderReportAt = now + timing.senderReportMs
      const report = track.senderReport(now)
      if (report !== null) sendReport(report)
    }
    if (now < this.#nextReceiverReportAt) return
    this.#nextReceiverReportAt = now + timing.receiverReportMs
    const report = feed.receiverReport()
    if (report !== null) this.#session?.sendRtcp(report)
  }
}
