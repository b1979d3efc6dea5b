// Every captured picture that is wanted now, whichever console its card is plugged into.
import { type CapturePlace, type StreamStatus, WanglouError } from '../../contract/index.ts'
import type { SfuStream } from '../ingest/outlet.ts'
import { Owners, type Watch } from '../ingest/owners.ts'
import type { StreamTiming } from '../ingest/timing.ts'
import type { Sfu } from '../sfu/sfu.ts'
import { CaptureStream } from './capture-stream.ts'
import { CaptureDesk } from './desk.ts'
import { FarCapture, FarInput } from './far.ts'
import type { Talk } from '../hosts/talk.ts'

/** The consoles of our centre, as the link and the hosts' lines know them. */
export interface CaptureConsolesPort {
  here: () => string
  /** What people call a console; its id where nobody has named it. */
  nameOf: (station: string) => string
  names: () => Record<string, string>
  /** @param isDirect only the console's own line will do */
  talk: (station: string, options: { isDirect: boolean }) => Talk | null
}

export interface CapturesOptions {
  sfu: Sfu
  timing: StreamTiming
  consoles: CaptureConsolesPort
  /** @throws StreamError no-such-stream */
  place: (camera: string) => Promise<CapturePlace>
  onChange: (key: string) => void
  onError: (error: unknown) => void
}

export class Captures {
  readonly owners: Owners<CaptureStream>
  readonly desk: CaptureDesk
  readonly consoles: CaptureConsolesPort
  readonly #options: CapturesOptions
  readonly #far: FarCapture

  constructor(options: CapturesOptions) {
    this.#options = options
    const { sfu, timing, consoles } = options
    this.consoles = consoles
    this.owners = new Owners({ lingerMs: timing.lingerMs })
    this.desk = new CaptureDesk({ sfu, consoleName: () => consoles.nameOf(consoles.here()), onPage: () => this.#askAgain() })
    this.#far = new FarCapture({ sfu, nameOf: consoles.nameOf, talk: (station) => consoles.talk(station, { isDirect: false }) })
  }

  watch(camera: string): Watch<CaptureStream> {
    const { timing, consoles, place, onChange, onError } = this.#options
    const key = `${camera}/main`
    const stream = () =>
      new CaptureStream({
        ...{ camera, timing, onError, desk: this.desk, far: this.#far, here: consoles.here },
        place: () => place(camera),
        onChange: () => onChange(key),
      })
    return this.owners.watch(key, stream)
  }

  /** Another console of our centre watches. @throws WanglouError NOT_FOUND; HOST_SILENT where the card is at a third one that we have no line to */
  async *serve(input: unknown, signal: AbortSignal): AsyncGenerator<unknown, void, void> {
    const wanted = FarInput.parse(input)
    const { consoles, place } = this.#options
    const { station } = await place(wanted.camera).catch(() => {
      throw new WanglouError('NOT_FOUND')
    })
    if (station !== consoles.here() && consoles.talk(station, { isDirect: true }) === null) throw new WanglouError('HOST_SILENT')
    yield* this.#far.serve(wanted, { watch: this.watch(wanted.camera), signal })
  }

  status(key: string): StreamStatus | null {
    return this.owners.status(key)
  }

  stream(key: string): SfuStream | null {
    return this.owners.stream(key)
  }

  #askAgain(): void {
    for (const key of this.owners.open) this.owners.stream(key)?.retryNow()
  }
}
