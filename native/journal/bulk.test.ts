// Bulk imports: rows come in, what a person edited stays, and the order of imports does not matter.
import { Readable } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { importedId } from '../kernel/ids.ts'
import { openTestStation, type TestStation } from '../testing/station.ts'
import { boatDatasets, boatMigrations } from './testing/boats.ts'

let station: TestStation
beforeEach(async () => {
  station = await openTestStation({ datasets: boatDatasets, migrations: await boatMigrations() })
})
afterEach(() => station.close())

async function importRows(columns: string[], rows: unknown[][]) {
  const lines = rows.map((row) => `${JSON.stringify(row)}\n`).join('')
  const { sha256 } = await station.blobs.put(Readable.from([Buffer.from(lines)]), { limitBytes: 1e9 })
  const subject = { dataset: 'boats', row: importedId('boats', 'ledger', '') }
  return station.journal.writeBulk({
    actor: 'a',
    action: 'boats.import',
    subject,
    dataset: 'boats',
    source: 'ledger',
    columns,
    blob: sha256,
    rows: rows.length,
  })
}

test('rows are projected in chunks and counted', async () => {
  await importRows(
    ['name', 'length', 'isReady', 'kit'],
    Array.from({ length: 5_000 }, (_, index) => [`k${index}`, `船${index}`, index / 2, index % 2 === 0, { n: index }]),
  )
  // Unfinished from the moment it was acknowledged: nobody may take it for done.
  expect(station.journal.bulkProgress()).toMatchObject([{ rowsTotal: 5_000, rowsDone: 0, isDone: false }])
  await station.journal.bulkIdle()
  expect(station.journal.bulkProgress()).toMatchObject([{ rowsTotal: 5_000, rowsDone: 5_000, isDone: true }])
  expect(await station.store.get('SELECT count(*) AS n FROM boats')).toEqual({ n: 5_000 })
  expect(await station.store.get('SELECT name, length, isReady, kit FROM boats WHERE id = ?', [importedId('boats', 'ledger', 'k3')])).toEqual({
    name: '船3',
    length: 1.5,
    isReady: 0,
    kit: '{"n":3}',
  })
})

test('a later import never replaces what a person edited; it is listed as a difference', async () => {
  const row = importedId('boats', 'ledger', 'k1')
  const write = (set: Record<string, string | number>) =>
    station.journal.write({ actor: 'a', action: 'boats.write', subject: { dataset: 'boats', row }, rows: [{ dataset: 'boats', row, set }] })
  const first = await importRows(
    ['name', 'phone'],
    [
      ['k1', 'old', '1'],
      ['k2', 'gone', '2'],
    ],
  )
  await station.journal.bulkIdle()
  const edit = await write({ name: 'mine', phone: '1' })
  expect(edit.cells).toEqual([['boats', row, 'name', 'mine', [`${first.station}/${first.scope}/${first.seq}`]]])
  expect(await station.journal.bulkDifferences({ dataset: 'boats' })).toEqual([])

  await importRows(['name', 'phone'], [['k1', 'theirs', '9']])
  await station.journal.bulkIdle()
  expect(await station.store.get('SELECT name, phone FROM boats WHERE id = ?', [row])).toEqual({ name: 'mine', phone: '9' })
  expect(await station.journal.bulkDifferences({ dataset: 'boats' })).toMatchObject([{ row, column: 'name', shown: 'mine', imported: 'theirs' }])
  expect(await station.journal.bulkMissing({ dataset: 'boats', source: 'ledger' })).toEqual([importedId('boats', 'ledger', 'k2')])
})

test('an import that was cut off goes on where it stopped', async () => {
  const before = station
  await importRows(
    ['name'],
    Array.from({ length: 20_000 }, (_, index) => [`k${index}`, `n${index}`]),
  )
  await station.stop()
  station = await openTestStation({ datasets: boatDatasets, migrations: await boatMigrations(), directory: before.directory })
  await station.journal.bulkIdle()
  expect(await station.store.get('SELECT count(*) AS n FROM boats')).toEqual({ n: 20_000 })
})
