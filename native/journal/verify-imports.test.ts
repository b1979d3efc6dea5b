// Imported values are held against their file, cell by cell, whatever imports and edits came after one another; a flipped one is named, and nothing else.
import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CellValue } from '../contract/index.ts'
import { importedId } from '../kernel/ids.ts'
import { openTestStation, type TestStation } from '../testing/station.ts'
import { boatDatasets, boatMigrations } from './testing/boats.ts'
import { verify } from './verify.ts'

const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31)
let station: TestStation
beforeEach(async () => {
  station = await openTestStation({ datasets: boatDatasets, migrations: await boatMigrations(), isQuick: true })
})
afterEach(async () => {
  await station.close()
  await rm(station.directory, { recursive: true, force: true })
})

const idOf = (key: string) => importedId('boats', 'ledger', key)

async function importRows(columns: readonly string[], rows: readonly (readonly [string, ...CellValue[]])[]): Promise<void> {
  const lines = rows.map((row) => `${JSON.stringify(row)}\n`).join('')
  const { sha256 } = await station.blobs.put(Readable.from([Buffer.from(lines)]), { limitBytes: 1e9 })
  const subject = { dataset: 'boats', row: idOf('') }
  const about = { dataset: 'boats', source: 'ledger', columns: [...columns], blob: sha256, rows: rows.length }
  await station.journal.writeBulk({ actor: 'a', action: 'boats.import', subject, ...about })
}

const damage = async () => (await station.journal.verify()).damage
const flip = (sql: string) => station.store.write((tx) => tx.exec(sql))

test('a flipped value is named whatever its type, an edited one is left to its entry, and a rebuild puts it right', async () => {
  const columns = ['name', 'length', 'crew', 'isReady', 'kit', 'seenAt', 'phone']
  const row = (key: string): [string, ...CellValue[]] => [key, '船', 2, 3, true, { ropes: [1, null], 名: 'é' }, 1_800_000_000_000, null]
  await importRows(columns, [row('k1'), row('k2'), row('k3')])
  await station.journal.bulkIdle()
  const edited = { dataset: 'boats', row: idOf('k2') }
  await station.journal.write({ actor: 'a', action: 'boats.write', subject: edited, rows: [{ ...edited, set: { name: 'mine' } }], deletes: [] })
  await station.journal.write({ actor: 'a', action: 'boats.write', subject: edited, rows: [], deletes: [{ dataset: 'boats', row: idOf('k3') }] })
  expect(await damage()).toEqual([])
  await flip(
    `UPDATE boats SET name = '舟', length = 2.5, crew = NULL, isReady = 0, kit = '{"ropes":[1]}', seenAt = 1, phone = '' WHERE id = '${idOf('k1')}'`,
  )
  await flip(`UPDATE boats SET crew = 4 WHERE id = '${idOf('k2')}'`)
  const named = [...columns.map((column) => `boats/${idOf('k1')}/${column}`), `boats/${idOf('k2')}/crew`]
  const sorted = (await damage()).sort((a, b) => (a.name < b.name ? -1 : 1))
  expect(sorted).toEqual(named.sort().map((name) => ({ kind: 'row', name })))
  await station.journal.rebuild()
  expect(await damage()).toEqual([])
})

test('a row that is gone, and one that stands at an older import than it should, are named', async () => {
  await importRows(
    ['name'],
    [
      ['k1', 'a'],
      ['k2', 'b'],
    ],
  )
  await importRows(
    ['name'],
    [
      ['k1', 'a'],
      ['k2', 'c'],
    ],
  )
  await station.journal.bulkIdle()
  await flip(
    `DELETE FROM boats WHERE id = '${idOf('k1')}'; UPDATE boats SET _bulk = (SELECT min(arrival) FROM bulk_imports), name = 'b' WHERE id = '${idOf('k2')}'`,
  )
  expect(new Set((await damage()).map(({ name }) => name))).toEqual(
    new Set([`boats/${idOf('k1')}`, `boats/${idOf('k2')}/name`, `boats/${idOf('k2')}/_bulk`]),
  )
})

test('a key that a file names twice counts as it stands last, across pages too', async () => {
  const many = Array.from({ length: 1_200 }, (_, index): [string, string] => [`k${index % 700}`, `${index}`])
  await importRows(['name'], many)
  await station.journal.bulkIdle()
  expect(await damage()).toEqual([])
  await flip(`UPDATE boats SET name = '3' WHERE id = '${idOf('k3')}'`)
  expect(await damage()).toEqual([{ kind: 'row', name: `boats/${idOf('k3')}/name` }])
})

test('a column that the newest import lacks is held against the import that gave it, not against one between that passed the row over', async () => {
  await importRows(['name', 'crew'], [['k1', 'a', 1]])
  await importRows(['name', 'crew'], [['k2', 'b', 2]])
  await importRows(['name'], [['k1', 'c']])
  await station.journal.bulkIdle()
  expect(await damage()).toEqual([])
  await flip(`UPDATE boats SET crew = 9`)
  expect(new Set((await damage()).map(({ name }) => name))).toEqual(new Set([`boats/${idOf('k1')}/crew`, `boats/${idOf('k2')}/crew`]))
})

test('an import cut off half way is held against what it has done', async () => {
  await importRows(
    ['name'],
    Array.from({ length: 20_000 }, (_, index) => [`k${index}`, `n${index}`]),
  )
  await expect.poll(() => station.journal.bulkProgress()[0]?.rowsDone, { interval: 1 }).toBeGreaterThan(0)
  await station.stop()
  // A station that does not know the dataset leaves the import where it is.
  station = await openTestStation({ datasets: {}, migrations: await boatMigrations(), directory: station.directory, isQuick: true })
  expect(await station.store.get('SELECT isDone, rowsDone > 0 AND rowsDone < rowsTotal AS isHalf FROM bulk_imports')).toEqual({
    isDone: 0,
    isHalf: 1,
  })
  const found = async () => (await verify(station.store, station.blobs, boatDatasets)).damage
  expect(await found()).toEqual([])
  await flip(`UPDATE boats SET name = 'flipped' WHERE id = '${idOf('k0')}'`)
  expect(await found()).toEqual([{ kind: 'row', name: `boats/${idOf('k0')}/name` }])
})

const names = ['name', 'length', 'crew', 'phone'] as const
const keys = ['k0', 'k1', 'k2', 'k3'] as const
const anImport = fc.record({ columns: fc.subarray([...names], { minLength: 1 }), keys: fc.subarray([...keys]) })
const anEdit = fc.record({ column: fc.constantFrom(...names), key: fc.constantFrom(...keys) })
const valueOf = (column: string, turn: number, key: string): CellValue =>
  turn % 5 === 4 ? null : column === 'length' ? turn + 0.5 : column === 'crew' ? turn : `${column}-${turn}-${key}`

test('after any imports with any columns and any edits nothing is named; after a flip just that', { timeout: 300_000 }, async () => {
  console.log(`seed ${seed}`)
  const steps = fc.array(fc.oneof({ weight: 3, arbitrary: anImport }, { weight: 1, arbitrary: anEdit }), { minLength: 1, maxLength: 7 })
  await fc.assert(
    fc
      .asyncProperty(steps, fc.constantFrom(...keys), fc.constantFrom(...names), async (list, key, column) => {
        const given = new Set<string>()
        const edited = new Set<string>()
        for (const [turn, step] of list.entries()) {
          if ('columns' in step) {
            await importRows(
              step.columns,
              step.keys.map((one) => [one, ...step.columns.map((name) => valueOf(name, turn, one))]),
            )
            await station.journal.bulkIdle()
            for (const one of step.keys) for (const name of step.columns) given.add(`${one}/${name}`)
          } else {
            const cell = { dataset: 'boats', row: idOf(step.key) }
            const set = { [step.column]: step.column === 'length' || step.column === 'crew' ? 900 + turn : `edit-${turn}` }
            await station.journal.write({ actor: 'a', action: 'boats.write', subject: cell, rows: [{ ...cell, set }] })
            edited.add(`${step.key}/${step.column}`)
          }
        }
        expect(await damage()).toEqual([])
        await flip(`UPDATE boats SET ${column} = 'flipped' WHERE id = '${idOf(key)}'`)
        const isHeld = given.has(`${key}/${column}`) || edited.has(`${key}/${column}`)
        expect(await damage()).toEqual(isHeld ? [{ kind: 'row', name: `boats/${idOf(key)}/${column}` }] : [])
      })
      .afterEach(async () => {
        await station.close()
        station = await openTestStation({ datasets: boatDatasets, migrations: await boatMigrations(), isQuick: true })
      }),
    { seed, numRuns: 40 },
  )
})
