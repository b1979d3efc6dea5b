// What other stations may ask of our rooms. Who asks has proven its station key; what it may know hangs on its centre.
import { z } from 'zod'
import { Id, WanglouError } from '../../contract/index.ts'
import { Crossing, TrunkOffer } from '../../media/cascade/trunk.ts'
import type { HeldRoom } from '../../media/hosts/choose.ts'
import type { Answers, Talk } from '../../media/hosts/talk.ts'
import type { Rooms } from '../../media/rooms/rooms.ts'
import type { Annexes } from './annexes.ts'
import type { StoredRoom } from './conference.repository.ts'
import { BringOver, type RoomCameras, WithdrawOver } from './room-cameras.ts'
import { Comer, type Seats } from './seats.ts'

export interface BetweenOptions {
  rooms: Rooms
  seats: Pick<Seats, 'attend' | 'callFrom'>
  annexes: Annexes
  cameras: Pick<RoomCameras, 'bring' | 'withdraw'>
  /** A captured picture, for consoles of our centre. */
  capture: (input: unknown, signal: AbortSignal) => AsyncIterable<unknown>
  /** Our centre. */
  unit: string
  /** The centre of a station we believe; null = unknown. */
  unitOf: (station: string) => string | null
  stored: (conference: string) => Promise<StoredRoom | null>
  /** Open rooms to which a centre was called. */
  calledTo: (unit: string) => Promise<readonly StoredRoom[]>
  /** That we hold the room, or would if somebody came. */
  isOurs: (room: StoredRoom) => boolean
}

const RoomOf = z.object({ conference: Id })
const OpenTrunk = RoomOf.extend({ offer: TrunkOffer })
const OfTrunk = RoomOf.extend({ trunk: z.string().max(80), stream: z.string().max(80) })
const Size = OfTrunk.extend({ layer: z.int().min(0).max(2).nullable() })
const Stream = z.object({
  id: z.string().max(80),
  kind: z.enum(['audio', 'video']),
  source: z.enum(['camera', 'microphone', 'screen']),
  isPaused: z.boolean(),
})
const Report = RoomOf.extend({
  participant: Id,
  session: z.string().max(300),
  streams: z.array(Stream).max(12),
  quality: z.number().nullable(),
  isAudioOnly: z.boolean().default(false),
})
const Send = RoomOf.extend({ stream: z.string().max(80) })

export class Between {
  readonly #options: BetweenOptions

  constructor(options: BetweenOptions) {
    this.#options = options
  }

  get answers(): Answers {
    return {
      call: (from, { method, input }) => this.#call(from, method, input),
      open: (from, { method, input, signal }) => {
        if (method === 'capture.watch' && this.#options.unitOf(from.station) === this.#options.unit) return this.#options.capture(input, signal)
        if (method !== 'attend') throw new WanglouError('NOT_FOUND')
        return this.#attend(from, Comer.parse(input), signal)
      },
    }
  }

  /** What a station may know of the rooms here: its own centre's all, another centre's those it was called to. */
  async roomsFor(station: string): Promise<readonly HeldRoom[]> {
    const { rooms, unit, unitOf, stored, calledTo, isOurs } = this.#options
    const theirs = unitOf(station)
    if (theirs === null) return []
    if (theirs !== unit) {
      const called = (await calledTo(theirs)).filter(isOurs)
      return called.map((room) => heldRoom(room, rooms.present(room.id)))
    }
    const held = await Promise.all(rooms.held.map(async (one) => ({ one, room: await stored(one.conference) })))
    return held.map(({ one, room }) => ({ ...one, openedAt: room?.openedAt ?? 0, openedByName: room?.openedByName ?? '' }))
  }

  async *#attend(from: Talk, comer: Comer, signal: AbortSignal) {
    const isOfCentre = await this.#mustMay(from, comer.conference)
    // Another centre's people stand at their own SFU, and say nothing of what our rooms are.
    if (!isOfCentre && comer.trunk === null) throw new WanglouError('NOT_FOUND')
    const about = isOfCentre ? comer.about : null
    yield* this.#options.seats.attend({ ...comer, about, session: sessionOf(from, comer.session) }, { signal, isRelayed: true })
  }

  async #call(from: Talk, method: string, input: unknown): Promise<unknown> {
    const { rooms, seats, annexes } = this.#options
    if (method === 'place') {
      const { session } = z.object({ session: z.string().max(300) }).parse(input)
      return seats.callFrom(input, sessionOf(from, session))
    }
    if (method === 'annex.send') {
      const { conference, stream } = Send.parse(input)
      const annex = annexes.of(conference, from.station)
      if (annex === null) throw new WanglouError('NOT_FOUND')
      return annex.send(stream)
    }
    const { conference } = RoomOf.parse(input)
    const isOfCentre = await this.#mustMay(from, conference)
    // Another centre brings its own cameras, over its trunk; ours are not its to choose.
    if (method.startsWith('camera.') && !isOfCentre) throw new WanglouError('NOT_FOUND')
    switch (method) {
      case 'camera.bring':
        return this.#options.cameras.bring(BringOver.parse(input), { isRelayed: true })
      case 'camera.withdraw':
        return this.#options.cameras.withdraw(WithdrawOver.parse(input), { isRelayed: true })
      case 'trunk.open':
        return this.#openTrunk(from, OpenTrunk.parse(input))
      case 'trunk.send':
        return rooms.mustHold(conference).sendOver(from.station, OfTrunk.parse(input))
      case 'trunk.size':
        return rooms.mustHold(conference).sizeOver(from.station, Size.parse(input))
      case 'trunk.report': {
        const report = Report.parse(input)
        return rooms.mustHold(conference).reported({ ...report, session: sessionOf(from, report.session) })
      }
      default:
        throw new WanglouError('NOT_FOUND')
    }
  }

  async #openTrunk(from: Talk, { conference, offer }: z.infer<typeof OpenTrunk>) {
    const room = await this.#options.stored(conference)
    if (room === null || room.closedAt !== null) throw new WanglouError(room === null ? 'NOT_FOUND' : 'ROOM_CLOSED')
    const trunk = await this.#options.rooms.open(conference, room.title).openTrunk({
      station: from.station,
      offer,
      ask: async (stream) => Crossing.parse(await from.call('annex.send', { conference, stream })) as unknown as Crossing,
    })
    from.onClosed(() => trunk.close())
    return { trunk: trunk.id, offer: trunk.offer }
  }

  /** @returns whether it is a station of our own centre @throws WanglouError NOT_FOUND */
  async #mustMay(from: Talk, conference: string): Promise<boolean> {
    const { unit, unitOf, calledTo } = this.#options
    const theirs = unitOf(from.station)
    if (theirs === unit) return true
    if (theirs === null || !(await calledTo(theirs)).some(({ id }) => id === conference)) throw new WanglouError('NOT_FOUND')
    return false
  }
}

/** No station speaks for the sessions of another one. */
function sessionOf(from: Talk, session: string): string {
  return `${from.station} ${session}`
}

function heldRoom({ id, title, openedAt, openedByName }: StoredRoom, present: number): HeldRoom {
  return { conference: id, title, present, openedAt, openedByName, rules: null }
}
