// Rooms that were held here a moment ago, as they were: after a crash, a restart or a cut of everybody's line they go on so. In a table of this machine.
import type { RoomRules } from '../../media/rooms/room-state.ts'
import { RoomRulesShape } from '../../media/rooms/rules-shape.ts'
import type { Store } from '../../store/types.ts'

export interface KeptRoomsOptions {
  store: Pick<Store, 'all' | 'write'>
  now: () => number
  onError: (error: unknown) => void
}

interface Kept {
  room: RoomRules
  /** When it was last known to be held. */
  seenAt: number
  isHeld: boolean
}

/** So long a room that everybody was cut off from goes on where it was; after that it begins anew. */
const goesOnMs = 300_000
const seenEveryMs = 30_000
/** Changes come in bursts: one write. */
const settleMs = 100

export class KeptRooms {
  readonly #options: KeptRoomsOptions
  readonly #rooms = new Map<string, Kept>()
  readonly #dirty = new Set<string>()
  #timer: NodeJS.Timeout | null = null
  #writing: Promise<void> = Promise.resolve()
  #isStopped = false

  constructor(options: KeptRoomsOptions) {
    this.#options = options
  }

  /** What the station that ran here before has left. */
  async load(): Promise<void> {
    const rows = await this.#options.store.all<{ conference: string; seenAt: number; room: string }>(
      'SELECT conference, seenAt, room FROM conference_kept',
    )
    for (const { conference, seenAt, room } of rows) {
      const known = this.#read(room)
      // What cannot be read must not keep the station from starting.
      if (known === null) this.#write(conference)
      else this.#rooms.set(conference, { room: known, seenAt, isHeld: false })
    }
    this.look()
  }

  /** How it was; null = not known, or too long ago. */
  before(conference: string): RoomRules | null {
    const kept = this.#rooms.get(conference)
    return kept === undefined || this.#isOld(kept) ? null : kept.room
  }

  /** Held, and so. */
  note(conference: string, room: RoomRules): void {
    if (this.#isStopped) return
    this.#rooms.set(conference, { room, seenAt: this.#options.now(), isHeld: true })
    this.#write(conference)
  }

  /** Nobody is in it. @param options.isCutOff they were cut off, so that they will come again */
  over(conference: string, { isCutOff }: { isCutOff: boolean }): void {
    const kept = this.#rooms.get(conference)
    if (this.#isStopped || kept === undefined) return
    if (isCutOff) this.#rooms.set(conference, { ...kept, seenAt: this.#options.now(), isHeld: false })
    else this.#rooms.delete(conference)
    this.#write(conference)
  }

  /** From time to time: what is held is seen, what is too old goes. */
  look(): void {
    const now = this.#options.now()
    for (const [conference, kept] of this.#rooms) {
      if (kept.isHeld && now - kept.seenAt >= seenEveryMs) kept.seenAt = now
      else if (this.#isOld(kept)) this.#rooms.delete(conference)
      else continue
      this.#write(conference)
    }
  }

  /** What is known now is written, and nothing that comes later. */
  async stop(): Promise<void> {
    this.#isStopped = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    const now = this.#options.now()
    for (const [conference, kept] of this.#rooms) {
      if (kept.isHeld) kept.seenAt = now
      this.#dirty.add(conference)
    }
    this.#flush()
    await this.#writing
  }

  #read(row: string): RoomRules | null {
    try {
      return RoomRulesShape.parse(JSON.parse(row))
    } catch (error) {
      this.#options.onError(error)
      return null
    }
  }

  #isOld({ seenAt, isHeld }: Kept): boolean {
    return !isHeld && this.#options.now() - seenAt > goesOnMs
  }

  #write(conference: string): void {
    this.#dirty.add(conference)
    this.#timer ??= setTimeout(() => this.#flush(), settleMs)
  }

  #flush(): void {
    this.#timer = null
    const rows = [...this.#dirty].map((conference) => ({ conference, kept: this.#rooms.get(conference) }))
    this.#dirty.clear()
    if (rows.length === 0) return
    const write = () =>
      this.#options.store.write(async (tx) => {
        for (const { conference, kept } of rows)
          if (kept === undefined) await tx.run('DELETE FROM conference_kept WHERE conference = ?', [conference])
          else
            await tx.run('INSERT OR REPLACE INTO conference_kept (conference, seenAt, room) VALUES (?, ?, ?)', [
              conference,
              kept.seenAt,
              JSON.stringify(kept.room),
            ])
      })
    this.#writing = this.#writing.then(write).catch(this.#options.onError)
  }
}
