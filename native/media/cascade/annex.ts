// Our part of a room that another centre holds: our pages stand at our own SFU, one trunk leads to theirs; who is in and what is decided stays with them.
import { type RoomEvent, type RoomView, type RoomStream, WanglouError } from '../../contract/index.ts'
import { type Floor, nextFloor, onFloor } from '../rooms/audio-floor.ts'
import { CameraMedia, type CameraSupply } from '../rooms/camera-media.ts'
import { PlaceMedia } from '../rooms/place-media.ts'
import { RoomRouters } from '../rooms/room-routers.ts'
import type { Supply } from '../rooms/room-media.ts'
import type { Sfu } from '../sfu/sfu.ts'
import { capabilitiesForPages } from '../sfu/codecs.ts'
import { type Crossing, Trunk, TrunkOffer } from './trunk.ts'

/** What the annex asks of the room's host; each over the sealed talk. */
export interface AnnexHost {
  openTrunk: (offer: TrunkOffer) => Promise<{ trunk: string; offer: TrunkOffer }>
  attend: (comer: AnnexComer & { trunk: string }, signal: AbortSignal) => AsyncIterable<RoomEvent>
  report: (place: { participant: string; session: string; streams: RoomStream[]; quality: number | null; isAudioOnly: boolean }) => Promise<void>
  send: (request: { trunk: string; stream: string }) => Promise<Crossing>
  size: (request: { trunk: string; stream: string; layer: number | null }) => Promise<void>
}

export interface AnnexComer {
  participant: string
  session: string
}

interface Place {
  session: string
  /** A page's, or that of a camera of ours. */
  media: PlaceMedia | CameraMedia
  /** What its page looks at: consumer → stream and size. */
  looks: Map<string, { stream: string; layer: number | null }>
  floor: Floor
}

export interface AnnexOptions {
  sfu: Sfu
  host: AnnexHost
  onError: (error: unknown) => void
}

const placesPerRouter = 12

export class Annex {
  readonly #options: AnnexOptions
  readonly #routers: RoomRouters
  readonly #places = new Map<string, Place>()
  readonly #sizes = new Map<string, number | null>()
  #view: RoomView | null = null
  #opening: Promise<{ trunk: Trunk; theirs: string }> | null = null
  #sizing: Promise<unknown> = Promise.resolve()

  constructor(options: AnnexOptions) {
    this.#options = options
    this.#routers = new RoomRouters({ sfu: options.sfu, placesPerRouter, onLoudest: () => undefined })
  }

  get isEmpty(): boolean {
    return this.#places.size === 0
  }

  /** Streams that cross to us and from us. */
  async crossing(): Promise<{ sent: number; received: number }> {
    return this.#opening === null ? { sent: 0, received: 0 } : (await this.#opening).trunk.crossing
  }

  /** @param options.camera what comes in is a camera of ours; released when it is out again @throws WanglouError whatever the host refuses with */
  async *attend<Comer extends AnnexComer>(
    comer: Comer,
    { signal, camera }: { signal: AbortSignal; camera: CameraSupply | null },
  ): AsyncGenerator<RoomEvent, void, void> {
    const { participant, session } = comer
    const { trunk, theirs } = await this.#trunk()
    const media = camera === null ? await this.#newMedia(participant) : this.#cameraMedia(participant, camera)
    const place: Place = { session, media, looks: new Map(), floor: onFloor }
    this.#drop(participant)
    this.#places.set(participant, place)
    const abort = new AbortController()
    trunk.onClosed(() => abort.abort())
    try {
      for await (const event of this.#options.host.attend({ ...comer, trunk: theirs }, AbortSignal.any([signal, abort.signal])))
        yield await this.#heard(event, place, participant)
    } finally {
      if (this.#places.get(participant) === place) this.#drop(participant)
    }
  }

  /** The place, if it is this session's. @throws WanglouError NOT_FOUND */
  media(participant: string, session: string): PlaceMedia {
    const { media } = this.#place(participant, session)
    if (!(media instanceof PlaceMedia)) throw new WanglouError('NOT_FOUND')
    return media
  }

  async consume(by: AnnexComer, { stream, rtpCapabilities }: { stream: string; rtpCapabilities: unknown }) {
    const place = this.#place(by.participant, by.session)
    const { router, producerId } = await this.#supply(stream)
    const media = this.media(by.participant, by.session)
    const here = await this.#options.sfu.pipe({ producerId, from: router, to: media.router })
    const offer = await media.consume(here, rtpCapabilities)
    place.looks.set(offer.id, { stream, layer: null })
    return offer
  }

  async watch(by: AnnexComer, { consumer, layer }: { consumer: string; layer: number | null }): Promise<void> {
    const place = this.#place(by.participant, by.session)
    const look = place.looks.get(consumer)
    if (look === undefined) throw new WanglouError('NOT_FOUND')
    look.layer = layer
    await this.#size(look.stream)
    await this.media(by.participant, by.session).watch(consumer, layer)
  }

  /** Our pages' lines are ours to watch: where too much is lost, pictures are held back, and the host is told. */
  async lookAtLines(now: number): Promise<void> {
    for (const [participant, place] of this.#places) {
      const { media, floor: before } = place
      if (!(media instanceof PlaceMedia)) continue
      const sample = await media.line(now)
      if (sample === null || this.#places.get(participant) !== place) continue
      place.floor = nextFloor(before, sample)
      if (place.floor.isAudioOnly === before.isAudioOnly) continue
      await media.setAudioOnly(place.floor.isAudioOnly)
      this.#report(participant)
    }
  }

  /** The host wants a stream of ours. @throws WanglouError NOT_FOUND */
  async send(stream: string): Promise<Crossing> {
    const owner = [...this.#places.values()].find(({ media }) => media.has(stream))
    if (owner === undefined) throw new WanglouError('NOT_FOUND')
    const { trunk } = await this.#trunk()
    return trunk.send(stream, await owner.media.supply(stream))
  }

  close(): void {
    for (const participant of [...this.#places.keys()]) this.#drop(participant)
    void this.#opening?.then(({ trunk }) => trunk.close()).catch(this.#options.onError)
    this.#routers.close()
  }

  #place(participant: string, session: string): Place {
    const place = this.#places.get(participant)
    if (place === undefined || place.session !== session) throw new WanglouError('NOT_FOUND')
    return place
  }

  async #heard(event: RoomEvent, place: Place, participant: string): Promise<RoomEvent> {
    if (event.kind === 'joined' && place.media instanceof CameraMedia) this.#report(participant)
    else if (event.kind === 'joined') {
      const { router, generation } = place.media
      return { kind: 'joined', participant, generation, rtpCapabilities: { ...capabilitiesForPages(router.rtpCapabilities) } }
    }
    if (event.kind === 'mute') await place.media.muteMicrophones()
    if (event.kind === 'unmute') await place.media.openMicrophones()
    if (event.kind === 'room') await this.#saw(event.room)
    return event
  }

  /** What is in the room no more does not cross any more. */
  async #saw(view: RoomView): Promise<void> {
    this.#view = view
    const { trunk } = await this.#trunk()
    const there = new Set(view.participants.flatMap(({ streams }) => streams.map(({ id }) => id)))
    for (const stream of trunk.received)
      if (!there.has(stream)) {
        trunk.forget(stream)
        this.#sizes.delete(stream)
      }
  }

  async #supply(stream: string): Promise<Supply> {
    const own = [...this.#places.values()].find(({ media }) => media.has(stream))
    if (own !== undefined) return own.media.supply(stream)
    if (this.#view?.participants.some(({ streams }) => streams.some(({ id }) => id === stream)) !== true) throw new WanglouError('NOT_FOUND')
    const { trunk, theirs } = await this.#trunk()
    const producerId = await trunk.receive(stream, () => this.#options.host.send({ trunk: theirs, stream }))
    return { router: trunk.router, producerId }
  }

  /** The largest size anybody here looks at is asked for, when it changes. */
  #size(stream: string): Promise<void> {
    const sized = this.#sizing.then(async () => {
      const { trunk, theirs } = await this.#trunk()
      if (!trunk.received.includes(stream)) return
      const layers = [...this.#places.values()].flatMap(({ looks }) =>
        [...looks.values()].filter((look) => look.stream === stream).map(({ layer }) => layer),
      )
      const layer = layers.reduce((largest, one) => (one === null || (largest !== null && largest >= one) ? largest : one), null)
      if (this.#sizes.has(stream) && this.#sizes.get(stream) === layer) return
      await this.#options.host.size({ trunk: theirs, stream, layer })
      this.#sizes.set(stream, layer)
    })
    this.#sizing = sized.catch(() => undefined)
    return sized
  }

  #trunk(): Promise<{ trunk: Trunk; theirs: string }> {
    this.#opening ??= this.#openTrunk().catch((error: unknown) => {
      this.#opening = null
      throw error
    })
    return this.#opening
  }

  async #openTrunk(): Promise<{ trunk: Trunk; theirs: string }> {
    const trunk = await Trunk.open(this.#options.sfu, await this.#routers.take())
    try {
      const { trunk: theirs, offer } = await this.#options.host.openTrunk(trunk.offer)
      await trunk.connect(TrunkOffer.parse(offer))
      trunk.onClosed(() => {
        this.#opening = null
        this.#sizes.clear()
      })
      return { trunk, theirs }
    } catch (error) {
      trunk.close()
      throw error
    }
  }

  #cameraMedia(participant: string, supply: CameraSupply): CameraMedia {
    const { onError } = this.#options
    return new CameraMedia({ onError, supply, routers: this.#routers, onChange: () => this.#report(participant) })
  }

  async #newMedia(participant: string): Promise<PlaceMedia> {
    const router = await this.#routers.take()
    const media: PlaceMedia = new PlaceMedia({
      sfu: this.#options.sfu,
      router,
      onChange: () => {
        if (this.#places.get(participant)?.media === media) this.#report(participant)
      },
    })
    return media
  }

  /** What a place of ours sends now. */
  #report(participant: string): void {
    const place = this.#places.get(participant)
    if (place === undefined) return
    const { host, onError } = this.#options
    const { streams, quality } = place.media
    void host.report({ participant, session: place.session, streams, quality, isAudioOnly: place.floor.isAudioOnly }).catch((error: unknown) => {
      // The place has been taken from us there meanwhile; its end is on its way.
      if (!(error instanceof WanglouError && error.code === 'NOT_FOUND')) onError(error)
    })
  }

  #drop(participant: string): void {
    const place = this.#places.get(participant)
    if (place === undefined) return
    this.#places.delete(participant)
    place.media.close()
    if (place.media instanceof PlaceMedia) this.#routers.leave(place.media.router)
    for (const stream of new Set([...place.looks.values()].map((look) => look.stream))) void this.#size(stream).catch(this.#options.onError)
  }
}
