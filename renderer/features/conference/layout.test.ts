// Who is large: the spotlight before the pin, the pin before a screen, a screen before whoever speaks.
import { describe, expect, it } from 'vitest'
import type { RoomParticipant, RoomStream, RoomView } from '../../../native/contract/index.ts'
import { columnsOf, handOrder, layerOf, lineWordOf, stageOf } from './layout.ts'

const stream = (id: string, source: RoomStream['source'], isPaused = false): RoomStream => ({ id, kind: 'video', source, isPaused })
function person(id: string, over: Partial<RoomParticipant> = {}): RoomParticipant {
  const still = { handAt: null, isAway: false, quality: 10, isAudioOnly: false, isChair: false, isSilenced: false, camera: null }
  return { id, name: id, unitName: '', unit: null, level: '', joinedAt: 0, ...still, streams: [stream(`${id}-camera`, 'camera')], ...over }
}
function room(participants: RoomParticipant[], over: Partial<RoomView> = {}): RoomView {
  return { conference: 'c', title: '', participants, isLocked: false, spotlight: null, speaker: null, texts: [], recordings: [], screens: 0, ...over }
}
const three = [person('me'), person('b'), person('c')]
const large = (view: RoomView, pinned: string | null = null) => {
  const { large: one } = stageOf({ room: view, me: 'me', view: 'speaker', pinned })
  return one === null ? null : `${one.participant.id}${one.isScreen ? ' screen' : ''}`
}

describe('the stage', () => {
  it('shows large whom it should', () => {
    expect(large(room(three))).toBe('b')
    expect(large(room(three, { speaker: 'c' }))).toBe('c')
    expect(large(room(three, { speaker: 'me' }))).toBe('b')
    const sharing = [person('me'), person('b', { streams: [stream('b-screen', 'screen'), stream('b-camera', 'camera')] }), person('c')]
    expect(large(room(sharing, { speaker: 'c' }))).toBe('b screen')
    expect(large(room(sharing, { speaker: 'c' }), 'c')).toBe('c')
    expect(large(room(sharing, { spotlight: 'me' }), 'c')).toBe('me')
    expect(large(room([person('me')]))).toBe('me')
  })
  it('shows everybody once, and a covered camera as none', () => {
    const view = room([person('me'), person('b', { streams: [stream('b-camera', 'camera', true)] })])
    const stage = stageOf({ room: view, me: 'me', view: 'gallery', pinned: null })
    expect(stage.small.map(({ participant, stream: shown }) => `${participant.id} ${shown?.id ?? 'none'}`)).toEqual(['me me-camera', 'b none'])
    expect(stageOf({ room: room(three, { spotlight: 'c' }), me: 'me', view: 'gallery', pinned: null }).large?.participant.id).toBe('c')
  })
  it('fetches no larger a picture than is shown', () => {
    expect([layerOf(true, 9), layerOf(false, 2), layerOf(false, 6), layerOf(false, 12)]).toEqual([2, 2, 1, 0])
    expect([0, 1, 2, 4, 6, 9].map((count) => columnsOf(count, 16 / 9))).toEqual([1, 1, 2, 2, 3, 3])
    expect([2, 3, 6].map((count) => columnsOf(count, 0.8))).toEqual([1, 1, 2])
  })
  it('says how a line is and whose hand is first', () => {
    expect([null, 10, 7, 2].map(lineWordOf)).toEqual([null, 'good', 'fair', 'poor'])
    const raised = room([person('a', { handAt: 9 }), person('b', { handAt: 3 }), person('c')])
    expect(raised.participants.map((one) => handOrder(one, raised))).toEqual([2, 1, null])
  })
})
