// The hybrid clock never goes back, whatever the wall clock does and whatever it hears.
import { rm } from 'node:fs/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openTestStation } from '../testing/station.ts'
import { newId } from '../kernel/ids.ts'
import { HybridClock } from './clock.ts'
import { compareHlc } from './encode.ts'
import { boatDatasets, boatMigrations } from './testing/boats.ts'

const seed = Date.now() % 2 ** 31

test('every reading is above all that were issued or seen', () => {
  console.log(`seed ${seed}`)
  const step = fc.oneof(
    fc.record({ kind: fc.constant('wall' as const), ms: fc.integer({ min: -7_200_000, max: 7_200_000 }) }),
    fc.record({
      kind: fc.constant('see' as const),
      ms: fc.integer({ min: 0, max: 2_000_000_000_000 }),
      counter: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(0xffff_ffff)),
    }),
    fc.record({ kind: fc.constant('next' as const) }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let wall = 1_800_000_000_000
      const clock = new HybridClock(() => wall)
      let last = { hlc: { ms: 0, counter: 0 }, station: '' }
      for (const one of steps) {
        if (one.kind === 'wall') wall += one.ms
        else if (one.kind === 'see') clock.see(one)
        else {
          const before = clock.last
          const hlc = clock.next()
          expect(compareHlc({ hlc, station: '' }, last)).toBeGreaterThan(0)
          expect(compareHlc({ hlc, station: '' }, { hlc: before, station: '' })).toBeGreaterThan(0)
          expect(hlc.ms).toBeGreaterThanOrEqual(wall)
          last = { hlc, station: '' }
        }
      }
    }),
    { seed, numRuns: 500 },
  )
})

test('a clock set back by an hour, also across a restart, is survived and said', async () => {
  let wall = 1_800_000_000_000
  const options = { datasets: boatDatasets, migrations: await boatMigrations(), now: () => wall }
  const first = await openTestStation(options)
  const row = newId()
  const write = (station: typeof first, name: string) =>
    station.journal.write({ actor: 'a', action: 'boats.write', subject: { dataset: 'boats', row }, rows: [{ dataset: 'boats', row, set: { name } }] })
  const before = await write(first, 'before')
  await first.stop()
  wall -= 3_600_000
  const second = await openTestStation({ ...options, directory: first.directory })
  const after = await write(second, 'after')
  expect(compareHlc(after, before)).toBeGreaterThan(0)
  expect(after.at).toBe(wall)
  expect((await second.journal.timeline({ dataset: 'boats', row }, { by: 'known' })).map((entry) => entry.seq)).toEqual([1, 2])
  expect(await second.journal.health()).toContainEqual(
    expect.objectContaining({ subject: 'clock', reason: 'clock.setBack', params: { minutes: 60 } }),
  )
  await second.stop()
  await rm(first.directory, { recursive: true })
})
