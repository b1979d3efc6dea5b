// Bulk imports: rows come in, what a person edited stays, and the order of imports does not matter.
import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { importedId } from '../kernel/ids.ts'
import { openTestStation, type TestStation } from '../testing/station.ts'
import { boatDatasets, boatMigrations } from './testing/boats.ts'

let station: TestStation
beforeEach(async () => {
  station = await openTestStation({ datasets: boatDatasets, migrations: await boatMigrations() })
})
afterEach(async () => {
  await station.close()
  await rm(station.directory, { recursive: true, force: true })
})

async function importRows(columns: string[], rows: unknown[][], source = 'ledger') {
  const lines = rows.map((row) => `${JSON.stringify(row)}\n`).join('')
  const { sha256 } = await station.blobs.put(Readable.from([Buffer.from(lines)]), { limitBytes: 1e9 })
  const subject = { dataset: 'boats', row: importedId('boats', source, '') }
  return station.journal.writeBulk({
    actor: 'a',
    action: 'boats.import',
    subject,
    dataset: 'boats',
    source,
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

test('a short import goes before what is left of a long one, and can be waited for alone', async () => {
  const long = await importRows(
    ['name'],
    Array.from({ length: 50_000 }, (_, index) => [`k${index}`, `n${index}`]),
  )
  await expect.poll(() => station.journal.bulkProgress()[0]?.rowsDone, { interval: 1 }).toBeGreaterThan(0)
  const short = await importRows(['name'], [['k0', 'short']], 'list')
  await station.journal.bulkDone(short)
  expect(await station.store.get('SELECT name FROM boats WHERE id = ?', [importedId('boats', 'list', 'k0')])).toEqual({ name: 'short' })
  expect(station.journal.bulkProgress().map((one) => one.isDone)).toEqual([false, true])
  await station.journal.bulkDone(long)
  expect(await station.store.get('SELECT count(*) AS n FROM boats')).toEqual({ n: 50_001 })
  await station.journal.bulkDone(long)
})

test('who waits for an import learns that there is none, and that the station stops before it is done', async () => {
  await expect(station.journal.bulkDone({ station: station.journal.station, scope: 'shared', seq: 99 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const { directory } = station
  const cut = await importRows(
    ['name'],
    Array.from({ length: 50_000 }, (_, index) => [`k${index}`, `n${index}`]),
  )
  const waiting = expect(station.journal.bulkDone(cut)).rejects.toMatchObject({ code: 'CANCELLED' })
  await station.stop()
  await waiting
  station = await openTestStation({ datasets: boatDatasets, migrations: await boatMigrations(), directory })
  await station.journal.bulkDone(cut)
  expect(await station.store.get('SELECT count(*) AS n FROM boats')).toEqual({ n: 50_000 })
})

test('who waits for an import learns what stopped it', async () => {
  await station.close()
  const refuse = () => Promise.reject(new Error('no room in the index'))
  const projections = [{ dataset: 'boats', update: refuse, clear: () => Promise.resolve() }]
  station = await openTestStation({ datasets: boatDatasets, migrations: await boatMigrations(), projections })
  await expect(station.journal.bulkDone(await importRows(['name'], [['k1', 'a']]))).rejects.toThrow('no room in the index')
  expect(await station.store.get('SELECT count(*) AS n FROM boats')).toEqual({ n: 0 })
})

test('rows as long as boundaries make short chunks', async () => {
  const outline = 'x'.repeat(60_000)
  await importRows(
    ['name'],
    Array.from({ length: 60 }, (_, index) => [`k${index}`, outline]),
  )
  const seen = new Set<number>()
  while (station.journal.bulkProgress()[0]?.isDone === false) {
    seen.add(station.journal.bulkProgress()[0]?.rowsDone ?? 0)
    await new Promise((resolve) => setImmediate(resolve))
  }
  const steps = [...seen].sort((a, b) => a - b)
  // At most 256 KiB at once; the first chunk knows nothing yet and takes one row.
  expect(Math.max(...steps.map((step, index) => step - (steps[index - 1] ?? 0)))).toBeLessThanOrEqual(5)
})

test('a ledger that comes again marks the rows it does not change and touches nothing that is derived from them', async () => {
  await station.close()
  const updated: string[][] = []
  const update = async (_tx: unknown, rows: readonly string[]) => void updated.push([...rows].sort())
  const projections = [{ dataset: 'boats', update, clear: () => Promise.resolve() }]
  station = await openTestStation({ datasets: boatDatasets, migrations: await boatMigrations(), projections })
  const id = (key: string) => importedId('boats', 'ledger', key)
  const columns = ['name', 'length', 'isReady', 'kit']
  const rows = (name: string) => [
    ['k1', 'a', 1.5, true, { b: [1] }],
    ['k2', name, null, false, null],
    ['k3', 'c', 3, null, null],
  ]
  await station.journal.bulkDone(await importRows(columns, rows('b')))
  const edited = { dataset: 'boats', row: id('k3') }
  await station.journal.write({ actor: 'a', action: 'boats.write', subject: edited, rows: [{ ...edited, set: { name: 'mine' } }] })
  updated.length = 0
  const again = await importRows(columns, rows('changed'))
  await station.journal.bulkDone(again)
  expect(updated).toEqual([[id('k2'), id('k3')].sort()])
  expect(await station.store.all('SELECT name, length, isReady, kit FROM boats ORDER BY key')).toEqual([
    { name: 'a', length: 1.5, isReady: 1, kit: '{"b":[1]}' },
    { name: 'changed', length: null, isReady: 0, kit: null },
    { name: 'mine', length: 3, isReady: null, kit: null },
  ])
  const newest = await station.store.all('SELECT DISTINCT j.seq FROM boats AS b JOIN journal AS j ON j.arrival = b._bulk')
  expect(newest).toEqual([{ seq: again.seq }])
  expect((await station.journal.verify()).damage).toEqual([])
})
