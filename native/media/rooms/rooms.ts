// The rooms that are held on this station: opened with the first who comes, looked after, gone with the last or when the conference is closed.
import { type RoomText, WanglouError } from '../../contract/index.ts'
import type { Sfu } from '../sfu/sfu.ts'
import { lookEveryMs } from './audio-floor.ts'
import { Room, type LeftHow } from './room.ts'
import type { KeptRecording, Member, RoomRules } from './room-state.ts'

export interface RoomsOptions {
  sfu: Sfu
  /** Somebody came into a room, or is gone from it for good; told once each. */
  onJoined: (conference: string, member: Member) => void
  onLeft: (conference: string, member: Member, how: LeftHow) => void
  /** Who sends what may have changed; the room is over. */
  onChanged?: (conference: string) => void
  onClosed?: (conference: string, how: LeftHow) => void
  /** What a room would go on with has changed. */
  onRuled?: (conference: string) => void
  /** What is recorded of a room, or waits to be again; left out = nothing. */
  recordings?: (conference: string) => readonly KeptRecording[]
  /** How a room was before everybody was cut off, here or at a host that is heard no more; null = it begins now. */
  before?: (conference: string) => RoomRules | null
  onError: (error: unknown) => void
  awayMs?: number
  placesPerRouter?: number
  now?: () => number
}

const rebuildAgainMs = 500
/** Words of all rooms together. */
const toldCharacters = 12_000

export class Rooms {
  readonly name = 'rooms'
  readonly #options: RoomsOptions
  readonly #rooms = new Map<string, Room>()
  #unlisten: (() => void) | null = null
  #timer: NodeJS.Timeout | null = null
  #isLooking = false

  constructor(options: RoomsOptions) {
    this.#options = options
  }

  async start(): Promise<void> {
    const { sfu, onError } = this.#options
    this.#unlisten = sfu.listen((event) => {
      if (event.kind === 'workerDied') void this.#rebuild(event.routers).catch(onError)
    })
    this.#timer = setInterval(() => void this.#look().catch(onError), lookEveryMs)
  }

  async stop(): Promise<void> {
    this.#unlisten?.()
    this.#unlisten = null
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
    // Not closed: pages come back to it when the station is up again.
    for (const room of [...this.#rooms.values()]) room.close('lost')
    this.#rooms.clear()
  }

  /** The room of a conference that is open; made when nobody is in it yet. */
  open(conference: string, title: string): Room {
    const known = this.#rooms.get(conference)
    if (known !== undefined) return known
    const { sfu, awayMs = 30_000, placesPerRouter = 12, now = Date.now, onJoined, onLeft, onError } = this.#options
    const room: Room = new Room({
      sfu,
      conference,
      title,
      placesPerRouter,
      before: this.#options.before?.(conference) ?? null,
      recordings: () => this.#options.recordings?.(conference) ?? [],
      awayMs,
      now,
      onError,
      onJoined: (member) => onJoined(conference, member),
      onLeft: (member, how) => onLeft(conference, member, how),
      onChanged: () => this.#options.onChanged?.(conference),
      onRuled: () => this.#options.onRuled?.(conference),
      onEmpty: (how) => this.#forget(conference, room, how),
    })
    this.#rooms.set(conference, room)
    return room
  }

  /** @throws WanglouError NOT_FOUND when nobody is in it, or there is no such room */
  mustHold(conference: string): Room {
    const room = this.#rooms.get(conference)
    if (room === undefined) throw new WanglouError('NOT_FOUND')
    return room
  }

  has(conference: string): boolean {
    return this.#rooms.has(conference)
  }

  /** Rooms with people in them, with the last words in each: what is told to other stations again and again stays small. */
  get held(): readonly { conference: string; title: string; present: number; rules: RoomRules }[] {
    return [...this.#rooms]
      .map(([conference, { present, rules, title }]) => ({
        conference,
        title,
        present,
        rules: { ...rules, texts: lastTexts(rules.texts, toldCharacters / this.#rooms.size) },
      }))
      .filter(({ present }) => present > 0)
  }

  present(conference: string): number {
    return this.#rooms.get(conference)?.present ?? 0
  }

  close(conference: string, how: 'closed' | 'moved' = 'closed'): void {
    const room = this.#rooms.get(conference)
    if (room !== undefined) this.#end(conference, room, how)
  }

  /** A station whose SFU took part is heard no more. */
  closeTrunks(station: string): void {
    for (const room of this.#rooms.values()) room.closeTrunks(station)
  }

  /** An empty room holds no router. */
  #forget(conference: string, room: Room, how: LeftHow): void {
    if (this.#rooms.get(conference) === room) this.#end(conference, room, how)
  }

  #end(conference: string, room: Room, how: LeftHow): void {
    this.#rooms.delete(conference)
    room.close(how === 'moved' ? 'moved' : 'closed')
    this.#options.onClosed?.(conference, how)
  }

  async #rebuild(gone: readonly string[]): Promise<void> {
    for (const room of this.#rooms.values()) {
      await room.rebuild(gone).catch((error: unknown) => {
        this.#options.onError(error)
        // The worker may not be up yet; as long as the station runs it is tried again.
        if (this.#timer !== null) setTimeout(() => void this.#rebuild(gone).catch(this.#options.onError), rebuildAgainMs)
      })
    }
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return
    this.#isLooking = true
    try {
      for (const room of this.#rooms.values()) await room.lookAtLines()
    } finally {
      this.#isLooking = false
    }
  }
}

function lastTexts(texts: readonly RoomText[], characters: number): readonly RoomText[] {
  let left = characters
  return texts.slice(texts.findLastIndex(({ words }) => (left -= words.length) < 0) + 1)
}
