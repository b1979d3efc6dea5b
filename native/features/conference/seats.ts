// The places of pages in rooms, wherever a room is held: here, on another host of the centre (its station is asked), or by another centre (our SFU is an annex of theirs).
import { z } from 'zod'
import {
  type EpochMs,
  Id,
  type PlaceAnswers,
  type PlaceCall,
  type PlaceCallInput,
  placeCalls,
  type RoomEvent,
  WanglouError,
} from '../../contract/index.ts'
import { refuseMarked } from '../../kernel/marking.ts'
import type { Annex } from '../../media/cascade/annex.ts'
import type { Hosts } from '../../media/hosts/hosts.ts'
import type { Talk } from '../../media/hosts/talk.ts'
import type { Rooms } from '../../media/rooms/rooms.ts'
import type { Annexes } from './annexes.ts'
import type { ConferenceService } from './conference.service.ts'
import type { RecordingsService } from './recordings.service.ts'
import type { Whereabouts } from './whereabouts.ts'

/** Whoever comes, as the station where she signed in vouches for her. */
export const Comer = z.object({
  conference: Id,
  participant: Id,
  /** The page's session there; with the station's name before it, it is nobody else's. */
  session: z.string().max(300),
  account: z.string().max(80),
  name: z.string().max(80),
  unitName: z.string().max(120),
  /** Its row over there. */
  unit: Id.nullable().default(null),
  level: z.string().max(40),
  /** The page stands at another centre's SFU, at the other end of this trunk. */
  trunk: z.string().max(80).nullable(),
  /** A camera of that centre's; null = a person. */
  camera: Id.nullable(),
  /** The station that held the room when this person was in it before. */
  movedFrom: z.string().max(80).nullable(),
  /** What the room is, for a host that the entry has not reached yet. */
  about: z.object({ title: z.string().max(200), incident: Id.nullable() }).nullable(),
  /** A screen of a wall: it sees, is no participant, and never begins a room or keeps one open. */
  isScreen: z.boolean().optional(),
})
export type Comer = z.infer<typeof Comer>

/** A screen takes, and gives nothing. */
const ofScreen: ReadonlySet<PlaceCall> = new Set(['leave', 'connect', 'connectTransport', 'restartIce', 'consume', 'watch'])

type Seat = { session: string; conference: string; screen: AbortController | null } & (
  { kind: 'here' } | { kind: 'relay'; talk: Talk } | { kind: 'annex'; annex: Annex; talk: Talk }
)

export interface SeatsOptions {
  rooms: Rooms
  hosts: Hosts
  service: ConferenceService
  whereabouts: Whereabouts
  annexes: Annexes
  recordings: RecordingsService
  /** The room begins here: it is written down when it was elsewhere before. */
  onHeld: (conference: string) => Promise<void>
}

/** A page that has not come again by then has gone without a word. */
const rememberedMs = 3_600_000

export class Seats {
  readonly #options: SeatsOptions
  readonly #seats = new Map<string, Seat>()
  /** Who held the room in which a place was last, and until when it was there. */
  readonly #before = new Map<string, { station: string; at: EpochMs }>()

  constructor(options: SeatsOptions) {
    this.#options = options
  }

  /** Somebody of that session is in the room. */
  isIn(conference: string, session: string): boolean {
    return [...this.#seats.values()].some((seat) => seat.conference === conference && seat.session === session && seat.screen === null)
  }

  /** The displays to which this person has sent the room show it no longer than she is in it. */
  #endScreens({ conference, session }: Seat): void {
    for (const seat of this.#seats.values()) if (seat.conference === conference && seat.session === session) seat.screen?.abort()
  }

  /** Places that are held, and places whose last host is still known. */
  get counts(): { held: number; remembered: number } {
    return { held: this.#seats.size, remembered: this.#before.size }
  }

  /** @param isRelayed another console of the centre has sent it here: it goes nowhere else @throws WanglouError NOT_FOUND, ROOM_CLOSED, HOST_SILENT, SFU_UNAVAILABLE, ROOM_LOCKED, … */
  async *attend(comer: Comer, { signal, isRelayed }: { signal: AbortSignal; isRelayed: boolean }): AsyncGenerator<RoomEvent, void, void> {
    const { conference, participant, session } = comer
    const { whereabouts, rooms, annexes, hosts, onHeld } = this.#options
    const at = await whereabouts.of(conference, { isRelayed, about: comer.about })
    const station = at.kind === 'here' ? hosts.us.station : at.talk.station
    const before = this.#before.get(participant)?.station ?? null
    const coming = { ...comer, movedFrom: comer.movedFrom ?? (before === station ? null : before) }
    const screen = comer.isScreen === true ? new AbortController() : null
    const seat: Seat =
      at.kind === 'annex'
        ? { kind: 'annex', session, conference, screen, talk: at.talk, annex: annexes.open(conference, at.talk) }
        : { ...at, session, conference, screen }
    this.#seats.set(participant, seat)
    try {
      const until = screen === null ? signal : AbortSignal.any([signal, screen.signal])
      for await (const event of this.#events(coming, seat, { title: at.title, signal: until })) {
        if (event.kind === 'joined') {
          this.#before.set(participant, { station, at: Date.now() })
          if (seat.kind === 'here' && rooms.present(conference) > 0) await onHeld(conference)
        }
        if (event.kind === 'ended' && event.why !== 'moved' && event.why !== 'elsewhere') this.#before.delete(participant)
        yield event
      }
    } finally {
      if (seat.kind === 'annex') annexes.tidy(conference)
      if (this.#seats.get(participant) === seat) this.#seats.delete(participant)
      this.#forget(participant, Date.now())
    }
  }

  /** @param left has just gone: it may come again after its host was lost */
  #forget(left: string, now: EpochMs): void {
    const known = this.#before.get(left)
    if (known !== undefined) known.at = now
    for (const [participant, { at }] of this.#before) if (now - at > rememberedMs && !this.#seats.has(participant)) this.#before.delete(participant)
  }

  /** A call from a place; only the session that holds it is heard. @throws WanglouError NOT_FOUND */
  async call<Call extends PlaceCall>(call: Call, input: PlaceCallInput<Call>, session: string): Promise<PlaceAnswers[Call]> {
    const { participant, conference } = input
    const seat = this.#seats.get(participant)
    const isHeld = seat === undefined && this.#options.rooms.has(conference)
    if (!isHeld && (seat === undefined || seat.session !== session || seat.conference !== conference)) throw new WanglouError('NOT_FOUND')
    if (call === 'say') refuseMarked((input as PlaceCallInput<'say'>).words)
    const isSending = call === 'connect' && (input as PlaceCallInput<'connect'>).direction !== 'receive'
    if (seat !== undefined && seat.screen !== null && (isSending || !ofScreen.has(call))) throw new WanglouError('NOT_FOUND')
    if (call === 'leave') this.#before.delete(participant)
    if (call === 'leave' && seat?.screen === null) this.#endScreens(seat)
    const answer = await this.#answer(call, input, { session, seat: seat ?? { kind: 'here', session, conference, screen: null } })
    return answer as PlaceAnswers[Call]
  }

  /** From another station, unchecked. */
  callFrom(input: unknown, session: string): Promise<unknown> {
    const { call } = z.object({ call: z.enum(Object.keys(placeCalls) as [PlaceCall, ...PlaceCall[]]) }).parse(input)
    const { input: place } = z.object({ input: placeCalls[call] }).parse(input)
    return this.call(call, place as never, session)
  }

  #events(comer: Comer, seat: Seat, { title, signal }: { title: string; signal: AbortSignal }): AsyncIterable<RoomEvent> {
    const { rooms } = this.#options
    const { conference, participant, movedFrom, about: _about, ...person } = comer
    if (seat.kind === 'here' && comer.isScreen === true && !rooms.has(conference)) throw new WanglouError('NOT_FOUND', { conference })
    if (seat.kind === 'here') {
      this.#options.service.came(conference, participant, movedFrom)
      return rooms.open(conference, title).attend({ id: participant, movedFrom, ...person }, signal)
    }
    if (seat.kind === 'annex') return seat.annex.attend(comer, { signal, camera: null })
    return seat.talk.open('attend', { input: comer, signal }) as AsyncIterable<RoomEvent>
  }

  #answer(call: PlaceCall, input: unknown, { session, seat }: { session: string; seat: Seat }): Promise<unknown> {
    if (seat.kind === 'relay') return seat.talk.call('place', { call, input, session })
    return seat.kind === 'here' ? this.#here(call, input as never, session) : this.#inAnnex(seat, call, { input: input as never, session })
  }

  async #here(call: PlaceCall, input: PlaceCallInput<PlaceCall>, session: string): Promise<unknown> {
    const { conference, participant } = input
    const room = this.#options.rooms.mustHold(conference)
    room.mustBe(participant, session)
    const of = <Call extends PlaceCall>(_call: Call) => input as PlaceCallInput<Call>
    switch (call) {
      case 'leave':
        return room.leave(participant)
      case 'hand':
        return room.hand(participant, of(call).isUp)
      case 'say':
        return room.say(participant, of(call).words.trim())
      case 'chair':
        return room.chair(participant, of(call).act)
      case 'record':
        return this.#options.recordings.begin(conference, of(call))
      case 'endRecord':
        return this.#options.recordings.end(conference, of(call))
      case 'produce':
        return room.produce(room.media(participant, session), of(call))
      case 'consume':
        return room.consume(room.media(participant, session), of(call))
      case 'watch':
        return room.media(participant, session).watch(of(call).consumer, of(call).layer)
      default:
        return mediaCall(room.media(participant, session), call, input)
    }
  }

  /** Media stands at our SFU; everything else is the room's, which the other centre holds. */
  async #inAnnex(
    { annex, talk }: { annex: Annex; talk: Talk },
    call: PlaceCall,
    { input, session }: { input: PlaceCallInput<PlaceCall>; session: string },
  ): Promise<unknown> {
    const { participant } = input
    const of = <Call extends PlaceCall>(_call: Call) => input as PlaceCallInput<Call>
    switch (call) {
      case 'leave':
      case 'hand':
      case 'say':
      case 'chair':
      case 'record':
      case 'endRecord':
        return talk.call('place', { call, input, session })
      case 'produce':
        return { id: (await annex.media(participant, session).produce(of(call))).id }
      case 'consume':
        return annex.consume({ participant, session }, of(call))
      case 'watch':
        return annex.watch({ participant, session }, of(call))
      default:
        return mediaCall(annex.media(participant, session), call, input)
    }
  }
}

/** The calls that concern a place's own transports and streams, wherever it stands. */
async function mediaCall(
  media: ReturnType<Annex['media']>,
  call: 'connect' | 'connectTransport' | 'restartIce' | 'pause' | 'closeStream',
  input: unknown,
): Promise<unknown> {
  const of = <Call extends PlaceCall>(_call: Call) => input as PlaceCallInput<Call>
  switch (call) {
    case 'connect':
      return media.connect(of(call).direction)
    case 'connectTransport':
      return media.connectTransport(of(call).transport, of(call).dtlsParameters)
    case 'restartIce':
      return media.restartIce(of(call).transport)
    case 'pause':
      return media.pause(of(call).stream, of(call).isPaused)
    case 'closeStream':
      return media.closeStream(of(call).stream)
    default:
      return call satisfies never
  }
}
