// 会商 as acts: a room is opened, people are called, come and go, it is closed; each stands in the incident's journal.
import {
  type ActingPerson,
  type Conference,
  type ConferenceDetail,
  type ConferenceList,
  type ConferenceMove,
  type ConferenceRecording,
  type InviteInput,
  type OpenConferenceInput,
  type Health,
  type Subject,
  WanglouError,
} from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import { newId } from '../../kernel/ids.ts'
import { refuseMarked } from '../../kernel/marking.ts'
import type { LeftHow } from '../../media/rooms/room.ts'
import type { Reads } from '../../store/types.ts'
import { ConferenceRepository, type StoredRoom } from './conference.repository.ts'
import { type Addresses, inviteesOf } from './invitees.ts'

export interface ConferenceServiceOptions {
  journal: Journal
  reads: Reads
  addresses: Addresses
  /** Where it is held or would be, and how many are in it. */
  whereabouts: (room: StoredRoom) => Pick<Conference, 'present' | 'host'>
  /** Rooms of other centres that have called ours. */
  foreign: () => Conference[]
  /** The station that a room which is opened now belongs to. */
  home: () => string
  recordings: (conference: string) => Promise<ConferenceRecording[]>
  health: () => Health
  now: () => number
}

/** Who came: an account, as the room knows it. */
export interface Attender {
  account: string
  name: string
  unitName: string
  /** The camera that came in, brought by that account; null = the person herself. */
  camera: string | null
}

interface LeftOptions {
  row: string
  who: Omit<Attender, 'unitName'>
  how: LeftHow
  room: Pick<StoredRoom, 'id' | 'incident' | 'title'>
}

const mostListed = 200

export class ConferenceService {
  readonly repository: ConferenceRepository
  readonly #options: ConferenceServiceOptions
  /** Attendance rows of those who are in now: `<conference> <place>` → row. */
  readonly #here = new Map<string, string>()
  /** Whoever comes with the room from another host: `<conference> <place>` → that station. */
  readonly #movedFrom = new Map<string, string>()

  constructor(options: ConferenceServiceOptions) {
    this.#options = options
    this.repository = new ConferenceRepository(options.reads)
  }

  async list(incident: string | null): Promise<ConferenceList> {
    const rooms = await this.repository.list({ incident, limit: mostListed })
    const foreign = incident === null ? this.#options.foreign() : []
    return { rooms: [...foreign, ...rooms.map((room) => this.#shown(room))], sfu: this.#options.health() }
  }

  /** @throws WanglouError NOT_FOUND */
  async detail(id: string): Promise<ConferenceDetail> {
    const stored = await this.repository.get(id)
    const room = stored === null ? this.#options.foreign().find((one) => one.id === id) : this.#shown(stored)
    if (room === undefined) throw new WanglouError('NOT_FOUND', { conference: id })
    const [invitations, attendance, moves, recordings] = await Promise.all([
      this.repository.invitations(id),
      this.repository.attendance(id),
      this.repository.moves(id),
      this.#options.recordings(id),
    ])
    return { ...room, invitations, attendance, moves, recordings }
  }

  /** @throws WanglouError NOT_FOUND */
  async stored(id: string): Promise<StoredRoom> {
    const room = await this.repository.get(id)
    if (room === null) throw new WanglouError('NOT_FOUND', { conference: id })
    return room
  }

  /** What a host must know of a room whose entry it may not have yet; null = it is none of ours. */
  async about(id: string): Promise<{ title: string; incident: string | null } | null> {
    const room = await this.repository.get(id)
    return room === null ? null : { title: room.title, incident: room.incident }
  }

  async open(input: OpenConferenceInput, by: ActingPerson): Promise<void> {
    refuseMarked(input.title)
    const { id, incident } = input
    const title = input.title.trim()
    const { journal, now } = this.#options
    const isSample = incident !== null && (await this.#isSample(incident))
    const set = {
      incident,
      title,
      station: this.#options.home(),
      openedAt: now(),
      openedBy: by.account,
      openedByName: by.name,
      closedAt: null,
      isSample,
    }
    await journal.write({
      actor: by.account,
      action: 'conference.open',
      subject: subjectOf({ id, incident }),
      note: { words: title },
      rows: [{ dataset: 'conferences', row: id, set }],
      check: async (tx) => {
        if ((await tx.get('SELECT 1 AS found FROM conferences WHERE id = ?', [id])) !== null) throw new WanglouError('DUPLICATE', { conference: id })
        if (incident !== null && (await tx.get('SELECT 1 AS found FROM incidents WHERE id = ? AND _deleted = 0', [incident])) === null)
          throw new WanglouError('NOT_FOUND', { incident })
      },
    })
  }

  /** @throws WanglouError ROOM_CLOSED when it already is */
  async close(id: string, by: ActingPerson): Promise<void> {
    const room = await this.stored(id)
    await this.#options.journal.write({
      actor: by.account,
      action: 'conference.close',
      subject: subjectOf(room),
      note: { words: room.title },
      rows: [{ dataset: 'conferences', row: id, set: { closedAt: this.#options.now(), closedByName: by.name } }],
      check: async (tx) => {
        if ((await this.repository.get(id, tx))?.closedAt !== null) throw new WanglouError('ROOM_CLOSED')
      },
    })
  }

  /** Calls people; whoever was called already is not called twice. @returns how many were added */
  async invite({ conference, invitees }: InviteInput, by: ActingPerson): Promise<number> {
    const room = await this.stored(conference)
    if (room.closedAt !== null) throw new WanglouError('ROOM_CLOSED')
    const known = new Set((await this.repository.invitations(conference)).map(({ kind, whom }) => `${kind} ${whom}`))
    const meant = (await Promise.all(invitees.map((one) => inviteesOf(one, this.#options.addresses)))).flat()
    const added = meant.filter(({ kind, whom }) => {
      const key = `${kind} ${whom}`
      return !known.has(key) && known.add(key)
    })
    if (added.length === 0) return 0
    const enteredAt = this.#options.now()
    await this.#options.journal.write({
      actor: by.account,
      action: 'conference.invite',
      subject: subjectOf(room),
      note: { words: added.map(({ name }) => name).join('、') },
      rows: added.map((one) => ({
        dataset: 'conferenceInvitations',
        row: newId(),
        set: { conference, incident: room.incident, ...one, toldAt: null, enteredAt, enteredByName: by.name },
      })),
    })
    return added.length
  }

  /** Somebody has rung who has no client here. */
  async told(invitation: string, by: ActingPerson): Promise<void> {
    const row = await this.#options.reads.get<{ conference: string; name: string; toldAt: number | null }>(
      'SELECT conference, name, toldAt FROM conferenceInvitations WHERE id = ? AND _deleted = 0',
      [invitation],
    )
    if (row === null) throw new WanglouError('NOT_FOUND')
    if (row.toldAt !== null) return
    await this.#options.journal.write({
      actor: by.account,
      action: 'conference.told',
      subject: subjectOf(await this.stored(row.conference)),
      note: { words: row.name },
      rows: [{ dataset: 'conferenceInvitations', row: invitation, set: { toldAt: this.#options.now(), toldByName: by.name } }],
    })
  }

  /** Said before somebody comes in. @param movedFrom the station that held the room when she was in it before; null = she comes by herself */
  came(conference: string, place: string, movedFrom: string | null): void {
    if (movedFrom !== null) this.#movedFrom.set(`${conference} ${place}`, movedFrom)
  }

  /** The room is held by another station from now on. */
  async moved(conference: string, to: { station: string; name: string; reason: ConferenceMove['reason'] }): Promise<void> {
    const room = await this.repository.get(conference)
    if (room === null) return
    await this.#options.journal.write({
      actor: 'station',
      action: 'conference.move',
      subject: subjectOf(room),
      note: { words: room.title, to: to.name, reason: to.reason },
      rows: [{ dataset: 'conferenceHosts', row: newId(), set: { conference, incident: room.incident, ...to, since: this.#options.now() } }],
    })
  }

  /** Somebody came in. @param place the id of the place in the room */
  async joined(conference: string, place: string, { account, name, unitName, camera }: Attender): Promise<void> {
    const room = await this.known(conference)
    const row = newId()
    const key = `${conference} ${place}`
    this.#here.set(key, row)
    const movedFrom = this.#movedFrom.get(key) ?? null
    this.#movedFrom.delete(key)
    const { journal, now } = this.#options
    const set = {
      conference,
      incident: room.incident,
      account: camera === null ? account : null,
      name,
      unitName,
      camera,
      station: journal.station,
      joinedAt: now(),
      leftAt: null,
      leftHow: null,
      movedFrom,
    }
    await journal.write({
      actor: account === '' ? 'station' : account,
      action: camera === null ? 'conference.join' : 'conference.bringCamera',
      subject: subjectOf(room),
      note: { words: camera === null ? room.title : name },
      rows: [{ dataset: 'conferenceAttendance', row, set }],
    })
  }

  async left(conference: string, place: string, { how, ...who }: Omit<Attender, 'unitName'> & { how: LeftHow }): Promise<void> {
    const key = `${conference} ${place}`
    const row = this.#here.get(key)
    if (row === undefined) return
    this.#here.delete(key)
    await this.#writeLeft({ row, who, how, room: await this.known(conference) })
  }

  /** What a station that was ended without a word left open. */
  async tidy(): Promise<void> {
    const rows = await this.repository.leftBehind(this.#options.journal.station)
    for (const { id, conference, incident, ...who } of rows) {
      const room = (await this.repository.get(conference)) ?? { id: conference, incident, title: '' }
      await this.#writeLeft({ row: id, who, how: 'lost', room })
    }
  }

  async #writeLeft(options: LeftOptions): Promise<void> {
    const { row, who, how, room } = options
    const isPerson = who.camera === null
    await this.#options.journal.write({
      actor: who.account === '' ? 'station' : who.account,
      action: isPerson ? 'conference.leave' : 'conference.cameraLeft',
      subject: subjectOf(room),
      note: { words: isPerson ? room.title : who.name, how },
      rows: [{ dataset: 'conferenceAttendance', row, set: { leftAt: this.#options.now(), leftHow: how } }],
    })
  }

  async #isSample(incident: string): Promise<boolean> {
    const row = await this.#options.reads.get<{ isSample: number | null }>('SELECT isSample FROM incidents WHERE id = ?', [incident])
    return row?.isSample === 1
  }

  /** Another centre's, or one whose entry has not come yet, is known by its id alone. */
  async known(id: string): Promise<Pick<StoredRoom, 'id' | 'incident' | 'title'>> {
    const title = () => this.#options.foreign().find((one) => one.id === id)?.title ?? ''
    return (await this.repository.get(id)) ?? { id, incident: null, title: title() }
  }

  #shown(room: StoredRoom): Conference {
    const { station: _station, ...shown } = room
    return { ...shown, isForeign: false, ...this.#options.whereabouts(room) }
  }
}

/** A room of an incident stands on its time line. */
export function subjectOf({ id, incident }: { id: string; incident: string | null }): Subject {
  return incident === null ? { dataset: 'conferences', row: id } : { dataset: 'incidents', row: incident }
}
