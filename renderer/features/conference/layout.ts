// Who is shown large and who small, and how large a picture must be fetched for it. Pure.
import type { Id, RoomParticipant, RoomStream, RoomView } from '../../../native/contract/index.ts'

export interface Picture {
  participant: RoomParticipant
  /** The stream to show; null = nothing is sent that could be seen. */
  stream: RoomStream | null
  isScreen: boolean
}

export interface Stage {
  /** Null in the gallery. */
  large: Picture | null
  small: Picture[]
}

export interface StageOptions {
  room: RoomView
  me: Id
  view: 'speaker' | 'gallery'
  /** Somebody this page alone keeps large. */
  pinned: Id | null
}

/** A spotlight counts for all, a pin for oneself; then a shared screen, whoever speaks, anybody else, oneself. */
export function stageOf({ room, me, view, pinned }: StageOptions): Stage {
  const pictures = room.participants.flatMap(picturesOf)
  const spotlit = pictures.find(({ participant }) => participant.id === room.spotlight)
  if (view === 'gallery' && spotlit === undefined) return { large: null, small: pictures }
  const large =
    spotlit ??
    pictures.find(({ participant }) => participant.id === pinned) ??
    pictures.find(({ isScreen }) => isScreen) ??
    pictures.find(({ participant }) => participant.id === room.speaker && participant.id !== me) ??
    pictures.find(({ participant }) => participant.id !== me) ??
    pictures[0] ??
    null
  return { large, small: pictures.filter((picture) => picture !== large) }
}

/** A screen is a picture of its own, before its owner's face. */
function picturesOf(participant: RoomParticipant): Picture[] {
  const screen = participant.streams.find(({ source }) => source === 'screen')
  const camera = participant.streams.find(({ source, isPaused }) => source === 'camera' && !isPaused) ?? null
  const face: Picture = { participant, stream: camera, isScreen: false }
  return screen === undefined ? [face] : [{ participant, stream: screen, isScreen: true }, face]
}

/** 0 the smallest picture … 2 the largest. @param count pictures beside each other */
export function layerOf(isLarge: boolean, count: number): number {
  if (isLarge) return 2
  if (count <= 2) return 2
  return count <= 6 ? 1 : 0
}

/**
 * Columns of a gallery that leave pictures of 16 : 9 largest.
 * @param aspect width of the place through its height
 */
export function columnsOf(count: number, aspect: number): number {
  const widths = Array.from({ length: Math.max(1, count) }, (_, index) => {
    const columns = index + 1
    const rows = Math.ceil(Math.max(1, count) / columns)
    // As wide as a column, and no wider than its row is high.
    return Math.min(1 / columns, (16 / 9) * (1 / rows / aspect))
  })
  return widths.lastIndexOf(Math.max(...widths)) + 1
}

export type LineWord = 'good' | 'fair' | 'poor'

/** @param quality 0…10 as the SFU measures what it gets */
export function lineWordOf(quality: number | null): LineWord | null {
  if (quality === null) return null
  if (quality >= 8) return 'good'
  return quality >= 5 ? 'fair' : 'poor'
}

/** Place of a raised hand in the order in which they were raised, from 1; null = it is down. */
export function handOrder(participant: RoomParticipant, room: RoomView): number | null {
  if (participant.handAt === null) return null
  const raised = room.participants.filter(({ handAt }) => handAt !== null).sort((a, b) => (a.handAt ?? 0) - (b.handAt ?? 0))
  return raised.findIndex(({ id }) => id === participant.id) + 1
}
