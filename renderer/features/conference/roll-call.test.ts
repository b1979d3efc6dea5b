// Who answers for a unit, who is next, and how long is left.
import { expect, test } from 'vitest'
import type { RollCall, RoomParticipant } from '../../../native/contract/index.ts'
import { answererOf, nextUnit, rollCallLines, secondsLeft } from './roll-call.ts'

const camera = { id: 'stream', kind: 'video' as const, source: 'camera' as const, isPaused: false }

function person(id: string, over: Partial<RoomParticipant>): RoomParticipant {
  const still = { isChair: false, isSilenced: false, handAt: null, isAway: false, quality: null, isAudioOnly: false, camera: null, joinedAt: 0 }
  return { id, name: id, unitName: '', unit: null, level: '', ...still, streams: [], ...over }
}

const unit = { id: 'county', name: '样例县应急管理局', telephone: '', isSample: true }
const called = (of: string): RollCall => ({
  ...{ id: `call-${of}`, unit: of, unitName: of, telephone: '', calledAt: 10_000, calledByName: '', answeredAt: null, answer: null },
  ...{ who: '', picture: null, rung: null },
})

test('whoever can be seen answers, though another of the unit came first; a camera does not answer', () => {
  const dark = person('dark', { unit: unit.id, streams: [{ ...camera, isPaused: true }] })
  const seen = person('seen', { unit: unit.id, streams: [camera] })
  expect(answererOf(unit, [person('mast', { unitName: unit.name, camera: 'a-camera', streams: [camera] }), dark, seen])?.id).toBe('seen')
  expect(answererOf(unit, [dark])?.id).toBe('dark')
})

test('the unit’s row counts; only where nobody has it, as in another centre, its name does', () => {
  const namesake = person('namesake', { unit: 'other', unitName: unit.name, streams: [camera] })
  expect(answererOf(unit, [namesake, person('own', { unit: unit.id })])?.id).toBe('own')
  expect(answererOf(unit, [namesake])?.id).toBe('namesake')
  expect(answererOf({ ...unit, name: '' }, [person('nobody', {})])).toBeNull()
})

test('next is the first that was not called, until all were', () => {
  const units = ['a', 'b', 'c'].map((id) => ({ ...unit, id }))
  expect(nextUnit(rollCallLines({ units, calls: [called('a'), called('c')] }))?.id).toBe('b')
  expect(nextUnit(rollCallLines({ units, calls: units.map(({ id }) => called(id)) }))).toBeNull()
})

test('the minute runs down to nothing and no further', () => {
  expect([10_000, 10_001, 69_999, 70_000, 200_000].map((now) => secondsLeft(called('a'), now))).toEqual([60, 60, 1, 0, 0])
})
