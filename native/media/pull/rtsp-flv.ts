// A camera's H.265 by RTSP as FLV (the enhanced video header): the SFU has no H.265, the media buffer of many a browser has.
import { StreamError } from '../../contract/index.ts'
import { type FlvTag, flvVideo } from '../../protocols/flv/codec.ts'
import { openSession, type RtspTransport } from '../../protocols/rtsp/session.ts'
import { parameterSetsOf, type SdpMedia } from '../../protocols/rtsp/sdp.ts'
import { decoderConfiguration, kindOf, nalPps, nalSps, nalVps, type Picture, PictureBuilder } from '../ingest/h265.ts'
import { OneSource } from '../ingest/one-source.ts'
import { Reorder } from '../ingest/reorder.ts'
import { readRtp, timestampDistance } from '../ingest/rtp.ts'
import type { RtspSource } from '../ingest/session-run.ts'
import type { FlvSource } from './flv-stream.ts'

const fourcc = Buffer.from('hvc1', 'latin1')
const keyFrame = 1
const interFrame = 2
const sequenceStart = 0
/** Pictures that are shown when they are decoded. */
const codedFrames = 3
const clockKHz = 90

/** @param ask read before every attempt */
export function rtspFlvSource(ask: () => Promise<RtspSource>, { timeoutMs }: { timeoutMs: number }): FlvSource {
  return async ({ signal, onTag }) => {
    const source = await ask()
    const over = Promise.withResolvers<never>()
    const transports: RtspTransport[] = source.transport === 'auto' ? ['tcp', 'udp'] : [source.transport]
    let packer: H265Packer | null = null
    const end = () => over.reject(new StreamError('connection-lost'))
    signal.addEventListener('abort', end)
    // Until it is waited for: opening may fail first.
    over.promise.catch(() => undefined)
    try {
      const session = await openSession({
        address: source.address,
        credentials: source.credentials,
        trust: source.trust,
        transports,
        timeoutMs,
        onVideo: async (video) => void (packer = new H265Packer(video, onTag)),
        onRtp(bytes) {
          try {
            packer?.take(bytes)
          } catch (error) {
            over.reject(error)
          }
        },
        onRtcp: () => undefined,
        onEnd: (error) => over.reject(error),
      })
      if (signal.aborted) end()
      return await over.promise.finally(() => session.close())
    } catch (error) {
      throw source.of !== undefined && error instanceof StreamError ? error.of(source.of) : error
    } finally {
      signal.removeEventListener('abort', end)
    }
  }
}

/** RTP of one camera to FLV tags. */
export class H265Packer {
  readonly #video: SdpMedia
  readonly #onTag: (tag: FlvTag) => void
  readonly #source = new OneSource()
  readonly #sets = new Map<number, Buffer>()
  #reorder = new Reorder()
  #builder = new PictureBuilder()
  #configuration: Buffer | null = null
  /** Of the last picture; null = the stream begins. */
  #timestamp: number | null = null
  #ticks = 0

  /** @throws StreamError codec-unplayable for anything but H.265 · packing-unplayable for pictures out of order (RFC 7798 §4.5) */
  constructor(video: SdpMedia, onTag: (tag: FlvTag) => void) {
    if (video.codec !== 'H265') throw new StreamError('codec-unplayable', { codec: video.codec === '' ? '?' : video.codec })
    if (Number(video.parameters['sprop-max-don-diff'] ?? 0) > 0) throw new StreamError('packing-unplayable')
    this.#video = video
    this.#onTag = onTag
    this.#learn(parameterSetsOf(video, ['sprop-vps', 'sprop-sps', 'sprop-pps']))
  }

  /** @throws StreamError answer-too-large */
  take(bytes: Buffer): void {
    const packet = readRtp(bytes)
    if (packet === null || packet.payloadType !== this.#video.payloadType) return
    const judged = this.#source.judge(packet.ssrc)
    if (judged === 'stray') return
    if (judged === 'begun') {
      this.#reorder = new Reorder()
      this.#builder = new PictureBuilder()
      this.#timestamp = null
    }
    for (const { packet: ordered, lostBefore } of this.#reorder.push(packet)) {
      const { payload, timestamp, marker } = ordered
      for (const picture of this.#builder.push(payload, { timestamp, marker, isAfterLoss: lostBefore > 0 })) this.#write(picture)
    }
  }

  #write(picture: Picture): void {
    const timestampMs = this.#millisecondsAt(picture.timestamp)
    if (picture.isKey) {
      this.#learn(picture.nals)
      const [vps, sps, pps] = [nalVps, nalSps, nalPps].map((kind) => this.#sets.get(kind))
      const configuration = vps === undefined || sps === undefined || pps === undefined ? null : decoderConfiguration({ vps, sps, pps })
      if (configuration !== null && this.#configuration?.equals(configuration) !== true) {
        this.#configuration = configuration
        this.#onTag(tagOf(keyFrame, { kind: sequenceStart, timestampMs, body: [configuration] }))
      }
    }
    // Without its parameter sets no picture can be made of it.
    if (this.#configuration === null) return
    const body = picture.nals.flatMap((nal) => [lengthOf(nal), nal])
    this.#onTag(tagOf(picture.isKey ? keyFrame : interFrame, { kind: codedFrames, timestampMs, body }))
  }

  #learn(nals: readonly Buffer[]): void {
    for (const nal of nals) if ([nalVps, nalSps, nalPps].includes(kindOf(nal))) this.#sets.set(kindOf(nal), nal)
  }

  /** Since its first picture; never back, also where the camera has begun anew. */
  #millisecondsAt(timestamp: number): number {
    this.#ticks += this.#timestamp === null ? 0 : Math.max(0, timestampDistance(this.#timestamp, timestamp))
    this.#timestamp = timestamp
    return Math.round(this.#ticks / clockKHz)
  }
}

function lengthOf(nal: Buffer): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(nal.length)
  return bytes
}

function tagOf(frame: number, { kind, timestampMs, body }: { kind: number; timestampMs: number; body: Buffer[] }): FlvTag {
  return { type: flvVideo, timestampMs, data: Buffer.concat([Buffer.from([0x80 | (frame << 4) | kind]), fourcc, ...body]) }
}
