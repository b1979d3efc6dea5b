// Gaps and double bookings, against a count made the slow way.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { daysFrom, type Post, posts, type RosterDay, type Shift } from '../../contract/index.ts'
import { doublesOf, gapsOf } from './roster-findings.ts'
import { covering, shiftOfDay, takeable } from './shifts.ts'

const seed = Date.now() % 2 ** 31
const days = daysFrom('2026-11-26', 8)
const shift = (id: string, hours: [number, number], minimum: number, isActive = true): Shift => ({
  id,
  name: id,
  startsMinute: hours[0] * 60,
  lengthMinutes: hours[1] * 60,
  minimum: { watchLeaders: minimum, shiftLeaders: 1, officers: minimum },
  isActive,
})
const shifts = [shift('白班', [8, 12], 1), shift('夜班', [20, 12], 2), shift('旧班', [8, 24], 1, false)]
const names = ['甲', '乙', '丙', '丁']
const people = fc.uniqueArray(fc.constantFrom(...names), { maxLength: 3 }).map((list) => list.map((name) => ({ name, telephone: '' })))
const row = fc.record({
  day: fc.constantFrom(...days),
  shift: fc.constantFrom(...shifts.map(({ id }) => id)),
  watchLeaders: people,
  shiftLeaders: people,
  officers: people,
})
const rows = fc
  .uniqueArray(row, { maxLength: 20, selector: (one) => `${one.day}/${one.shift}` })
  .map((list) => list.map((one): RosterDay => ({ ...one, note: '', isSample: false })))

test('every post below its minimum is found, with how many are missing, and no other', () => {
  console.log(`seed ${seed}`)
  fc.assert(
    fc.property(rows, (list) => {
      const found = gapsOf(list, { shifts, days })
      for (const day of days) {
        for (const one of shifts) {
          for (const post of posts) {
            const stands = list.find((candidate) => candidate.day === day && candidate.shift === one.id)?.[post].length ?? 0
            const missing = one.isActive ? Math.max(0, one.minimum[post] - stands) : 0
            const gap = found.filter((candidate) => candidate.day === day && candidate.shift === one.id && candidate.post === post)
            expect(gap.map((candidate) => candidate.missing)).toEqual(missing === 0 ? [] : [missing])
          }
        }
      }
      expect(found.map(({ startsAt }) => startsAt)).toEqual(found.map(({ startsAt }) => startsAt).toSorted((a, b) => a - b))
    }),
    { seed, numRuns: 200 },
  )
})

test('a name is double exactly where two of its places overlap in time', () => {
  fc.assert(
    fc.property(rows, (list) => {
      const held = (name: string) =>
        list.flatMap((one) =>
          posts
            .filter((post: Post) => one[post].some((person) => person.name === name))
            .map(() =>
              shiftOfDay(
                shifts.find(({ id }) => id === one.shift)!,
                one.day,
              ),
            ),
        )
      for (const name of names) {
        const places = held(name)
        let pairs = 0
        for (let a = 0; a < places.length; a += 1)
          for (let b = a + 1; b < places.length; b += 1)
            if (places[a]!.startsAt < places[b]!.endsAt && places[b]!.startsAt < places[a]!.endsAt) pairs += 1
        expect(doublesOf(list, shifts).filter(({ person }) => person === name)).toHaveLength(pairs)
      }
    }),
    { seed, numRuns: 200 },
  )
})

describe('shifts', () => {
  const all = [shift('全天', [8, 24], 1)]
  // 2026-11-26 in Shanghai
  const at = (hour: number, minute = 0) => Date.UTC(2026, 10, 26, hour - 8, minute)

  test('a shift that reaches over midnight is under way until it ends, and no longer', () => {
    expect(covering(all, at(7, 59)).map(({ day }) => day)).toEqual(['2026-11-25'])
    expect(covering(all, at(8)).map(({ day }) => day)).toEqual(['2026-11-26'])
  })

  test('who comes before eight takes the watch that begins at eight', () => {
    expect(takeable(all, at(7, 40)).map(({ day }) => day)).toEqual(['2026-11-26', '2026-11-25'])
    expect(takeable(all, at(5, 59)).map(({ day }) => day)).toEqual(['2026-11-25'])
  })
})
