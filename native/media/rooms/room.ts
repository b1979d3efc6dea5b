// One conference room while it is held: its pure state, the media of each place, and what every page in it hears.
import type { ChairAct, MediaSource, RoomEvent, RoomView } from '../../contract/index.ts'
import { WanglouError } from '../../contract/index.ts'
import { capabilitiesForPages } from '../sfu/codecs.ts'
import type { Sfu } from '../sfu/sfu.ts'
import { type Floor, nextFloor, onFloor } from './audio-floor.ts'
import { Mailbox } from './mailbox.ts'
import { PlaceMedia } from './place-media.ts'
import { RoomRouters } from './room-routers.ts'
import * as rules from './room-state.ts'

/** How somebody left. */
export type LeftHow = 'left' | 'removed' | 'lost' | 'closed'

export interface RoomOptions {
  sfu: Sfu
  conference: string
  title: string
  placesPerRouter: number
  /** How long a place is kept for somebody whose line is cut. */
  awayMs: number
  now: () => number
  onJoined: (member: rules.Member) => void
  onLeft: (member: rules.Member, how: LeftHow) => void
  /** The last one has gone. */
  onEmpty: () => void
}

interface Place {
  /** The session of the page: nobody else speaks for this place. */
  session: string
  media: PlaceMedia
  mailbox: Mailbox
  floor: Floor
  awayTimer: NodeJS.Timeout | null
}

export interface Comer extends rules.NewMember {
  session: string
}

export class Room {
  readonly #options: RoomOptions
  readonly #routers: RoomRouters
  readonly #places = new Map<string, Place>()
  #state: rules.RoomState = rules.emptyRoom

  constructor(options: RoomOptions) {
    this.#options = options
    this.#routers = new RoomRouters({
      sfu: options.sfu,
      placesPerRouter: options.placesPerRouter,
      onLoudest: (stream) => this.#set(rules.speaks(this.#state, stream === null ? null : this.#ownerOf(stream))),
    })
  }

  get isEmpty(): boolean {
    return this.#places.size === 0
  }

  get present(): number {
    return this.#state.members.length
  }

  view(): RoomView {
    const { isLocked, spotlight, speaker, texts } = this.#state
    const { conference, title } = this.#options
    return { conference, title, participants: rules.participantsOf(this.#state), isLocked, spotlight, speaker, texts: [...texts] }
  }

  /** Comes in, or back; heard until the page goes. @throws WanglouError ROOM_LOCKED, ROOM_REMOVED, SFU_UNAVAILABLE, NOT_FOUND */
  async *attend(comer: Comer, signal: AbortSignal): AsyncGenerator<RoomEvent, void, void> {
    const { session, ...who } = comer
    // Refused before anything is made for it.
    rules.join(this.#state, who, this.#options.now())
    const place = this.#returning(comer) ?? (await this.#newPlace(comer))
    const mailbox = new Mailbox()
    place.mailbox.put({ kind: 'ended', why: 'elsewhere' })
    place.mailbox.close()
    place.mailbox = mailbox
    if (place.awayTimer !== null) clearTimeout(place.awayTimer)
    place.awayTimer = null
    this.#greet(who.id, place)
    this.#seat(who)
    try {
      yield* mailbox.events(signal)
    } finally {
      if (this.#places.get(who.id)?.mailbox === mailbox) this.#away(who.id, place)
    }
  }

  /** The place, if it is this session's. @throws WanglouError NOT_FOUND */
  media(participant: string, session: string): PlaceMedia {
    const place = this.#places.get(participant)
    if (place === undefined || place.session !== session) throw new WanglouError('NOT_FOUND')
    return place.media
  }

  async produce(media: PlaceMedia, input: { transport: string; kind: 'audio' | 'video'; source: MediaSource; rtpParameters: unknown }) {
    const producer = await media.produce(input)
    if (producer.kind === 'audio') await this.#routers.hear(media.router, producer)
    return { id: producer.id }
  }

  /** A stream of this very room, wherever in it it stands. @throws WanglouError NOT_FOUND */
  async consume(media: PlaceMedia, { stream, rtpCapabilities }: { stream: string; rtpCapabilities: unknown }) {
    const owner = this.#places.get(this.#ownerOf(stream) ?? '')
    if (owner === undefined) throw new WanglouError('NOT_FOUND')
    await this.#options.sfu.pipe({ producerId: stream, from: owner.media.router, to: media.router })
    return media.consume(stream, rtpCapabilities)
  }

  leave(participant: string): void {
    this.#end(participant, 'left')
  }

  hand(participant: string, isUp: boolean): void {
    this.#set(rules.raiseHand(this.#state, participant, { isUp, now: this.#options.now() }))
  }

  say(participant: string, words: string): void {
    this.#set(rules.say(this.#state, participant, { words, now: this.#options.now() }))
  }

  /** @throws WanglouError NOT_CHAIR, NOT_FOUND, STATE_NOT_ALLOWED */
  async chair(by: string, act: ChairAct): Promise<void> {
    const next = rules.chairAct(this.#state, by, act)
    if (act.kind === 'remove') {
      this.#state = { ...this.#state, removed: next.removed }
      this.#end(act.participant, 'removed')
    } else this.#set(next)
    if (act.kind === 'mute') await this.#mute(act.participant)
    if (act.kind === 'mute-all') for (const { id } of this.#state.members) if (id !== by) await this.#mute(id)
  }

  /** Looks at each line: where too much is lost, pictures are held back. */
  async lookAtLines(): Promise<void> {
    for (const [id, place] of this.#places) {
      const sample = await place.media.line(this.#options.now())
      if (sample === null || this.#places.get(id) !== place) continue
      const before = place.floor
      place.floor = nextFloor(before, sample)
      if (place.floor.isAudioOnly === before.isAudioOnly) continue
      await place.media.setAudioOnly(place.floor.isAudioOnly)
      this.#set(rules.change(this.#state, id, { isAudioOnly: place.floor.isAudioOnly }))
    }
  }

  /** Routers that are gone with their worker: whoever stood on them gets new ones, without a click. */
  async rebuild(gone: readonly string[]): Promise<void> {
    const lost = [...this.#places].filter(([, { media }]) => gone.includes(media.router.id))
    for (const [id, place] of lost) {
      place.media = await this.#newMedia(id)
      place.floor = onFloor
      this.#greet(id, place)
      this.#streamsChanged(id)
    }
  }

  close(how: 'closed' | 'lost' = 'closed'): void {
    for (const id of [...this.#places.keys()]) this.#end(id, how)
    this.#routers.close()
  }

  #seat(who: rules.NewMember): void {
    const isNew = !this.#state.members.some(({ id }) => id === who.id)
    try {
      this.#set(rules.join(this.#state, who, this.#options.now()))
    } catch (error) {
      // Locked, or removed, while its router was being made.
      this.#end(who.id, 'left')
      throw error
    }
    if (isNew) this.#options.onJoined(rules.memberOf(this.#state, who.id))
  }

  #greet(id: string, place: Place): void {
    const { router, generation } = place.media
    place.mailbox.put({ kind: 'joined', participant: id, generation, rtpCapabilities: { ...capabilitiesForPages(router.rtpCapabilities) } })
  }

  #returning({ id, session }: Comer): Place | null {
    const place = this.#places.get(id)
    if (place !== undefined && place.session !== session) throw new WanglouError('NOT_FOUND')
    return place ?? null
  }

  async #newPlace({ id, session }: Comer): Promise<Place> {
    const place: Place = { session, media: await this.#newMedia(id), mailbox: new Mailbox(), floor: onFloor, awayTimer: null }
    this.#places.set(id, place)
    return place
  }

  async #newMedia(id: string): Promise<PlaceMedia> {
    const router = await this.#routers.take()
    return new PlaceMedia({ sfu: this.#options.sfu, router, onChange: () => this.#streamsChanged(id) })
  }

  #streamsChanged(id: string): void {
    const place = this.#places.get(id)
    if (place === undefined || !this.#state.members.some((member) => member.id === id)) return
    this.#set(rules.change(this.#state, id, { streams: place.media.streams, quality: place.media.quality }))
  }

  async #mute(participant: string): Promise<void> {
    const place = this.#places.get(participant)
    if (place !== undefined && (await place.media.muteMicrophones())) place.mailbox.put({ kind: 'mute' })
  }

  #away(id: string, place: Place): void {
    this.#set(rules.change(this.#state, id, { isAway: true }))
    place.awayTimer = setTimeout(() => this.#end(id, 'lost'), this.#options.awayMs)
  }

  #end(id: string, how: LeftHow): void {
    const place = this.#places.get(id)
    if (place === undefined) return
    this.#places.delete(id)
    if (place.awayTimer !== null) clearTimeout(place.awayTimer)
    place.media.close()
    this.#routers.leave(place.media.router)
    if (how !== 'lost') place.mailbox.put({ kind: 'ended', why: how })
    place.mailbox.close()
    const member = this.#state.members.find((one) => one.id === id)
    if (member !== undefined) {
      this.#set(rules.leave(this.#state, id))
      this.#options.onLeft(member, how)
    }
    if (this.#places.size === 0) this.#options.onEmpty()
  }

  #ownerOf(stream: string): string | null {
    for (const [id, { media }] of this.#places) if (media.producer(stream) !== null) return id
    return null
  }

  #set(state: rules.RoomState): void {
    if (state === this.#state) return
    this.#state = state
    const room = this.view()
    for (const { mailbox } of this.#places.values()) mailbox.put({ kind: 'room', room })
  }
}
