// One session of a camera, packet by packet: sorted, repacked, handed on, and judged. Knows no sockets.
import { randomInt } from 'node:crypto'
import { StreamError, type StreamEvidence, type StreamFault } from '../../contract/index.ts'
import { type SdpMedia, parameterSets } from '../../protocols/rtsp/sdp.ts'
import { readSequenceParameters, type SequenceParameters } from './h264.ts'
import { OneSource } from './one-source.ts'
import type { OutTrack } from './out-track.ts'
import { Repacker } from './repacker.ts'
import { type Ordered, Reorder } from './reorder.ts'
import { readSenderReport, writeReceiverReport } from './rtcp.ts'
import { readRtp, type RtpPacket } from './rtp.ts'
import { Rates } from './rates.ts'

const lossToSayPercent = 2
const bFramesToSay = 3
const keyIntervalToSayMs = 10_000

export interface FeedOptions {
  video: SdpMedia
  track: OutTrack
  now: () => number
  /** A sequence parameter set was read: the picture's size and profile. */
  onParameters: (parameters: SequenceParameters) => void
}

export class Feed {
  readonly #options: FeedOptions
  readonly #repacker: Repacker
  #reorder = new Reorder()
  readonly #rates = new Rates()
  #parameters: SequenceParameters | null = null
  readonly #source = new OneSource()
  #strayPackets = 0
  #lastPacketAt: number | null = null
  #lastKeyFrameAt: number | null = null
  #keyIntervalMs: number | null = null
  #bSlices = 0
  #highest = 0
  #turns = 0
  #lostTotal = 0
  #report: { middle: number; atMs: number } = { middle: 0, atMs: 0 }
  readonly #ownSsrc = randomInt(1, 2 ** 31)

  /** @throws StreamError codec-unplayable for anything but H.264 in a profile that pages decode */
  constructor(options: FeedOptions) {
    this.#options = options
    const { codec } = options.video
    if (codec !== 'H264') throw new StreamError('codec-unplayable', { codec: codec === '' ? '?' : codec })
    const sets = parameterSets(options.video)
    this.#repacker = new Repacker(sets)
    for (const nal of sets) this.#read(nal)
  }

  get parameters(): SequenceParameters | null {
    return this.#parameters
  }

  /** @throws StreamError packing-unplayable · codec-unplayable */
  takeRtp(bytes: Buffer): void {
    const packet = readRtp(bytes)
    if (packet === null || packet.payloadType !== this.#options.video.payloadType) {
      this.#strayPackets += 1
      return
    }
    if (!this.#isOurs(packet.ssrc)) return
    const now = this.#options.now()
    this.#lastPacketAt = now
    this.#rates.add(now, { bytes: bytes.length, packets: 1 })
    for (const ordered of this.#reorder.push(packet)) this.#forward(ordered, now)
  }

  takeRtcp(bytes: Buffer): void {
    const report = readSenderReport(bytes)
    if (report !== null && report.ssrc === this.#source.ssrc) this.#report = { middle: report.ntpMiddle, atMs: this.#options.now() }
  }

  /** What the camera is to be told; null = nothing has come yet. */
  receiverReport(): Buffer | null {
    const { ssrc } = this.#source
    if (ssrc === null) return null
    const now = this.#options.now()
    return writeReceiverReport(this.#ownSsrc, {
      ssrc,
      lostFraction: this.#rates.read(now).lostPercent / 100,
      lostTotal: this.#lostTotal,
      highestSequence: this.#turns * 65_536 + this.#highest,
      jitter: 0,
      lastReport: this.#report.middle,
      sinceReportMs: now - this.#report.atMs,
    })
  }

  evidence(): Omit<StreamEvidence, 'transport'> {
    const parameters = this.#parameters
    return {
      lastPacketAt: this.#lastPacketAt,
      lastKeyFrameAt: this.#lastKeyFrameAt,
      keyIntervalMs: this.#keyIntervalMs,
      ...this.#rates.read(this.#options.now()),
      widthPx: parameters?.widthPx ?? null,
      heightPx: parameters?.heightPx ?? null,
      codec: parameters?.name ?? 'H.264',
      strayPackets: this.#strayPackets,
    }
  }

  /** What is not as it should be while it plays; null = all is well. */
  weakness(): StreamFault | null {
    if (this.#bSlices >= bFramesToSay) return { code: 'b-frames', params: {} }
    const { lostPercent } = this.#rates.read(this.#options.now())
    if (lostPercent >= lossToSayPercent) return { code: 'loss', params: { percent: Math.round(lostPercent) } }
    const interval = Math.max(this.#keyIntervalMs ?? 0, this.#lastKeyFrameAt === null ? 0 : this.#options.now() - this.#lastKeyFrameAt)
    return interval > keyIntervalToSayMs ? { code: 'rare-key-frames', params: { seconds: Math.round(interval / 1000) } } : null
  }

  /** Why no picture can be made of what comes. */
  get lack(): 'no-parameter-sets' | 'no-key-frame' | null {
    if (!this.#repacker.hasParameterSets) return 'no-parameter-sets'
    return this.#lastKeyFrameAt === null ? 'no-key-frame' : null
  }

  #forward({ packet, lostBefore }: Ordered, now: number): void {
    this.#count(packet, lostBefore, now)
    const { payloads, isKeyFrame, sequenceParameters, hasBSlice } = this.#repacker.repack(packet.payload, packet.timestamp)
    if (sequenceParameters !== null) this.#read(sequenceParameters)
    if (hasBSlice) this.#bSlices += 1
    if (isKeyFrame) {
      this.#keyIntervalMs = this.#lastKeyFrameAt === null ? null : now - this.#lastKeyFrameAt
      this.#lastKeyFrameAt = now
    }
    if (packet.marker) this.#rates.add(now, { frames: 1 })
    this.#options.track.write({ payloads, marker: packet.marker, timestamp: packet.timestamp, lostBefore, nowMs: now })
  }

  #count(packet: RtpPacket, lost: number, now: number): void {
    if (packet.sequence < this.#highest) this.#turns += 1
    this.#highest = packet.sequence
    this.#lostTotal += lost
    if (lost > 0) this.#rates.add(now, { lost })
  }

  #isOurs(ssrc: number): boolean {
    const isFirst = this.#source.ssrc === null
    const judged = this.#source.judge(ssrc)
    if (judged === 'stray') this.#strayPackets += 1
    if (judged === 'begun') {
      if (!isFirst) this.#options.track.restart()
      this.#reorder = new Reorder()
    }
    return judged !== 'stray'
  }

  #read(nal: Buffer): void {
    const parameters = readSequenceParameters(nal)
    if (parameters === null) return
    if (!parameters.isPlayable) throw new StreamError('codec-unplayable', { codec: parameters.name })
    this.#parameters = parameters
    this.#options.onParameters(parameters)
  }
}
