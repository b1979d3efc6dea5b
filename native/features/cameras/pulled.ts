// The streams that do not go through the SFU: which kind of owner each kind of source has.
import { join } from 'node:path'
import { type CameraQuality, type CameraSourceKind, StreamError } from '../../contract/index.ts'
import { type OwnedStream } from '../../media/ingest/asking.ts'
import { Owners, type Watch } from '../../media/ingest/owners.ts'
import type { StreamTiming } from '../../media/ingest/timing.ts'
import { FileStream } from '../../media/pull/file-stream.ts'
import { flvSource, type PullSource } from '../../media/pull/flv-sources.ts'
import { type FlvSource, FlvStream } from '../../media/pull/flv-stream.ts'
import { ForeignWhep } from '../../media/pull/foreign-whep.ts'
import { HlsStream } from '../../media/pull/hls-stream.ts'
import { PictureStream } from '../../media/pull/picture-stream.ts'

export interface PulledOptions {
  /** The data directory: films lie in `films`. */
  directory: string
  timing: StreamTiming
  /** How a camera is asked for now. @throws StreamError no-such-stream */
  source: (id: string, quality: CameraQuality) => Promise<PullSource>
  /** What a device pushes. */
  pushed: (id: string) => FlvSource
  onChange: (key: string) => void
  onError: (error: unknown) => void
}

/** A still image is asked for so often. */
const stillEveryMs = 2_000

export class Pulled {
  readonly owners: Owners<OwnedStream>
  readonly #options: PulledOptions

  constructor(options: PulledOptions) {
    this.#options = options
    this.owners = new Owners({ lingerMs: options.timing.lingerMs })
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
