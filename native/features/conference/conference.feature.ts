// 会商 put together: rooms held on this station's SFU, and their acts in the journal.
import type { Journal } from '../../journal/types.ts'
import { Rooms } from '../../media/rooms/rooms.ts'
import type { Sfu } from '../../media/sfu/sfu.ts'
import type { Store } from '../../store/types.ts'
import { ConferenceService } from './conference.service.ts'
import type { Addresses } from './invitees.ts'

export interface Standing {
  unitName: string
  level: string
}

export interface ConferencesOptions {
  store: Store
  journal: Journal
  sfu: Sfu
  addresses: Addresses
  /** What stands beside a name in a room: the account's unit and its level in the reporting tree; '' = not known. */
  standing: (account: string) => Promise<Standing>
  onError: (error: unknown) => void
  awayMs?: number
  now?: () => number
}

export class Conferences {
  readonly name = 'conference'
  readonly service: ConferenceService
  readonly rooms: Rooms
  readonly #options: ConferencesOptions
  /** Acts of a room in their order: who comes and goes at once is written so. */
  #writing: Promise<unknown> = Promise.resolve()

  constructor(options: ConferencesOptions) {
    const { store, journal, sfu, addresses, onError, awayMs, now = Date.now } = options
    this.#options = options
    this.rooms = new Rooms({
      sfu,
      onError,
      awayMs,
      onJoined: (conference, member) => this.#write(() => this.service.joined(conference, member.id, member)),
      onLeft: (conference, member, how) => this.#write(() => this.service.left(conference, member.id, { account: member.account, how })),
    })
    this.service = new ConferenceService({
      journal,
      reads: store,
      addresses,
      present: (conference) => this.rooms.present(conference),
      health: () => sfu.health(),
      now,
    })
  }

  async start(): Promise<void> {
    await this.service.tidy()
    await this.rooms.start()
  }

  /** Everybody is told that it is over here, and that they left stands in the journal before it closes. */
  async stop(): Promise<void> {
    await this.rooms.stop()
    await this.#writing
  }

  standing(account: string): Promise<Standing> {
    return this.#options.standing(account)
  }

  #write(act: () => Promise<void>): void {
    this.#writing = this.#writing.then(act).catch(this.#options.onError)
  }
}
