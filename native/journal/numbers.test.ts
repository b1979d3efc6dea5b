// Numbers for people come from reserved blocks, in the act that uses them: without gaps on one console, without collision between two.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { datasets, WanglouError } from '../contract/index.ts'
import { newId } from '../kernel/ids.ts'
import { openTestStation, type TestStation } from '../testing/station.ts'
import { overlappingBlocks } from './numbers.ts'
import { boatDatasets, boatMigrations } from './testing/boats.ts'
import type { NumberedAct } from './types.ts'

let first: TestStation
let second: TestStation
beforeEach(async () => {
  const { numberBlocks } = datasets
  if (numberBlocks === undefined) throw new Error('no numberBlocks')
  const options = { migrations: await boatMigrations(), datasets: { ...boatDatasets, numberBlocks }, unit: '6105', isQuick: true }
  first = await openTestStation(options)
  second = await openTestStation(options)
})
afterEach(async () => {
  await first.close()
  await second.close()
})

const series = 'incidents/2026'

function numbered(more: Partial<NumberedAct> = {}): NumberedAct {
  const subject = { dataset: 'boats', row: newId() }
  const rows = (number: number) => [{ ...subject, set: { crew: number } }]
  return { actor: 'a', action: 'boats.number', subject, number: { series, blockSize: 5 }, rows, ...more }
}
const given = async (station: TestStation) =>
  (await station.store.all<{ crew: number }>('SELECT crew FROM boats ORDER BY crew')).map((row) => row.crew)
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

test('20 parallel acts get 20 consecutive numbers, whatever fails between them', async () => {
  const refused = new WanglouError('STATE_NOT_ALLOWED')
  const failures: Partial<NumberedAct>[] = [
    { check: () => Promise.reject(refused) },
    {
      rows: () => {
        throw refused
      },
    },
    // Its rows are refused after the number was taken.
    { rows: () => [{ dataset: 'boats', row: newId(), set: { crew: 'not a number' } }] },
  ]
  const results = await Promise.allSettled(
    Array.from({ length: 40 }, (_, index) => first.journal.write(numbered(index % 2 === 0 ? {} : failures[index % failures.length]))),
  )
  expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(20)
  expect(await given(first)).toEqual(upTo(20))
})

test('acts of one transaction follow one another and are given none if one of them fails', async () => {
  const later = numbered({ check: async (tx) => expect(await tx.all('SELECT crew FROM boats')).toEqual([{ crew: 1 }]) })
  expect(await first.journal.writeAll([numbered(), later])).toHaveLength(2)
  await expect(first.journal.writeAll([numbered(), numbered({ check: () => Promise.reject(new Error('refused')) })])).rejects.toThrow('refused')
  await first.journal.write(numbered())
  expect(await given(first)).toEqual([1, 2, 3])
  expect(await first.journal.length()).toBe(4)
})

test('the entry of the act is told, not that of the block that was reserved for it', async () => {
  const act = numbered()
  const entry = await first.journal.write(act)
  expect(entry).toMatchObject({ action: 'boats.number', subject: act.subject })
  expect(entry.cells).toEqual([['boats', act.subject.row, 'crew', 1, []]])
})

test('another block is reserved in time, and two consoles that knew of each other never collide', async () => {
  for (const [one, other] of [
    [first, second],
    [second, first],
  ] as const) {
    await one.journal.trust({ station: other.journal.station, publicKey: other.journal.publicKey, certifiedBy: null })
  }
  const take = async (station: TestStation, count: number) => {
    await Promise.all(Array.from({ length: count }, () => station.journal.write(numbered())))
    return given(station)
  }
  expect(await take(first, 7)).toEqual(upTo(7))
  await second.journal.apply([await first.journal.sealedBatch({ scope: 'centre:6105', after: 0 })])
  expect(await take(second, 6)).toEqual([11, 12, 13, 14, 15, 16])
  expect(await overlappingBlocks(second.store)).toEqual([])
  expect(await take(first, 4)).toEqual(upTo(11))
  await second.journal.apply([await first.journal.sealedBatch({ scope: 'centre:6105', after: 2 })])
  expect(await overlappingBlocks(second.store)).toMatchObject([{ series, first: 11, last: 15 }])
})
