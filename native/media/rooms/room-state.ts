// A conference room as it stands: who is in it, who has the chair, hands, lock, spotlight, words. Pure: each act gives the next state or is refused.
import { type ChairAct, type RoomParticipant, type RoomStream, type RoomText, WanglouError } from '../../contract/index.ts'

export interface Member {
  id: string
  account: string
  name: string
  unitName: string
  unit: string | null
  level: string
  /** The camera that has this place, in the name of the account that brought it; null = a person has it. */
  camera: string | null
  joinedAt: number
  handAt: number | null
  isAway: boolean
  quality: number | null
  isAudioOnly: boolean
  streams: readonly RoomStream[]
  /** A screen of a wall: sees, is seen by nobody, leads nothing. */
  isScreen: boolean
}

/** A place that is kept for whoever had it. */
export interface Seated {
  id: string
  account: string
  camera: string | null
}

/** A recording that goes on when its room does. */
export interface KeptRecording {
  /** The place whose picture it is; null = the whole room. */
  of: string | null
}

/** What a room keeps when it goes on at another host, or after its own was ended: what the chair has ruled, who was in, what was written. */
export interface RoomRules {
  /** The place that leads. */
  chair: string | null
  isLocked: boolean
  /** Accounts that were removed. */
  removed: readonly string[]
  /** Cameras that were silenced. */
  silenced: readonly string[]
  /** Whoever is in, and whoever was cut off and will come again: no lock keeps them out. */
  seated: readonly Seated[]
  recordings: readonly KeptRecording[]
  texts: readonly RoomText[]
}

export interface RoomState extends Omit<RoomRules, 'seated' | 'recordings'> {
  members: readonly Member[]
  /** The member who leads; null only while nobody is in. */
  chair: string | null
  isLocked: boolean
  spotlight: string | null
  speaker: string | null
  /** Accounts that were removed: they stay out of this room. */
  removed: readonly string[]
  /** Cameras the chair has silenced: each stays so, whether its line is cut or it is brought again, until the chair opens it. */
  silenced: readonly string[]
  /** This place led until it was cut off, or at the host before: it leads again when it comes, until then somebody else does. */
  formerChair: string | null
  /** Whoever was cut off. */
  awaited: readonly Seated[]
}

export const emptyRoom: RoomState = {
  members: [],
  chair: null,
  isLocked: false,
  spotlight: null,
  speaker: null,
  texts: [],
  removed: [],
  silenced: [],
  formerChair: null,
  awaited: [],
}

/** A room that goes on. */
export function goesOn({ chair, isLocked, removed, silenced, seated, texts }: Omit<RoomRules, 'recordings'>): RoomState {
  return { ...emptyRoom, isLocked, removed, silenced, texts, formerChair: chair, awaited: seated }
}

export function rulesOf({ chair, formerChair, isLocked, removed, silenced, members, awaited, texts }: RoomState): Omit<RoomRules, 'recordings'> {
  const here = members.filter(({ isScreen }) => !isScreen).map(seatOf)
  return { chair: formerChair ?? chair, isLocked, removed, silenced, seated: [...awaited, ...here], texts }
}

function seatOf({ id, account, camera }: Member): Seated {
  return { id, account, camera }
}

/** Words kept for those who come later. */
const textsKept = 200
/** What one room holds: beyond this a page cannot draw them anyway. */
export const mostMembers = 64
/** Places kept for those who were cut off: whoever was cut off first is forgotten first. */
const mostAwaited = 64

export type NewMember = Pick<Member, 'id' | 'account' | 'name' | 'unitName' | 'unit' | 'level' | 'camera'> & {
  isScreen?: boolean | undefined
  /** The station of our centre that held the room when she was in it before: she comes with the room, so that its lock does not keep her out. */
  movedFrom?: string | null | undefined
}

/**
 * Comes in, or comes back to the place it had. The first person leads. A lock is for people: a camera is brought by somebody who may hold rooms.
 * @throws WanglouError ROOM_REMOVED, ROOM_LOCKED, TOO_LARGE · NOT_FOUND for a place that is another's · for a camera DUPLICATE, ROOM_EMPTY
 */
export function join(state: RoomState, who: NewMember, now: number): RoomState {
  const there = state.members.find(({ id }) => id === who.id)
  if (there !== undefined && there.account !== who.account) throw new WanglouError('NOT_FOUND')
  if (there !== undefined) return change(state, who.id, { isAway: false })
  if (who.camera !== null && !state.members.some(isPerson)) throw new WanglouError('ROOM_EMPTY')
  if (who.camera !== null && state.members.some(({ camera }) => camera === who.camera)) throw new WanglouError('DUPLICATE')
  if (who.camera === null && state.removed.includes(who.account)) throw new WanglouError('ROOM_REMOVED')
  const { movedFrom = null, ...known } = who
  const awaited = state.awaited.filter((one) => (who.camera === null ? one.id !== who.id || one.account !== who.account : one.camera !== who.camera))
  const comesAgain = awaited.length < state.awaited.length || movedFrom !== null
  if (who.camera === null && state.isLocked && !comesAgain) throw new WanglouError('ROOM_LOCKED')
  if (state.members.length >= mostMembers) throw new WanglouError('TOO_LARGE', { limit: mostMembers })
  const isScreen = who.isScreen === true
  const member: Member = { ...known, isScreen, joinedAt: now, handAt: null, isAway: false, quality: null, isAudioOnly: false, streams: [] }
  const members = [...state.members, member]
  if (state.formerChair === who.id) return { ...state, members, awaited, chair: who.id, formerChair: null }
  return { ...state, members, awaited, chair: state.chair ?? (isPerson(member) ? who.id : null) }
}

/** Neither a camera nor a screen of a wall. */
export function isPerson({ camera, isScreen }: Pick<Member, 'camera' | 'isScreen'>): boolean {
  return camera === null && !isScreen
}

/**
 * Goes. The chair passes to whoever has been there longest and is not away, so that a room is never without one.
 * @param options.isCutOff not of her own will: her place is kept, and the chair if she had it
 */
export function leave(state: RoomState, id: string, { isCutOff = false }: { isCutOff?: boolean } = {}): RoomState {
  const gone = state.members.filter((member) => member.id === id && !member.isScreen).map(seatOf)
  const members = state.members.filter((member) => member.id !== id)
  const people = members.filter(isPerson)
  const heir = people.find((member) => !member.isAway) ?? people[0] ?? null
  return {
    ...state,
    members,
    chair: state.chair === id ? (heir?.id ?? null) : state.chair,
    spotlight: state.spotlight === id ? null : state.spotlight,
    speaker: state.speaker === id ? null : state.speaker,
    isLocked: (people.length > 0 || isCutOff) && state.isLocked,
    formerChair: isCutOff && state.chair === id ? (state.formerChair ?? id) : state.formerChair,
    awaited: isCutOff ? [...state.awaited, ...gone].slice(-mostAwaited) : state.awaited,
  }
}

/** @throws WanglouError NOT_FOUND */
export function change(state: RoomState, id: string, set: Partial<Omit<Member, 'id' | 'account'>>): RoomState {
  memberOf(state, id)
  return { ...state, members: state.members.map((member) => (member.id === id ? { ...member, ...set } : member)) }
}

export function raiseHand(state: RoomState, id: string, { isUp, now }: { isUp: boolean; now: number }): RoomState {
  const { handAt } = memberOf(state, id)
  return change(state, id, { handAt: isUp ? (handAt ?? now) : null })
}

export function say(state: RoomState, id: string, { words, now }: { words: string; now: number }): RoomState {
  const { name } = memberOf(state, id)
  const text = { id: (state.texts.at(-1)?.id ?? 0) + 1, at: now, name, words }
  return { ...state, texts: [...state.texts, text].slice(-textsKept) }
}

/** Who is heard; somebody who has left meanwhile is nobody. */
export function speaks(state: RoomState, id: string | null): RoomState {
  return { ...state, speaker: state.members.some((member) => member.id === id) ? id : null }
}

/**
 * What only the chair may do. What it means for streams (a muted microphone, a removed member's transports) is the caller's.
 * @throws WanglouError NOT_CHAIR when `by` has not the chair · NOT_FOUND · STATE_NOT_ALLOWED for removing oneself, a camera in the chair, or opening a person's microphone
 */
export function chairAct(state: RoomState, by: string, act: ChairAct): RoomState {
  if (state.chair !== by) throw new WanglouError('NOT_CHAIR')
  if ('participant' in act && act.participant !== null) memberOf(state, act.participant)
  switch (act.kind) {
    case 'mute':
      return silence(state, [memberOf(state, act.participant)])
    case 'mute-all':
      return silence(state, state.members)
    case 'unmute': {
      const { camera } = memberOf(state, act.participant)
      if (camera === null) throw new WanglouError('STATE_NOT_ALLOWED', { to: 'heard' })
      return { ...state, silenced: state.silenced.filter((one) => one !== camera) }
    }
    case 'remove':
      if (act.participant === by) throw new WanglouError('STATE_NOT_ALLOWED', { to: 'removed' })
      return { ...leave(state, act.participant), removed: removedWith(state, memberOf(state, act.participant)) }
    case 'lock':
      return { ...state, isLocked: act.isLocked }
    case 'spotlight':
      return { ...state, spotlight: act.participant }
    case 'hand-over':
      if (memberOf(state, act.participant).camera !== null) throw new WanglouError('STATE_NOT_ALLOWED', { to: 'chair' })
      return { ...state, chair: act.participant, formerChair: null }
    case 'lower-hand':
      return change(state, act.participant, { handAt: null })
    default:
      return act satisfies never
  }
}

/** People open their microphones themselves: only cameras are kept silent. */
function silence(state: RoomState, members: readonly Member[]): RoomState {
  const cameras = members.flatMap(({ camera }) => (camera === null || state.silenced.includes(camera) ? [] : [camera]))
  return cameras.length === 0 ? state : { ...state, silenced: [...state.silenced, ...cameras] }
}

export function isSilenced({ silenced }: RoomState, { camera }: Pick<Member, 'camera'>): boolean {
  return camera !== null && silenced.includes(camera)
}

/** A camera that was taken out may be brought again; whoever brought it is not meant. */
function removedWith({ removed }: RoomState, { account, camera }: Member): readonly string[] {
  return camera === null ? [...removed, account] : removed
}

/** @throws WanglouError NOT_FOUND */
export function memberOf(state: RoomState, id: string): Member {
  const member = state.members.find((one) => one.id === id)
  if (member === undefined) throw new WanglouError('NOT_FOUND')
  return member
}

/** As pages are told: without accounts. */
export function participantsOf(state: RoomState): RoomParticipant[] {
  return state.members
    .filter(({ isScreen }) => !isScreen)
    .map(({ account: _account, isScreen: _isScreen, streams, ...member }) => ({
      ...member,
      isChair: member.id === state.chair,
      isSilenced: isSilenced(state, member),
      streams: [...streams],
    }))
}
