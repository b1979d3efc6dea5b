// Numbers for people come from reserved blocks: without gaps on one console, without collision between two.
import { expect, test } from 'vitest'
import { datasets } from '../contract/index.ts'
import { openTestStation } from '../testing/station.ts'
import { overlappingBlocks } from './numbers.ts'
import { boatMigrations } from './testing/boats.ts'

test('numbers follow one another, another block is reserved in time, two consoles that knew of each other never collide', async () => {
  const options = {
    migrations: await boatMigrations(),
    datasets: { numberBlocks: datasets.numberBlocks ?? { scope: 'centre' as const, columns: {} } },
    unit: '6105',
  }
  const first = await openTestStation(options)
  const second = await openTestStation(options)
  for (const [one, other] of [
    [first, second],
    [second, first],
  ] as const) {
    await one.journal.trust({ station: other.journal.station, publicKey: other.journal.publicKey, certifiedBy: null })
  }
  const series = 'incidents/2026'
  const take = (station: typeof first, count: number) =>
    Promise.all(Array.from({ length: count }, () => station.journal.takeNumber({ series, blockSize: 5 })))
  expect((await take(first, 7)).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7])
  await second.journal.apply([await first.journal.sealedBatch({ scope: 'centre:6105', after: 0 })])
  expect((await take(second, 6)).sort((a, b) => a - b)).toEqual([11, 12, 13, 14, 15, 16])
  expect(await overlappingBlocks(second.store)).toEqual([])
  expect(await take(first, 4)).toEqual([8, 9, 10, 11])
  await second.journal.apply([await first.journal.sealedBatch({ scope: 'centre:6105', after: 2 })])
  expect(await overlappingBlocks(second.store)).toMatchObject([{ series, first: 11, last: 15 }])
  await first.close()
  await second.close()
})
