// A stream of FLV with one owner: pulled by HTTP or WebSocket, or pushed to us by RTMP; whoever watches gets it from the last key frame on.
import type { StreamEvidence } from '../../contract/index.ts'
import { StreamError } from '../../contract/index.ts'
import {
  firstH265ParameterSet,
  firstParameterSet,
  flvHeader,
  flvScript,
  type FlvTag,
  flvVideo,
  readFlvVideo,
  writeFlvTag,
} from '../../protocols/flv/codec.ts'
import { type AskedCall, type AskedOptions, AskedStream } from '../ingest/asked-stream.ts'
import { type Condition, noEvidence } from '../ingest/asking.ts'
import { readSequenceParameters } from '../ingest/h264.ts'
import { readH265Parameters } from '../ingest/h265.ts'
import { Rates } from '../ingest/rates.ts'

/** Where the tags come from. Ends only by throwing. */
export type FlvSource = (call: { signal: AbortSignal; onTag: (tag: FlvTag) => void }) => Promise<never>

export interface FlvStreamOptions extends AskedOptions {
  source: FlvSource
  /** It is sent to us when the device likes: there is nothing to be impatient about. */
  isPushed?: boolean
}

/** Takes bytes of the stream; false = it is slow, and gets nothing until the next key frame. */
export interface FlvSink {
  write(bytes: Buffer): boolean
  /** The stream begins anew: ask again. */
  end(): void
}

const keptLimitBytes = 8_000_000

export class FlvStream extends AskedStream {
  readonly #source: FlvSource
  readonly #isPushed: boolean
  readonly #sinks = new Map<FlvSink, { isWaiting: boolean }>()
  #rates = new Rates()
  #heads = new Map<string, Buffer>()
  /** Since the last key frame; null = there is none, or it has grown too long. */
  #kept: Buffer[] | null = null
  #keptBytes = 0
  #seen: Pick<StreamEvidence, 'lastPacketAt' | 'lastKeyFrameAt' | 'keyIntervalMs' | 'codec'> = noEvidence
  #parameters: { name: string; widthPx: number; heightPx: number } | null = null

  constructor({ source, isPushed = false, ...common }: FlvStreamOptions) {
    super(common)
    this.#source = source
    this.#isPushed = isPushed
  }

  override async close(): Promise<void> {
    await super.close()
    this.#endSinks()
  }

  /** Beginning with the last key frame. @returns ends it */
  subscribe(sink: FlvSink): () => void {
    sink.write(flvHeader)
    for (const head of this.#heads.values()) sink.write(head)
    for (const bytes of this.#kept ?? []) sink.write(bytes)
    this.#sinks.set(sink, { isWaiting: this.#kept === null })
    return () => void this.#sinks.delete(sink)
  }

  protected override async attempt(call: AskedCall): Promise<never> {
    this.#forget()
    const startedAt = Date.now()
    try {
      const run = (signal: AbortSignal) => this.#source({ signal, onTag: (tag) => this.#take(tag) })
      return await this.judged(call, { judge: () => this.#judge(startedAt), run })
    } finally {
      this.#endSinks()
    }
  }

  /** null = nothing to say yet. @throws StreamError stalled · no-media */
  #judge(startedAt: number): Condition | null {
    const { lastPacketAt, lastKeyFrameAt } = this.#seen
    const now = Date.now()
    if (lastPacketAt === null && this.#isPushed) return { state: 'connecting', fault: { code: 'push-waiting', params: {} } }
    if (lastPacketAt === null) {
      const waitedMs = now - startedAt
      if (waitedMs > this.timing.answerMs + this.timing.firstPacketMs) throw new StreamError('no-media', { seconds: Math.round(waitedMs / 1000) })
      return null
    }
    const silentMs = now - lastPacketAt
    const seconds = Math.round(silentMs / 1000)
    if (silentMs > this.timing.silentMs) throw new StreamError('stalled', { seconds })
    if (silentMs > this.timing.stalledMs) return { state: 'stalled', fault: { code: 'stalled', params: { seconds } } }
    if (lastKeyFrameAt !== null) return { state: 'live', fault: null }
    const lackingMs = now - startedAt
    if (lackingMs < this.timing.pictureMs) return { state: 'connecting', fault: null }
    return { state: 'stalled', fault: { code: 'no-key-frame', params: { seconds: Math.round(lackingMs / 1000) } } }
  }

  #take(tag: FlvTag): void {
    const now = Date.now()
    this.#rates.add(now, { bytes: tag.data.length, packets: 1, frames: tag.type === flvVideo ? 1 : 0 })
    const video = tag.type === flvVideo ? readFlvVideo(tag.data) : null
    this.#seen = { ...this.#seen, lastPacketAt: now, codec: video?.codec ?? this.#seen.codec }
    if (video?.configuration) this.#parameters = parametersOf(video.codec, video.configuration)
    const bytes = writeFlvTag(tag)
    const isKey = video?.isKeyFrame === true && !video.isHeader
    const isAudioHead = tag.type !== flvVideo && tag.type !== flvScript && tag.data[0] !== undefined && tag.data[0] >> 4 === 10 && tag.data[1] === 0
    if (tag.type === flvScript || video?.isHeader === true || isAudioHead) this.#heads.set(String(tag.type), bytes)
    else this.#keep(bytes, isKey, now)
    for (const [sink, state] of this.#sinks) {
      if (state.isWaiting && !isKey && video?.isHeader !== true) continue
      state.isWaiting = !sink.write(bytes)
    }
  }

  #keep(bytes: Buffer, isKey: boolean, now: number): void {
    if (isKey) {
      const before = this.#seen.lastKeyFrameAt
      this.#seen = { ...this.#seen, lastKeyFrameAt: now, keyIntervalMs: before === null ? null : now - before }
      this.#kept = []
      this.#keptBytes = 0
    }
    if (this.#kept === null) return
    this.#kept.push(bytes)
    this.#keptBytes += bytes.length
    if (this.#keptBytes > keptLimitBytes) this.#kept = null
  }

  protected override evidence(): StreamEvidence {
    return {
      ...noEvidence,
      ...this.#seen,
      codec: this.#parameters?.name ?? this.#seen.codec,
      ...this.#rates.read(Date.now()),
      widthPx: this.#parameters?.widthPx ?? null,
      heightPx: this.#parameters?.heightPx ?? null,
      transport: 'tcp',
    }
  }

  #forget(): void {
    this.#rates = new Rates()
    this.#heads = new Map()
    this.#kept = null
    this.#keptBytes = 0
    this.#seen = { ...noEvidence, lastPacketAt: null }
    this.#parameters = null
  }

  #endSinks(): void {
    for (const sink of this.#sinks.keys()) sink.end()
    this.#sinks.clear()
  }
}

function parametersOf(codec: string, configuration: Buffer): { name: string; widthPx: number; heightPx: number } | null {
  if (codec === 'H.264') {
    const set = firstParameterSet(configuration)
    return set === null ? null : readSequenceParameters(set)
  }
  const set = firstH265ParameterSet(configuration)
  const read = set === null ? null : readH265Parameters(set)
  return read === null ? null : { name: codec, widthPx: read.widthPx, heightPx: read.heightPx }
}
