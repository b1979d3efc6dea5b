// 会商 put together: rooms held here, on other hosts and with other centres, and their acts in the journal.
import { type Conference, type RollCallUnit, WanglouError } from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import { type HeldRoom, presentIn } from '../../media/hosts/choose.ts'
import type { Identity } from '../../media/hosts/greet.ts'
import { type HostingSettings, Hosts } from '../../media/hosts/hosts.ts'
import type { RoomRules } from '../../media/rooms/room-state.ts'
import { Rooms } from '../../media/rooms/rooms.ts'
import type { Sfu } from '../../media/sfu/sfu.ts'
import type { Blobs, Store } from '../../store/types.ts'
import { Annexes } from './annexes.ts'
import { Between } from './between.ts'
import type { StoredRoom } from './conference.repository.ts'
import { ConferenceService } from './conference.service.ts'
import type { Addresses } from './invitees.ts'
import { KeptRooms } from './kept-rooms.ts'
import { RecordingsService } from './recordings.service.ts'
import { type CameraSeat, RoomCameras } from './room-cameras.ts'
import { RollCallService } from './roll-call.service.ts'
import { Seats } from './seats.ts'
import { Whereabouts } from './whereabouts.ts'

export interface Standing {
  unit: string | null
  unitName: string
  level: string
}

/** Who we are among stations, and whom we believe; from the link. */
export interface StationsPort {
  /** What people call this console. */
  consoleName: string
  /** Our centre, as it stands in scopes. */
  unit: string
  sign: Identity['sign']
  keyOf: Identity['keyOf']
  unitOf: (station: string) => string | null
  /** A unit of the tree as it stands in scopes; null = the tree does not have it. */
  linkName: (unit: string) => string | null
  unitName: (unit: string) => string
}

export interface ConferencesOptions {
  store: Store
  journal: Journal
  sfu: Sfu
  addresses: Addresses
  /** A camera of our list, asked for its picture. @throws WanglouError NOT_FOUND, CAMERA_NOT_FOR_ROOMS */
  camera: (id: string) => Promise<CameraSeat>
  /** A captured picture for another console of our centre; see `media/capture`. */
  capture: (input: unknown, signal: AbortSignal) => AsyncIterable<unknown>
  /** What stands beside a name in a room: the account's unit and its level in the reporting tree; null and '' = not known. */
  standing: (account: string) => Promise<Standing>
  blobs: Blobs
  /** Duty rooms right below our centre, and our own name on papers. */
  subordinates: () => Promise<RollCallUnit[]>
  ourName: () => Promise<string>
  hosting: HostingSettings
  /** Where ffmpeg is; null = it is not installed. */
  ffmpeg: () => string | null
  /** The data directory. */
  directory: string
  stations: StationsPort
  /** Rooms or hosts have changed: pages look again. */
  tell: () => void
  onError: (error: unknown) => void
  awayMs?: number
  announceEveryMs?: number
  now?: () => number
}

const lookEveryMs = 2_000
/** Cameras of a room that was sent on earlier than this are not brought again. */
const bringAgainMs = 300_000

export class Conferences {
  readonly name = 'conference'
  readonly service: ConferenceService
  readonly rooms: Rooms
  readonly hosts: Hosts
  readonly seats: Seats
  readonly annexes: Annexes
  readonly cameras: RoomCameras
  readonly recordings: RecordingsService
  readonly kept: KeptRooms
  readonly rollCalls: RollCallService
  readonly #options: ConferencesOptions
  readonly #whereabouts: Whereabouts
  /** Rooms of which it is being written down that they are held here. */
  readonly #holding = new Set<string>()
  /** Acts of a room in their order: who comes and goes at once is written so. */
  #writing: Promise<unknown> = Promise.resolve()
  #timer: NodeJS.Timeout | null = null
  #telling: NodeJS.Timeout | null = null
  #unsubscribe: () => void = () => undefined

  constructor(options: ConferencesOptions) {
    const { store, journal, sfu, addresses, hosting, stations, onError, awayMs, now = Date.now } = options
    this.#options = options
    const stored = (conference: string) => this.service.repository.get(conference)
    this.rooms = new Rooms({
      sfu,
      onError,
      awayMs,
      onJoined: (conference, member) => this.#write(() => this.service.joined(conference, member.id, member)),
      onChanged: (conference) => this.recordings.changed(conference),
      onRuled: (conference) => {
        this.hosts.changed()
        this.#note(conference)
      },
      recordings: (conference) => this.recordings.kept(conference),
      before: (conference) => this.#before(conference),
      onClosed: (conference, how) => {
        this.kept.over(conference, { isCutOff: how === 'lost' })
        void this.recordings.roomOver(conference).catch(onError)
      },
      onLeft: (conference, member, how) => this.#write(() => this.service.left(conference, member.id, { ...member, how })),
    })
    this.kept = new KeptRooms({ store, now, onError })
    this.#whereabouts = new Whereabouts({ hosts: () => this.hosts, stored })
    this.service = new ConferenceService({
      journal,
      reads: store,
      addresses,
      whereabouts: (room) => this.#shown(room),
      foreign: () => this.#whereabouts.foreign().map(({ room, host }) => foreignRoom(room, stations.unitName(host.unit))),
      home: () => this.#whereabouts.best()?.station ?? journal.station,
      recordings: (conference) => this.recordings.list(conference),
      health: () => sfu.health(),
      now,
    })
    this.recordings = new RecordingsService({
      ...{ journal, reads: store, rooms: this.rooms, sfu, now, onError },
      ffmpeg: options.ffmpeg,
      directory: options.directory,
      known: (conference) => this.service.known(conference),
    })
    this.rollCalls = new RollCallService({
      ...{ journal, reads: store, now, blobs: options.blobs, subordinates: options.subordinates, ourName: options.ourName },
      stored: (conference) => this.service.stored(conference),
    })
    this.annexes = new Annexes({ sfu, onError })
    this.cameras = new RoomCameras({ rooms: this.rooms, annexes: this.annexes, whereabouts: this.#whereabouts, camera: options.camera, onError })
    const between: Between = new Between({
      rooms: this.rooms,
      annexes: this.annexes,
      cameras: this.cameras,
      seats: { attend: (comer, how) => this.seats.attend(comer, how), callFrom: (input, session) => this.seats.callFrom(input, session) },
      capture: options.capture,
      unit: stations.unit,
      unitOf: stations.unitOf,
      stored,
      calledTo: async (unit) => {
        const calls = await this.service.repository.openCalls()
        return calls.filter((call) => stations.linkName(call.unit) === unit).map(({ room }) => room)
      },
      isOurs: (room) => this.#whereabouts.shown(room)?.station === journal.station,
    })
    this.hosts = new Hosts({
      settings: hosting,
      identity: () => ({ station: journal.station, sign: stations.sign, keyOf: stations.keyOf }),
      own: () => ({ name: stations.consoleName, unit: stations.unit, hasWorker: sfu.isAvailable }),
      heldRooms: () => this.rooms.held.map((room) => ({ ...room, openedAt: 0, openedByName: '' })),
      roomsFor: (station) => between.roomsFor(station),
      answers: between.answers,
      onChange: () => this.#hostsChanged(),
      onError,
      ...(options.announceEveryMs === undefined ? {} : { announceEveryMs: options.announceEveryMs }),
    })
    this.seats = new Seats({
      rooms: this.rooms,
      hosts: this.hosts,
      service: this.service,
      whereabouts: this.#whereabouts,
      annexes: this.annexes,
      recordings: this.recordings,
      onHeld: (conference) => this.#held(conference),
    })
  }

  async start(): Promise<void> {
    await this.service.tidy()
    await this.recordings.tidy()
    await this.kept.load()
    await this.rooms.start()
    await this.hosts.start()
    this.#unsubscribe = this.#options.journal.onChange((changes) => {
      if (changes.some(({ dataset }) => dataset === 'conferences' || dataset === 'conferenceInvitations'))
        void this.#roomsChanged().catch(this.#options.onError)
    })
    this.#timer = setInterval(() => void this.#look().catch(this.#options.onError), lookEveryMs)
  }

  /** Everybody is told that it is over here, and that they left stands in the journal before it closes. */
  async stop(): Promise<void> {
    for (const timer of [this.#timer, this.#telling]) if (timer !== null) clearTimeout(timer)
    this.#timer = null
    this.#unsubscribe()
    this.cameras.stop()
    this.annexes.stop()
    // Before anything ends: whoever comes again after a restart finds it so.
    await this.kept.stop()
    await this.recordings.stop()
    await this.rooms.stop()
    await this.hosts.stop()
    await this.#writing
  }

  standing(account: string): Promise<Standing> {
    return this.#options.standing(account)
  }

  #write(act: () => Promise<void>): void {
    this.hosts.changed()
    this.#writing = this.#writing.then(act).catch(this.#options.onError)
  }

  #note(conference: string): void {
    if (this.rooms.has(conference)) this.kept.note(conference, this.rooms.mustHold(conference).rules)
  }

  /** A room that goes on: from a host that is lost, or here. What another host said of it since is newer. */
  #before(conference: string): RoomRules | null {
    const ruled = this.#whereabouts.before(conference)
    const before = ruled ?? (this.#whereabouts.hasHeard(conference) ? null : this.kept.before(conference))
    if (before !== null) this.recordings.goOn(conference, before.recordings)
    return before
  }

  #shown(room: StoredRoom): Pick<Conference, 'present' | 'host'> {
    const host = room.closedAt === null ? this.#whereabouts.shown(room) : null
    return {
      present: host === null ? 0 : presentIn(host, room.id),
      host: host === null ? null : { name: host.name, isHere: host.station === this.#options.journal.station },
    }
  }

  /** It is held here: written down when it was elsewhere before. */
  async #held(conference: string): Promise<void> {
    if (this.#holding.has(conference)) return
    this.#holding.add(conference)
    try {
      const room = await this.service.repository.get(conference)
      const us = this.#options.journal.station
      const before = (await this.service.repository.moves(conference)).at(-1)?.station ?? room?.station
      if (room === null || before === us) return await this.#bringCutOff(conference)
      await this.service.moved(conference, { station: us, name: this.#options.stations.consoleName, reason: room.station === us ? 'home' : 'lost' })
      await this.#bringAgain(conference)
    } finally {
      this.#holding.delete(conference)
    }
  }

  /** Cameras that were in the room at the host before come with it. */
  async #bringAgain(conference: string): Promise<void> {
    const { journal, now = Date.now, onError } = this.#options
    const ids = await this.service.repository.camerasElsewhere(conference, { station: journal.station, since: now() - bringAgainMs })
    // One that is in already, or is no more, is none.
    for (const camera of ids) await this.cameras.bring({ conference, camera, account: '' }, { isRelayed: true }).catch(onError)
  }

  /** Cameras of ours that were in when everybody was cut off; another centre's come by themselves. */
  async #bringCutOff(conference: string): Promise<void> {
    const cameras = this.rooms.has(conference) ? this.rooms.mustHold(conference).awaitedCameras : []
    for (const camera of cameras) await this.cameras.bring({ conference, camera, account: '' }, { isRelayed: true }).catch(this.#unlessNone)
  }

  readonly #unlessNone = (error: unknown) => {
    if (!(error instanceof WanglouError && error.code === 'NOT_FOUND')) this.#options.onError(error)
  }

  /** Two hosts that could not hear each other hold one room each: the smaller moves over. */
  async #look(): Promise<void> {
    this.kept.look()
    for (const { conference, to } of this.#whereabouts.moving()) {
      this.rooms.close(conference, 'moved')
      await this.service.moved(conference, { station: to.station, name: to.name, reason: 'smaller' })
    }
  }

  /** Closed at another console, or another centre was called. */
  async #roomsChanged(): Promise<void> {
    this.hosts.changed()
    for (const { conference } of this.rooms.held) {
      const room = await this.service.repository.get(conference)
      if (room !== null && room.closedAt !== null) this.rooms.close(conference)
    }
  }

  #hostsChanged(): void {
    this.#whereabouts.heard()
    this.#telling ??= setTimeout(() => {
      this.#telling = null
      this.#options.tell()
      void this.#look().catch(this.#options.onError)
    }, 300)
  }
}

/** A room of another centre as ours lists it. */
function foreignRoom({ conference, title, present, openedAt, openedByName }: HeldRoom, centre: string): Conference {
  const shown = { title, openedAt, openedByName, present, incident: null, incidentTitle: null, closedAt: null, closedByName: '', isSample: false }
  return { ...shown, id: conference, host: { name: centre, isHere: false }, isForeign: true }
}
