// Cameras in rooms: brought by somebody who may hold rooms, wherever the room is held; they go with the last person, or when they are taken out.
import { z } from 'zod'
import { Id, WanglouError } from '../../contract/index.ts'
import { newId } from '../../kernel/ids.ts'
import type { CameraSupply } from '../../media/rooms/camera-media.ts'
import type { Talk } from '../../media/hosts/talk.ts'
import type { Rooms } from '../../media/rooms/rooms.ts'
import type { Annexes } from './annexes.ts'
import type { Comer } from './seats.ts'
import type { Whereabouts } from './whereabouts.ts'

/** A camera as it sits in a room. */
export interface CameraSeat {
  name: string
  /** Whose it is; '' = not said. */
  unitName: string
  supply: CameraSupply
}

/** Over the line between stations of one centre. */
export const BringOver = z.object({ conference: Id, camera: Id, account: z.string().max(80) })
export type BringOver = z.infer<typeof BringOver>
export const WithdrawOver = z.object({ conference: Id, participant: Id })
export type WithdrawOver = z.infer<typeof WithdrawOver>

export interface RoomCamerasOptions {
  rooms: Rooms
  annexes: Annexes
  whereabouts: Whereabouts
  /** Asks the camera for its picture. @throws WanglouError NOT_FOUND, CAMERA_NOT_FOR_ROOMS */
  camera: (id: string) => Promise<CameraSeat>
  onError: (error: unknown) => void
}

/** A camera of ours in another centre's room. */
interface Away {
  session: string
  conference: string
  abort: AbortController
  talk: Talk
}

const againMs = 1_000
/** The host keeps the place so long when the line is cut. */
const awayMs = 30_000

export class RoomCameras {
  readonly #options: RoomCamerasOptions
  readonly #away = new Map<string, Away>()

  constructor(options: RoomCamerasOptions) {
    this.#options = options
  }

  stop(): void {
    for (const { abort } of this.#away.values()) abort.abort()
  }

  /** @param isRelayed another console of the centre asks: it goes nowhere else @throws WanglouError ROOM_EMPTY, DUPLICATE, TOO_LARGE, and what finding the room throws */
  async bring(over: BringOver, { isRelayed }: { isRelayed: boolean }): Promise<void> {
    const at = await this.#options.whereabouts.of(over.conference, { isRelayed, about: null })
    if (at.kind === 'relay') return void (await at.talk.call('camera.bring', over))
    if (at.kind === 'annex') return this.#bringAway(over, at.talk)
    const seat = await this.#options.camera(over.camera)
    try {
      this.#held(over.conference).bring(newcomer(over, seat), seat.supply)
    } catch (error) {
      seat.supply.release()
      throw error
    }
  }

  /** @throws WanglouError NOT_FOUND */
  async withdraw(over: WithdrawOver, { isRelayed }: { isRelayed: boolean }): Promise<void> {
    const { conference, participant } = over
    const away = this.#away.get(participant)
    if (away !== undefined) {
      away.abort.abort()
      return void (await away.talk.call('place', { call: 'leave', input: over, session: away.session }))
    }
    const at = await this.#options.whereabouts.of(conference, { isRelayed, about: null })
    if (at.kind === 'relay') return void (await at.talk.call('camera.withdraw', over))
    if (at.kind === 'annex') throw new WanglouError('NOT_FOUND')
    this.#held(conference).withdraw(participant)
  }

  #held(conference: string) {
    const { rooms } = this.#options
    if (!rooms.has(conference)) throw new WanglouError('ROOM_EMPTY')
    return rooms.mustHold(conference)
  }

  /** Into another centre's room: it stands at our SFU and crosses when somebody there looks. Stays until it is taken out there or here. */
  async #bringAway(over: BringOver, talk: Talk): Promise<void> {
    const participant = newId()
    const away: Away = { session: `camera ${newId()}`, conference: over.conference, abort: new AbortController(), talk }
    this.#away.set(participant, away)
    const joined = Promise.withResolvers<void>()
    void this.#stay(over, { participant, away, onJoined: joined.resolve })
      // Over before it was in: whoever brought it is told, and nobody waits for ever.
      .then(() => joined.reject(new WanglouError('ROOM_CLOSED')))
      .catch((error: unknown) => joined.reject(error))
      .finally(() => this.#away.delete(participant))
    await joined.promise
  }

  /** @throws whatever refuses it the first time; later it comes again for as long as its place is kept */
  async #stay(over: BringOver, options: { participant: string; away: Away; onJoined: () => void }): Promise<void> {
    const { away } = options
    let heardAt: number | null = null
    const onJoined = () => {
      heardAt = Date.now()
      options.onJoined()
    }
    while (!away.abort.signal.aborted) {
      try {
        if ((await this.#attend(over, { ...options, onJoined })) === 'ended') return
        if (heardAt === null) throw new WanglouError('HOST_SILENT')
      } catch (error) {
        if (heardAt === null) throw error
        if (Date.now() - heardAt > awayMs) return this.#options.onError(error)
      }
      await new Promise((resolve) => setTimeout(resolve, againMs))
    }
  }

  async #attend(
    over: BringOver,
    { participant, away, onJoined }: { participant: string; away: Away; onJoined: () => void },
  ): Promise<'ended' | 'cut'> {
    const { whereabouts, annexes } = this.#options
    const at = await whereabouts.of(over.conference, { isRelayed: false, about: null }).catch(asClosed)
    if (at.kind !== 'annex') return 'ended'
    away.talk = at.talk
    const seat = await this.#options.camera(over.camera)
    const { id: _id, ...who } = newcomer(over, seat)
    const comer = {
      ...who,
      conference: over.conference,
      participant,
      session: away.session,
      trunk: null,
      movedFrom: null,
      about: null,
    } satisfies Comer
    try {
      for await (const event of annexes.open(over.conference, at.talk).attend(comer, { signal: away.abort.signal, camera: seat.supply })) {
        if (event.kind === 'joined') onJoined()
        if (event.kind === 'ended' && event.why !== 'moved' && event.why !== 'elsewhere') return 'ended'
      }
      return 'cut'
    } catch (error) {
      return asClosed(error)
    } finally {
      seat.supply.release()
      annexes.tidy(over.conference)
    }
  }
}

/** The room was there when the camera was brought: a centre that no longer says anything of it has closed it. */
function asClosed(error: unknown): never {
  throw error instanceof WanglouError && error.code === 'NOT_FOUND' ? new WanglouError('ROOM_CLOSED') : error
}

function newcomer({ account, camera }: BringOver, { name, unitName }: CameraSeat) {
  return { id: newId(), account, name, unitName, unit: null, level: '', camera }
}
