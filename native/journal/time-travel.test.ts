// How things stood: by when this station knew, and by when they happened.
import { Readable } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { importedId, newId } from '../kernel/ids.ts'
import { openTestStation, type TestStation } from '../testing/station.ts'
import { boatDatasets, boatMigrations } from './testing/boats.ts'

const minute = 60_000
const t0 = 1_800_000_000_000
let wall = t0
let station: TestStation
const row = newId()
const subject = { dataset: 'boats', row }

beforeEach(async () => {
  wall = t0
  station = await openTestStation({ datasets: boatDatasets, migrations: await boatMigrations(), now: () => wall })
})
afterEach(() => station.close())

async function write(set: Record<string, string | number>, happenedAt: number | null = null) {
  wall += minute
  return station.journal.write({
    actor: 'a',
    action: 'boats.write',
    subject,
    rows: [{ dataset: 'boats', row, set }],
    happenedAt: happenedAt === null ? null : { at: happenedAt, precision: 'about', source: '报警人' },
  })
}

test('known goes by arrival, happened by the world', async () => {
  await write({ name: 'a', crew: 1 })
  await write({ crew: 2 }, t0 - 10 * minute)
  await write({ name: 'b' })
  expect(await station.journal.stateAt(subject, { known: t0 })).toBeNull()
  expect(await station.journal.stateAt(subject, { known: t0 + minute })).toEqual({ name: 'a', crew: 1 })
  expect(await station.journal.stateAt(subject, { known: t0 + 2 * minute })).toEqual({ name: 'a', crew: 2 })
  expect(await station.journal.stateAt(subject, { known: wall })).toEqual({ name: 'b', crew: 2 })
  expect(await station.journal.stateAt(subject, { happened: t0 - 5 * minute })).toEqual({ crew: 2 })
  expect(await station.journal.stateAt(subject, { happened: t0 + minute })).toEqual({ name: 'a', crew: 1 })
})

test('a deleted row was there before', async () => {
  await write({ name: 'a' })
  wall += minute
  await station.journal.write({ actor: 'a', action: 'boats.delete', subject, rows: [], deletes: [{ dataset: 'boats', row }] })
  expect(await station.journal.stateAt(subject, { known: wall })).toBeNull()
  expect(await station.journal.stateAt(subject, { known: t0 + minute })).toEqual({ name: 'a' })
})

test('the time line goes by either clock, newest last, and pages backwards', async () => {
  await write({ name: 'a' })
  await write({ name: 'b' }, t0 - minute)
  await write({ name: 'c' })
  const names = async (by: 'happened' | 'known', more = {}) =>
    (await station.journal.timeline(subject, { by, ...more })).map((entry) => entry.cells[0]?.[3])
  expect(await names('known')).toEqual(['a', 'b', 'c'])
  expect(await names('happened')).toEqual(['b', 'a', 'c'])
  expect(await names('known', { limit: 2 })).toEqual(['b', 'c'])
  expect(await names('happened', { before: t0 + 3 * minute, limit: 1 })).toEqual(['a'])
})

test('an imported row shows what the imports of that moment gave', async () => {
  const imported = { dataset: 'boats', row: importedId('boats', 'ledger', 'k') }
  const take = async (value: string) => {
    wall += minute
    const { sha256 } = await station.blobs.put(Readable.from([Buffer.from(`["x","other"]\n["k","${value}"]\n`)]), { limitBytes: 1_000 })
    await station.journal.writeBulk({
      actor: 'a',
      action: 'boats.import',
      subject: imported,
      dataset: 'boats',
      source: 'ledger',
      columns: ['name'],
      blob: sha256,
      rows: 2,
    })
    await station.journal.bulkIdle()
  }
  await take('first')
  wall += minute
  await station.journal.write({ actor: 'a', action: 'boats.write', subject: imported, rows: [{ ...imported, set: { crew: 7 } }] })
  await take('second')
  expect(await station.journal.stateAt(imported, { known: t0 })).toBeNull()
  expect(await station.journal.stateAt(imported, { known: t0 + minute })).toMatchObject({ name: 'first' })
  expect(await station.journal.stateAt(imported, { known: t0 + 2 * minute })).toMatchObject({ name: 'first', crew: 7 })
  expect(await station.journal.stateAt(imported, { known: wall })).toMatchObject({ name: 'second', crew: 7 })
})
