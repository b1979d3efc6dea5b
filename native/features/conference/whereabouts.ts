// Where a room is to be joined from this station: here, through another host of our centre, or as an annex of another centre's.
import { WanglouError } from '../../contract/index.ts'
import { bestHost, type HeldRoom, holderOf, type HostState, movesTo } from '../../media/hosts/choose.ts'
import type { Hosts } from '../../media/hosts/hosts.ts'
import type { Talk } from '../../media/hosts/talk.ts'
import type { RoomRules } from '../../media/rooms/room-state.ts'
import type { StoredRoom } from './conference.repository.ts'

export type At = { title: string } & ({ kind: 'here' } | { kind: 'relay'; talk: Talk } | { kind: 'annex'; talk: Talk })

export interface WhereaboutsOptions {
  hosts: () => Hosts
  stored: (conference: string) => Promise<StoredRoom | null>
}

/** So long a room stays where it is after its people came back from a host that it was sent to. */
const stayMs = 60_000
/** What was ruled at a host that is lost holds so long for whoever goes on with the room; after that it begins anew. */
const rulesKeptMs = 300_000

export class Whereabouts {
  readonly #options: WhereaboutsOptions
  /** Other centres' rooms that called us, as last seen. */
  readonly #foreign = new Map<string, HeldRoom>()
  readonly #movedAt = new Map<string, number>()
  /** Rooms of our centre at other hosts, with what their chairs have ruled, as last heard; `goneAt` null = the host still holds it. */
  readonly #ruled = new Map<string, { rules: RoomRules; host: string; goneAt: number | null }>()

  constructor(options: WhereaboutsOptions) {
    this.#options = options
  }

  /** @throws WanglouError NOT_FOUND, ROOM_CLOSED · HOST_SILENT when no host answers · SFU_UNAVAILABLE when that is our own fault */
  async of(conference: string, { isRelayed, about }: { isRelayed: boolean; about: { title: string } | null }): Promise<At> {
    const hosts = this.#options.hosts()
    const room = await this.#options.stored(conference)
    if (room !== null && room.closedAt !== null) throw new WanglouError('ROOM_CLOSED')
    const theirs = room === null ? this.#host(conference) : null
    const title = room?.title ?? about?.title ?? theirs?.room.title ?? this.#foreign.get(conference)?.title
    if (title === undefined) throw new WanglouError('NOT_FOUND', { conference })
    if (theirs !== null && hosts.us.hasWorker) return { kind: 'annex', title, talk: this.#talk(theirs.host) }
    const holder = this.#holder(conference, { room, isForeign: theirs !== null, isRelayed })
    if (holder === null) throw new WanglouError(room === null || room.station === hosts.us.station ? 'SFU_UNAVAILABLE' : 'HOST_SILENT')
    return holder.station === hosts.us.station ? { kind: 'here', title } : { kind: 'relay', title, talk: this.#talk(holder) }
  }

  /** A host has said how it is, or is heard no more. */
  heard(): void {
    const { us } = this.#options.hosts()
    const now = Date.now()
    for (const known of this.#ruled.values()) known.goneAt ??= now
    for (const { station, rooms } of this.#ofCentre().filter((host) => host.station !== us.station))
      for (const { conference, rules } of rooms) if (rules !== null) this.#ruled.set(conference, { rules, host: station, goneAt: null })
    for (const [conference, { goneAt }] of this.#ruled) if (goneAt !== null && now - goneAt > rulesKeptMs) this.#ruled.delete(conference)
  }

  /** What was ruled in a room whose host is heard no more; null = nothing, or too long ago. */
  before(conference: string): RoomRules | null {
    const known = this.#ruled.get(conference)
    if (known === undefined || this.#ofCentre().some(({ station }) => station === known.host)) return null
    return Date.now() - (known.goneAt ?? Date.now()) > rulesKeptMs ? null : known.rules
  }

  /** Another host of our centre has held it lately. */
  hasHeard(conference: string): boolean {
    return this.#ruled.has(conference)
  }

  /** For a list: who holds it, or would; null = nobody answers. */
  shown(room: Pick<StoredRoom, 'id' | 'station'>): HostState | null {
    return holderOf(room.id, { home: room.station, hosts: this.#ofCentre() })
  }

  /** Rooms of other centres that have called ours and can be joined now. */
  foreign(): { room: HeldRoom; host: HostState }[] {
    const found = new Map<string, { room: HeldRoom; host: HostState }>()
    for (const host of this.#others())
      for (const room of host.rooms) {
        const known = found.get(room.conference)
        if (known === undefined || known.room.present < room.present) found.set(room.conference, { room, host })
        this.#foreign.set(room.conference, room)
      }
    return [...found.values()]
  }

  /** Which host a room that is opened now belongs to. */
  best(): HostState | null {
    const us = this.#options.hosts().us
    return bestHost(this.#ofCentre(), us.station)
  }

  /** Rooms held here whose people belong elsewhere, now that the other host is heard again. @returns where to; each once, then not for a while */
  moving(): { conference: string; to: HostState }[] {
    const { us } = this.#options.hosts()
    const foreign = this.foreign()
    return us.rooms.flatMap(({ conference }) => {
      const theirs = foreign.find(({ room }) => room.conference === conference)
      const to = theirs?.host ?? movesTo(conference, { us, others: this.#ofCentre().filter(({ station }) => station !== us.station) })
      if (to === null || Date.now() - (this.#movedAt.get(conference) ?? 0) < stayMs) return []
      this.#movedAt.set(conference, Date.now())
      return [{ conference, to }]
    })
  }

  #holder(conference: string, options: { room: StoredRoom | null; isForeign: boolean; isRelayed: boolean }): HostState | null {
    const { room, isForeign, isRelayed } = options
    const { us } = this.#options.hosts()
    // Whoever sent it here has chosen us.
    if (isRelayed) return us.hasWorker ? us : null
    if (isForeign) return bestHost(this.#ofCentre(), us.station)
    return holderOf(conference, { home: room?.station ?? null, hosts: this.#ofCentre() })
  }

  #host(conference: string): { room: HeldRoom; host: HostState } | null {
    return this.foreign().find(({ room }) => room.conference === conference) ?? null
  }

  #talk({ station }: HostState): Talk {
    const talk = this.#options.hosts().talk(station)
    if (talk === null) throw new WanglouError('HOST_SILENT')
    return talk
  }

  #ofCentre(): HostState[] {
    const hosts = this.#options.hosts()
    return hosts.all.filter(({ unit }) => unit === hosts.us.unit)
  }

  #others(): HostState[] {
    const hosts = this.#options.hosts()
    return hosts.all.filter(({ unit }) => unit !== hosts.us.unit)
  }
}
