// The streams that do not go through the SFU, H.265 of RTSP among them: which kind of owner each kind of source has.
import { join } from 'node:path'
import { type CameraQuality, type CameraSourceKind, StreamError } from '../../contract/index.ts'
import { type OwnedStream } from '../../media/ingest/asking.ts'
import { Owners, type Watch } from '../../media/ingest/owners.ts'
import type { RtspSource } from '../../media/ingest/session-run.ts'
import type { StreamTiming } from '../../media/ingest/timing.ts'
import { FileStream } from '../../media/pull/file-stream.ts'
import { flvSource, type PullSource } from '../../media/pull/flv-sources.ts'
import { type FlvSource, FlvStream } from '../../media/pull/flv-stream.ts'
import { ForeignWhep } from '../../media/pull/foreign-whep.ts'
import { HlsStream } from '../../media/pull/hls-stream.ts'
import { PictureStream } from '../../media/pull/picture-stream.ts'
import { rtspFlvSource } from '../../media/pull/rtsp-flv.ts'

export interface PulledOptions {
  /** The data directory: films lie in `films`. */
  directory: string
  timing: StreamTiming
  /** How a camera is asked for now. @throws StreamError no-such-stream */
  source: (id: string, quality: CameraQuality) => Promise<PullSource>
  /** The same for what comes by RTSP. */
  rtsp: (id: string, quality: CameraQuality) => Promise<RtspSource>
  /** What a device pushes. */
  pushed: (id: string) => FlvSource
  onChange: (key: string) => void
  /** Nothing is left of a stream. */
  onClosed: (key: string) => void
  onError: (error: unknown) => void
}

/** A still image is asked for so often. */
const stillEveryMs = 2_000

export class Pulled {
  readonly owners: Owners<OwnedStream>
  readonly #options: PulledOptions

  constructor(options: PulledOptions) {
    this.#options = options
    this.owners = new Owners({ lingerMs: options.timing.lingerMs, onClosed: options.onClosed })
  }

  watch(id: string, { quality, kind }: { quality: CameraQuality; kind: CameraSourceKind }): Watch<OwnedStream> {
    return this.owners.watch(`${id}/${quality}`, () => this.#make(id, { quality, kind }))
  }

  #make(id: string, { quality, kind }: { quality: CameraQuality; kind: CameraSourceKind }): OwnedStream {
    const { timing, onError, onChange } = this.#options
    const source = () => this.#options.source(id, quality)
    const common = { timing, onError, onChange: () => onChange(`${id}/${quality}`) }
    switch (kind) {
      case 'flv':
        return new FlvStream({ ...common, source: flvSource(source, { timeoutMs: timing.answerMs }) })
      case 'rtmp':
        return new FlvStream({ ...common, source: this.#options.pushed(id), isPushed: true })
      // H.265 for pages that can play it: all else of theirs goes through the SFU.
      case 'rtsp':
      case 'onvif':
      case 'gb28181':
        return new FlvStream({ ...common, source: rtspFlvSource(() => this.#options.rtsp(id, quality), { timeoutMs: timing.answerMs }) })
      case 'hls':
        return new HlsStream({ ...common, source })
      case 'whep':
        return new ForeignWhep({ ...common, source })
      case 'mjpeg':
      case 'still':
        return new PictureStream({ ...common, source, everyMs: kind === 'still' ? stillEveryMs : null })
      case 'film':
        return new FileStream({ ...common, folder: join(this.#options.directory, 'films'), source: async () => filmName((await source()).address) })
      default:
        throw new StreamError('address-invalid')
    }
  }
}

function filmName(address: string): string {
  return decodeURIComponent(address.replace(/^film:/, ''))
}
