// One conference room while it is held: its pure state, the media of each place, and what every page in it hears.
import type { ChairAct, MediaSource, RoomEvent, RoomView } from '../../contract/index.ts'
import { WanglouError } from '../../contract/index.ts'
import { capabilitiesForPages } from '../sfu/codecs.ts'
import type { Sfu } from '../sfu/sfu.ts'
import { type Floor, nextFloor, onFloor } from './audio-floor.ts'
import { CameraMedia, type CameraSupply } from './camera-media.ts'
import { Mailbox } from './mailbox.ts'
import { AnnexMedia, type AnnexReport } from '../cascade/annex-media.ts'
import { type Crossing, Trunk, type TrunkOffer } from '../cascade/trunk.ts'
import { PlaceMedia } from './place-media.ts'
import type { RoomMedia, Supply } from './room-media.ts'
import { RoomRouters } from './room-routers.ts'
import * as rules from './room-state.ts'

/** How somebody left. */
export type LeftHow = 'left' | 'removed' | 'lost' | 'closed' | 'moved'

export interface RoomOptions {
  sfu: Sfu
  conference: string
  title: string
  placesPerRouter: number
  /** How it was at the host it goes on from, or here before everybody was cut off; null = it begins now. */
  before: rules.RoomRules | null
  /** What is recorded, or waits to be again. */
  recordings: () => readonly rules.KeptRecording[]
  /** How long a place is kept for somebody whose line is cut. */
  awayMs: number
  now: () => number
  onJoined: (member: rules.Member) => void
  onLeft: (member: rules.Member, how: LeftHow) => void
  /** Anything of the room has changed. */
  onChanged: () => void
  /** What it would go on with has changed: what the chair has ruled, who is in, what was written. */
  onRuled: () => void
  /** The last one has gone. */
  onEmpty: (how: LeftHow) => void
  onError: (error: unknown) => void
}

interface Place {
  /** The session of the page: nobody else speaks for this place. */
  session: string
  media: RoomMedia
  mailbox: Mailbox
  floor: Floor
  awayTimer: NodeJS.Timeout | null
}

export interface Comer extends rules.NewMember {
  session: string
  /** The page stands at another centre's SFU, at the other end of this trunk; null = at ours. */
  trunk: string | null
}

const ruled = ['chair', 'isLocked', 'removed', 'silenced', 'awaited', 'texts'] as const

/** Another centre's SFU that takes part. */
interface TrunkEnd {
  trunk: Trunk
  /** The station at the other end: nobody else speaks for the trunk. */
  station: string
  ask: (stream: string) => Promise<Crossing>
}

export class Room {
  readonly #options: RoomOptions
  readonly #routers: RoomRouters
  readonly #places = new Map<string, Place>()
  readonly #trunks = new Map<string, TrunkEnd>()
  #state: rules.RoomState
  #recordings: RoomView['recordings'] = []

  constructor(options: RoomOptions) {
    this.#options = options
    const { before } = options
    this.#state = before === null ? rules.emptyRoom : rules.goesOn(before)
    this.#routers = new RoomRouters({
      sfu: options.sfu,
      placesPerRouter: options.placesPerRouter,
      onLoudest: (stream) => this.#set(rules.speaks(this.#state, stream === null ? null : this.owner(stream))),
    })
  }

  get isEmpty(): boolean {
    return this.#places.size === 0
  }

  /** People whose line stands: places kept for those that are cut off do not count, nor do cameras. */
  get present(): number {
    return this.#state.members.filter((member) => !member.isAway && rules.isPerson(member)).length
  }

  get title(): string {
    return this.#options.title
  }

  get rules(): rules.RoomRules {
    return { ...rules.rulesOf(this.#state), recordings: this.#options.recordings() }
  }

  /** Cameras that were in when everybody was cut off. */
  get awaitedCameras(): string[] {
    return this.#state.awaited.flatMap(({ camera }) => camera ?? [])
  }

  /** A camera of this station takes a place; it goes with the last person, or when the chair removes it. @throws WanglouError DUPLICATE, TOO_LARGE */
  bring(who: rules.NewMember, supply: CameraSupply): void {
    this.#set(rules.join(this.#state, who, this.#options.now()))
    const { onError } = this.#options
    const media = new CameraMedia({ onError, supply, routers: this.#routers, onChange: () => this.#streamsChanged(who.id) })
    if (rules.isSilenced(this.#state, who)) media.muteMicrophones().catch(onError)
    // Nobody knows its session: nobody speaks for it.
    this.#places.set(who.id, { session: crypto.randomUUID(), media, mailbox: new Mailbox(), floor: onFloor, awayTimer: null })
    this.#options.onJoined(rules.memberOf(this.#state, who.id))
    this.#streamsChanged(who.id)
  }

  /** Whoever may bring cameras takes them out. @throws WanglouError NOT_FOUND for a person */
  withdraw(participant: string): void {
    if (rules.memberOf(this.#state, participant).camera === null) throw new WanglouError('NOT_FOUND')
    this.#end(participant, 'left')
  }

  view(): RoomView {
    const { isLocked, spotlight, speaker, texts } = this.#state
    const { conference, title } = this.#options
    return {
      conference,
      title,
      participants: rules.participantsOf(this.#state),
      isLocked,
      spotlight,
      speaker,
      texts: [...texts],
      recordings: this.#recordings,
      screens: this.#state.members.filter(({ isScreen }) => isScreen).length,
    }
  }

  /** Comes in, or back; heard until the page goes. @throws WanglouError ROOM_LOCKED, ROOM_REMOVED, SFU_UNAVAILABLE, NOT_FOUND */
  async *attend(comer: Comer, signal: AbortSignal): AsyncGenerator<RoomEvent, void, void> {
    const { session: _session, trunk, ...known } = comer
    // What another centre says of where its people were opens no lock.
    const who = trunk === null ? known : { ...known, movedFrom: null }
    // Refused before anything is made for it.
    rules.join(this.#state, who, this.#options.now())
    const place = (await this.#returning(comer)) ?? (await this.#newPlace(comer))
    const mailbox = new Mailbox()
    place.mailbox.put({ kind: 'ended', why: 'elsewhere' })
    place.mailbox.close()
    place.mailbox = mailbox
    if (place.awayTimer !== null) clearTimeout(place.awayTimer)
    place.awayTimer = null
    // Before it is greeted: its SFU sends no sound that would be heard for a moment.
    if (rules.isSilenced(this.#state, who)) mailbox.put({ kind: 'mute' })
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
    const { media } = this.#placeOf(participant, session)
    if (!(media instanceof PlaceMedia)) throw new WanglouError('NOT_FOUND')
    return media
  }

  /** That this place is this session's. @throws WanglouError NOT_FOUND */
  mustBe(participant: string, session: string): void {
    this.#placeOf(participant, session)
  }

  /** The member, if it leads. @throws WanglouError NOT_CHAIR, NOT_FOUND */
  mustChair(participant: string): rules.Member {
    const member = rules.memberOf(this.#state, participant)
    if (this.#state.chair !== participant) throw new WanglouError('NOT_CHAIR')
    return member
  }

  /** All that is sent in the room now. */
  get streams(): RoomMedia['streams'] {
    return [...this.#places.values()].flatMap(({ media }) => media.streams)
  }

  hasStream(stream: string): boolean {
    return this.owner(stream) !== null
  }

  /** Whose stream it is; '' = nobody's. */
  ownerName(stream: string): string {
    return this.#state.members.find(({ id }) => id === this.owner(stream))?.name ?? ''
  }

  /** The place that sends it; null = none does. */
  owner(stream: string): string | null {
    for (const [id, { media }] of this.#places) if (media.has(stream)) return id
    return null
  }

  /** @throws WanglouError NOT_FOUND */
  async supply(stream: string): Promise<Supply> {
    const owner = this.#places.get(this.owner(stream) ?? '')
    if (owner === undefined) throw new WanglouError('NOT_FOUND')
    return owner.media.supply(stream)
  }

  /** Everybody sees that it is recorded. */
  showRecordings(recordings: RoomView['recordings']): void {
    this.#recordings = recordings
    this.#set({ ...this.#state })
    this.#options.onRuled()
  }

  /** Another centre's SFU takes part. @returns our end */
  async openTrunk(options: { station: string; offer: TrunkOffer; ask: (stream: string) => Promise<Crossing> }): Promise<Trunk> {
    const { station, offer, ask } = options
    const router = await this.#routers.take()
    const trunk = await Trunk.open(this.#options.sfu, router)
    await trunk.connect(offer)
    this.#trunks.set(trunk.id, { trunk, station, ask })
    trunk.onClosed(() => {
      this.#trunks.delete(trunk.id)
      this.#routers.leave(router)
    })
    return trunk
  }

  /** The other SFU asks for a stream of this room. @throws WanglouError NOT_FOUND */
  async sendOver(station: string, { trunk, stream }: { trunk: string; stream: string }): Promise<Crossing> {
    const end = this.#trunkOf(station, trunk)
    const owner = this.#places.get(this.owner(stream) ?? '')
    // What comes from there does not go back there.
    if (owner === undefined || (owner.media instanceof AnnexMedia && owner.media.trunk === end)) throw new WanglouError('NOT_FOUND')
    return end.send(stream, await owner.media.supply(stream))
  }

  sizeOver(station: string, { trunk, stream, layer }: { trunk: string; stream: string; layer: number | null }): Promise<void> {
    return this.#trunkOf(station, trunk).size(stream, layer)
  }

  /** What a page at the other SFU sends. @throws WanglouError NOT_FOUND */
  reported({ participant, session, ...place }: { participant: string; session: string } & AnnexReport): void {
    const { media } = this.#placeOf(participant, session)
    if (!(media instanceof AnnexMedia)) throw new WanglouError('NOT_FOUND')
    media.report(place)
    this.#set(rules.change(this.#state, participant, { isAudioOnly: place.isAudioOnly }))
  }

  /** Streams crossing to and from other centres. */
  get crossing(): { sent: number; received: number } {
    const all = [...this.#trunks.values()].map(({ trunk }) => trunk.crossing)
    return { sent: all.reduce((sum, { sent }) => sum + sent, 0), received: all.reduce((sum, { received }) => sum + received, 0) }
  }

  closeTrunks(station: string): void {
    for (const end of [...this.#trunks.values()]) if (end.station === station) end.trunk.close()
  }

  async produce(media: PlaceMedia, input: { transport: string; kind: 'audio' | 'video'; source: MediaSource; rtpParameters: unknown }) {
    const producer = await media.produce(input)
    if (producer.kind === 'audio') await this.#routers.hear(media.router, producer)
    return { id: producer.id }
  }

  /** A stream of this very room, wherever in it it stands. @throws WanglouError NOT_FOUND */
  async consume(media: PlaceMedia, { stream, rtpCapabilities }: { stream: string; rtpCapabilities: unknown }) {
    const { router, producerId } = await this.supply(stream)
    return media.consume(await this.#options.sfu.pipe({ producerId, from: router, to: media.router }), rtpCapabilities)
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
      this.#set({ ...this.#state, removed: next.removed })
      this.#end(act.participant, 'removed')
    } else this.#set(next)
    if (act.kind === 'mute') await this.#mute(rules.memberOf(next, act.participant))
    if (act.kind === 'unmute') await this.#unmute(act.participant)
    if (act.kind === 'mute-all') for (const member of next.members) if (member.id !== by) await this.#mute(member)
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
    // One at the other end of a trunk comes again by itself, over a new one; a camera is asked for again by its own owner.
    const lost = [...this.#places].filter(([, { media }]) => media instanceof PlaceMedia && gone.includes(media.router.id))
    for (const [id, place] of lost) {
      place.media = await this.#newMedia(id, null)
      place.floor = onFloor
      this.#greet(id, place)
      this.#streamsChanged(id)
    }
  }

  close(how: 'closed' | 'lost' | 'moved' = 'closed'): void {
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
    if (isNew && who.isScreen !== true) this.#options.onJoined(rules.memberOf(this.#state, who.id))
  }

  #greet(id: string, place: Place): void {
    const { router, generation } = place.media
    place.mailbox.put({ kind: 'joined', participant: id, generation, rtpCapabilities: { ...capabilitiesForPages(router.rtpCapabilities) } })
  }

  #placeOf(participant: string, session: string): Place {
    const place = this.#places.get(participant)
    if (place === undefined || place.session !== session) throw new WanglouError('NOT_FOUND')
    return place
  }

  #trunkOf(station: string, id: string): Trunk {
    const end = this.#trunks.get(id)
    if (end === undefined || end.station !== station) throw new WanglouError('NOT_FOUND')
    return end.trunk
  }

  /** Its media too, unless it now comes another way. */
  async #returning({ id, session, trunk }: Comer): Promise<Place | null> {
    if (!this.#places.has(id)) return null
    const place = this.#placeOf(id, session)
    const before = place.media instanceof AnnexMedia ? place.media.trunk.id : null
    if (before === trunk) return place
    const media = await this.#newMedia(id, trunk)
    place.media.close()
    if (place.media instanceof PlaceMedia) this.#routers.leave(place.media.router)
    place.media = media
    this.#streamsChanged(id)
    return place
  }

  async #newPlace({ id, session, trunk }: Comer): Promise<Place> {
    const place: Place = { session, media: await this.#newMedia(id, trunk), mailbox: new Mailbox(), floor: onFloor, awayTimer: null }
    this.#places.set(id, place)
    return place
  }

  async #newMedia(id: string, trunk: string | null): Promise<RoomMedia> {
    const onChange = () => this.#streamsChanged(id)
    if (trunk === null) return new PlaceMedia({ sfu: this.#options.sfu, router: await this.#routers.take(), onChange })
    const end = this.#trunks.get(trunk)
    if (end === undefined) throw new WanglouError('NOT_FOUND')
    return new AnnexMedia({ trunk: end.trunk, ask: end.ask, onChange })
  }

  #streamsChanged(id: string): void {
    const place = this.#places.get(id)
    if (place === undefined || !this.#state.members.some((member) => member.id === id)) return
    this.#set(rules.change(this.#state, id, { streams: place.media.streams, quality: place.media.quality }))
  }

  async #mute({ id, camera }: rules.Member): Promise<void> {
    const place = this.#places.get(id)
    if (place === undefined) return
    const isChanged = await place.media.muteMicrophones()
    // A camera may be without sound just now, and have it again.
    if (isChanged || camera !== null) place.mailbox.put({ kind: 'mute' })
  }

  async #unmute(participant: string): Promise<void> {
    const place = this.#places.get(participant)
    await place?.media.openMicrophones()
    place?.mailbox.put({ kind: 'unmute' })
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
    if (place.media instanceof PlaceMedia) this.#routers.leave(place.media.router)
    if (how !== 'lost') place.mailbox.put({ kind: 'ended', why: how })
    place.mailbox.close()
    const member = this.#state.members.find((one) => one.id === id)
    if (member !== undefined) {
      this.#set(rules.leave(this.#state, id, { isCutOff: how === 'lost' }))
      if (!member.isScreen) this.#options.onLeft(member, how)
    }
    if (this.#places.size === 0) this.#options.onEmpty(how)
    // Cameras and screens alone are no conference.
    else if (!this.#hasPeople) for (const other of [...this.#places.keys()]) this.#end(other, how)
  }

  /** Whoever is only just being seated is one, too. */
  get #hasPeople(): boolean {
    return [...this.#places.keys()].some((id) => {
      const member = this.#state.members.find((one) => one.id === id)
      return member === undefined || rules.isPerson(member)
    })
  }

  #set(state: rules.RoomState): void {
    if (state === this.#state) return
    const before = this.#state
    this.#state = state
    const room = this.view()
    for (const { mailbox } of this.#places.values()) mailbox.put({ kind: 'room', room })
    this.#options.onChanged()
    if (ruled.some((part) => before[part] !== state[part]) || before.members.length !== state.members.length) this.#options.onRuled()
  }
}
