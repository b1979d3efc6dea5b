// The rules of a room: who leads, who may do what, and whatever people do it is never without a chair.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ChairAct } from '../../contract/index.ts'
import {
  chairAct,
  emptyRoom,
  goesOn,
  join,
  leave,
  mostMembers,
  participantsOf,
  raiseHand,
  type RoomState,
  rulesOf,
  say,
  speaks,
} from './room-state.ts'

const person = (id: string) => ({
  id,
  account: `account-${id}`,
  name: `样例${id}`,
  unitName: '样例市应急管理局',
  unit: null,
  level: 'city',
  camera: null,
})
const withPeople = (...ids: string[]) => ids.reduce<RoomState>((state, id, index) => join(state, person(id), index), emptyRoom)

describe('a room', () => {
  test('the first who comes leads; when she goes the longest there does', () => {
    const room = withPeople('a', 'b', 'c')
    expect(room.chair).toBe('a')
    expect(leave(room, 'a').chair).toBe('b')
    expect(leave(leave(leave(room, 'a'), 'b'), 'c')).toMatchObject({ chair: null, members: [] })
  })

  test('what was ruled goes on at another host: its people come in though it is locked, whoever led leads again, who was removed stays out, a silenced camera stays silent', () => {
    const removed = chairAct(withPeople('a', 'b', 'c', 'd'), 'a', { kind: 'remove', participant: 'd' })
    const mast = { ...person('mast'), camera: 'camera-mast' }
    const silenced = chairAct(join(removed, mast, 4), 'a', { kind: 'mute', participant: 'mast' })
    const led = chairAct(chairAct(silenced, 'a', { kind: 'hand-over', participant: 'b' }), 'b', { kind: 'lock', isLocked: true })
    const here = goesOn(rulesOf(led))
    const returning = (id: string, movedFrom: string | null) => ({ ...person(id), movedFrom })
    const first = join(here, returning('a', 'former'), 1)
    expect(first).toMatchObject({ chair: 'a', isLocked: true })
    // Lost again before the chair has come: she still leads the third time.
    expect(rulesOf(first).chair).toBe('b')
    expect(join(first, returning('b', 'former'), 2).chair).toBe('b')
    expect(() => join(first, returning('d', 'former'), 2)).toThrow('ROOM_REMOVED')
    expect(() => join(first, returning('e', null), 2)).toThrow('ROOM_LOCKED')
    // Whoever was handed the chair meanwhile keeps it.
    const handed = chairAct(join(first, returning('c', 'former'), 2), 'a', { kind: 'hand-over', participant: 'c' })
    expect(join(handed, returning('b', 'former'), 3).chair).toBe('c')
    expect(participantsOf(join(first, { ...mast, id: 'mast again' }, 2)).at(-1)).toMatchObject({ isSilenced: true })
    expect(participantsOf(first)[0]).not.toHaveProperty('movedFrom')
  })

  test('coming back to one’s place changes nothing but that one is there', () => {
    const room = raiseHand(withPeople('a', 'b'), 'b', { isUp: true, now: 7 })
    const again = join(room, person('b'), 99)
    expect(again.members.map(({ id, joinedAt, handAt }) => ({ id, joinedAt, handAt }))).toEqual([
      { id: 'a', joinedAt: 0, handAt: null },
      { id: 'b', joinedAt: 1, handAt: 7 },
    ])
    expect(() => join(room, { ...person('b'), account: 'another' }, 99)).toThrow('NOT_FOUND')
  })

  test('a camera is let into a locked room, never leads, and nobody is kept out with it', () => {
    const camera = { ...person('k'), account: 'account-a', camera: 'east-gate' }
    expect(() => join(emptyRoom, camera, 0)).toThrow('ROOM_EMPTY')
    const room = join(chairAct(withPeople('a', 'b'), 'a', { kind: 'lock', isLocked: true }), camera, 3)
    expect(() => join(room, { ...camera, id: 'l' }, 4)).toThrow('DUPLICATE')
    expect(() => chairAct(room, 'a', { kind: 'hand-over', participant: 'k' })).toThrow('STATE_NOT_ALLOWED')
    expect(chairAct(room, 'a', { kind: 'remove', participant: 'k' })).toMatchObject({ removed: [], chair: 'a' })
    expect(leave(room, 'a').chair).toBe('b')
    expect(leave(leave(room, 'a'), 'b')).toMatchObject({ chair: null, isLocked: false })
    expect(participantsOf(room).map((one) => one.camera)).toEqual([null, null, 'east-gate'])
  })

  test('a camera that was silenced stays so when it goes and comes again, until the chair opens it; people open their own', () => {
    const camera = { ...person('k'), account: 'account-a', camera: 'east-gate' }
    const silenced = (state: RoomState) => participantsOf(state).map(({ isSilenced }) => isSilenced)
    const room = chairAct(join(withPeople('a', 'b'), camera, 3), 'a', { kind: 'mute-all' })
    expect(silenced(room)).toEqual([false, false, true])
    const again = join(leave(chairAct(room, 'a', { kind: 'mute', participant: 'b' }), 'k'), { ...camera, id: 'l' }, 5)
    expect(silenced(again)).toEqual([false, false, true])
    expect(silenced(chairAct(again, 'a', { kind: 'unmute', participant: 'l' }))).toEqual([false, false, false])
    expect(() => chairAct(again, 'a', { kind: 'unmute', participant: 'b' })).toThrow('STATE_NOT_ALLOWED')
  })

  test('only the chair locks, removes, spotlights, hands over', () => {
    const room = withPeople('a', 'b')
    const acts: ChairAct[] = [
      { kind: 'mute', participant: 'a' },
      { kind: 'mute-all' },
      { kind: 'remove', participant: 'a' },
      { kind: 'lock', isLocked: true },
      { kind: 'spotlight', participant: 'b' },
      { kind: 'hand-over', participant: 'b' },
      { kind: 'lower-hand', participant: 'a' },
    ]
    for (const act of acts) expect(() => chairAct(room, 'b', act), act.kind).toThrow('NOT_CHAIR')
    const handed = chairAct(room, 'a', { kind: 'hand-over', participant: 'b' })
    expect(chairAct(handed, 'b', { kind: 'spotlight', participant: 'a' }).spotlight).toBe('a')
    expect(() => chairAct(handed, 'b', { kind: 'hand-over', participant: 'nobody' })).toThrow('NOT_FOUND')
    expect(() => chairAct(handed, 'b', { kind: 'remove', participant: 'b' })).toThrow('STATE_NOT_ALLOWED')
  })

  test('locked: nobody new, but whoever has a place comes back; removed: never again', () => {
    const locked = chairAct(withPeople('a', 'b'), 'a', { kind: 'lock', isLocked: true })
    expect(() => join(locked, person('c'), 9)).toThrow('ROOM_LOCKED')
    expect(join(locked, person('b'), 9).members).toHaveLength(2)
    const open = chairAct(chairAct(locked, 'a', { kind: 'remove', participant: 'b' }), 'a', { kind: 'lock', isLocked: false })
    expect(() => join(open, { ...person('b2'), account: 'account-b' }, 9)).toThrow('ROOM_REMOVED')
  })

  test('cut off for long she comes back into a locked room, and to the chair; her place is nobody else’s', () => {
    const locked = chairAct(withPeople('a', 'b', 'c'), 'a', { kind: 'lock', isLocked: true })
    const without = leave(leave(locked, 'a', { isCutOff: true }), 'c', { isCutOff: true })
    expect(without).toMatchObject({ chair: 'b', isLocked: true })
    expect(() => join(without, { ...person('c'), account: 'account-x' }, 9)).toThrow('ROOM_LOCKED')
    expect(join(join(without, person('c'), 9), person('a'), 10)).toMatchObject({ chair: 'a', awaited: [], formerChair: null })
    // Who went by herself is not awaited.
    expect(() => join(leave(locked, 'c'), person('c'), 9)).toThrow('ROOM_LOCKED')
    const empty = leave(without, 'b', { isCutOff: true })
    expect(empty).toMatchObject({ members: [], chair: null, isLocked: true })
    expect(join(join(empty, person('b'), 9), person('a'), 10).chair).toBe('a')
  })

  test('hands keep their order, words their numbers, and a full room says so', () => {
    const hands = raiseHand(raiseHand(withPeople('a', 'b'), 'a', { isUp: true, now: 5 }), 'a', { isUp: true, now: 9 })
    expect(hands.members[0]?.handAt).toBe(5)
    expect(chairAct(hands, 'a', { kind: 'lower-hand', participant: 'a' }).members[0]?.handAt).toBeNull()
    const words = say(say(hands, 'a', { words: '收到', now: 1 }), 'b', { words: '好', now: 2 })
    expect(words.texts.map(({ id, name, words: said }) => `${id} ${name} ${said}`)).toEqual(['1 样例a 收到', '2 样例b 好'])
    const full = withPeople(...Array.from({ length: mostMembers }, (_, index) => String(index)))
    expect(() => join(full, person('more'), 0)).toThrow('TOO_LARGE')
  })

  test('accounts are nobody’s business on the page', () => {
    expect(JSON.stringify(participantsOf(withPeople('a')))).not.toContain('account')
  })

  test('whatever happens: one chair among those present, spotlight and speaker are there, places are one each', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd')
    const step = fc.oneof(
      fc.record({ kind: fc.constant('join' as const), id }),
      fc.record({ kind: fc.constant('leave' as const), id }),
      fc.record({ kind: fc.constant('cut off' as const), id }),
      fc.record({ kind: fc.constant('speak' as const), id }),
      fc.record({
        kind: fc.constantFrom('remove', 'spotlight', 'hand-over').map((kind) => kind as 'remove' | 'spotlight' | 'hand-over'),
        by: id,
        id,
      }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let room = emptyRoom
        for (const [index, one] of steps.entries()) {
          try {
            if (one.kind === 'join') room = join(room, person(one.id), index)
            else if (one.kind === 'leave') room = leave(room, one.id)
            else if (one.kind === 'cut off') room = leave(room, one.id, { isCutOff: true })
            else if (one.kind === 'speak') room = speaks(room, one.id)
            else room = chairAct(room, one.by, { kind: one.kind, participant: one.id })
          } catch (error) {
            if (!(error instanceof Error) || error.name !== 'WanglouError') throw error
          }
          const ids = room.members.map((member) => member.id)
          expect(new Set(ids).size).toBe(ids.length)
          expect(ids.length === 0 ? room.chair === null : ids.includes(room.chair ?? '')).toBe(true)
          // Whoever is awaited is not there, and is so once.
          const seated = rulesOf(room).seated.map((seat) => seat.id)
          expect(new Set(seated).size).toBe(seated.length)
          expect(ids).not.toContain(room.formerChair)
          for (const shown of [room.spotlight, room.speaker]) if (shown !== null) expect(ids).toContain(shown)
        }
      }),
    )
  })
})
