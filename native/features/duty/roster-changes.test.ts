// 调班 and 代班: a swap and its reverse give the roster back, nobody is lost, nobody stands twice in a cell.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Post, posts, type RosterPerson, type RosterPlace, WanglouError } from '../../contract/index.ts'
import { type CellWrite, type ReadCell, stoodIn, swapped } from './roster-changes.ts'

const seed = Date.now() % 2 ** 31
const names = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸', '子', '丑']
const days = ['2026-11-26', '2026-11-27', '2026-11-28']

type Roster = ReadonlyMap<string, readonly RosterPerson[]>
const key = ({ day, shift, post }: Omit<RosterPlace, 'person'>) => `${day}/${shift}/${post}`
const readerOf =
  (roster: Roster): ReadCell =>
  (place) =>
    roster.get(key(place)) ?? []
const after = (roster: Roster, writes: readonly CellWrite[]): Roster =>
  new Map([...roster, ...writes.map(({ place, people }) => [key(place), people] as const)])
/** Everybody with the telephone, sorted: what may never change under swaps. */
const everybody = (roster: Roster) =>
  [...roster.values()]
    .flat()
    .map(({ name, telephone }) => `${name} ${telephone}`)
    .sort()

const cell = fc
  .uniqueArray(fc.constantFrom(...names), { maxLength: 4 })
  .map((list) => list.map((name) => ({ name, telephone: `0913-010000${names.indexOf(name)}` })))
const places = days.flatMap((day) => posts.map((post) => ({ day, shift: 's', post })))
const place = fc.record({
  day: fc.constantFrom(...days),
  shift: fc.constant('s'),
  post: fc.constantFrom<Post>(...posts),
  person: fc.constantFrom(...names),
})
const roster = fc
  .array(cell, { minLength: days.length * posts.length, maxLength: days.length * posts.length })
  .map((cells): Roster => new Map(places.map((one, index) => [key(one), cells[index] ?? []])))
/** Mostly persons who stand there, sometimes anybody. */
const choice = fc.record({
  at: fc.nat(1_000),
  person: fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constantFrom(...names) }),
})

function chosen(roster: Roster, { at, person }: { at: number; person: string | null }): RosterPlace {
  const standing = places.flatMap((one) => readerOf(roster)(one).map(({ name }) => ({ ...one, person: name })))
  const one = standing[at % Math.max(1, standing.length)] ?? { ...places[0]!, person: names[0]! }
  return person === null ? one : { ...one, person }
}

function attempt(roster: Roster, from: RosterPlace, to: RosterPlace): Roster | null {
  try {
    return after(roster, swapped(readerOf(roster), from, to))
  } catch (error) {
    if (error instanceof WanglouError) return null
    throw error
  }
}

test('whatever is swapped, in whatever order, nobody is lost and nobody is doubled in a cell; the reverse gives the roster back', () => {
  console.log(`seed ${seed}`)
  let made = 0
  fc.assert(
    fc.property(roster, fc.array(fc.tuple(choice, choice), { maxLength: 30, size: 'max' }), (begun, swaps) => {
      let now = begun
      for (const [one, other] of swaps) {
        const [from, to] = [chosen(now, one), chosen(now, other)]
        const next = attempt(now, from, to)
        if (next === null) continue
        made += 1
        expect(everybody(next)).toEqual(everybody(now))
        for (const people of next.values()) expect(new Set(people.map(({ name }) => name)).size).toBe(people.length)
        const back = attempt(next, { ...from, person: to.person }, { ...to, person: from.person })
        expect(back).not.toBeNull()
        expect([...(back ?? [])]).toEqual(expect.arrayContaining([...now].map(([at, people]) => [at, [...people]])))
        now = next
      }
    }),
    { seed, numRuns: 200 },
  )
  // The property says nothing where no swap was possible.
  expect(made).toBeGreaterThan(200)
})

test('a stand-in takes one place and touches no other', () => {
  fc.assert(
    fc.property(roster, place, fc.constantFrom(...names, '寅'), (begun, at, by) => {
      const before = readerOf(begun)(at)
      const isPossible = before.some(({ name }) => name === at.person) && !before.some(({ name }) => name === by)
      const write = () => stoodIn(readerOf(begun), at, { name: by, telephone: '' })
      if (isPossible) expect(write().people.map(({ name }) => name)).toEqual(before.map(({ name }) => (name === at.person ? by : name)))
      else expect(write).toThrow(WanglouError)
    }),
    { seed, numRuns: 400 },
  )
})

test('what cannot be is refused with the person named', () => {
  const at = (day: string, person: string): RosterPlace => ({ day, shift: 's', post: 'officers', person })
  const two: Roster = new Map([
    [key(at(days[0]!, '')), [{ name: '甲', telephone: '' }]],
    [
      key(at(days[1]!, '')),
      [
        { name: '乙', telephone: '' },
        { name: '甲', telephone: '' },
      ],
    ],
  ])
  const swap = (from: RosterPlace, to: RosterPlace) => () => swapped(readerOf(two), from, to)
  expect(swap(at(days[0]!, '丙'), at(days[1]!, '乙'))).toThrow(expect.objectContaining({ code: 'NOT_FOUND', params: { person: '丙' } }))
  expect(swap(at(days[0]!, '甲'), at(days[1]!, '乙'))).toThrow(expect.objectContaining({ code: 'DUPLICATE', params: { person: '甲' } }))
  expect(swap(at(days[0]!, '甲'), at(days[1]!, '甲'))).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }))
  expect(swap(at(days[1]!, '乙'), at(days[1]!, '甲'))).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }))
})
