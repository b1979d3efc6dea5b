// What an import prepares before its transaction is, token for token, what the rows themselves would give.
import { Readable } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CellValue } from '../../contract/index.ts'
import { importedId } from '../../kernel/ids.ts'
import { openTestStation, type TestStation } from '../../testing/station.ts'
import { resourceProjection } from './resources.projection.ts'

let station: TestStation
beforeEach(async () => {
  station = await openTestStation({ projections: [resourceProjection], isQuick: true })
  await station.store.write((tx) =>
    tx.exec(
      ['Names', 'Search'].map((table) => `CREATE VIRTUAL TABLE temp.words${table} USING fts5vocab(main, resource${table}, instance)`).join(';'),
    ),
  )
})
afterEach(() => station.close())

const columns = ['kind', 'name', 'area', 'lon', 'lat', 'subKind', 'address', 'contact', 'equipment', 'unit', 'sourceKey']

async function importRows(rows: CellValue[][], given = columns): Promise<void> {
  const lines = rows.map((row) => `${JSON.stringify(row)}\n`).join('')
  const { sha256 } = await station.blobs.put(Readable.from([Buffer.from(lines)]), { limitBytes: 1e9 })
  const about = { dataset: 'resources', source: 'ledger', columns: given, blob: sha256, rows: rows.length }
  const subject = { dataset: 'resources', row: importedId('resources', 'ledger', '') }
  await station.journal.bulkDone(await station.journal.writeBulk({ actor: 'a', action: 'resources.import', subject, ...about }))
}

/** Everything in the derived tables. */
const derived = () =>
  station.store.write(async (tx) => ({
    tree: await tx.all('SELECT * FROM resourceTree ORDER BY key'),
    names: await tx.all('SELECT * FROM temp.wordsNames ORDER BY doc, col, offset'),
    words: await tx.all('SELECT * FROM temp.wordsSearch ORDER BY doc, col, offset'),
  }))

/** The same from the rows alone. */
async function derivedFromRows() {
  await station.store.write(async (tx) => {
    await resourceProjection.clear(tx)
    const ids = await tx.all<{ id: string }>('SELECT id FROM resources ORDER BY key')
    await resourceProjection.update(
      tx,
      ids.map((row) => row.id),
      { isNew: false, prepared: null },
    )
  })
  return derived()
}

const first: CellValue[] = ['k1', 'team', '临渭区综合救援队', '610502', 109.5, 34.5, '综合', '朝阳大街１号', '样例甲', '水罐消防车2辆、照明车', '应急局', 'B-1']
const rows: CellValue[][] = [
  first,
  ['k2', 'store', '华州区物资储备库（北）', '610503001', 109.7, 34.5, null, null, null, '帐篷', '', 'B-2'],
  ['k3', 'hospital', '𠮷䶮 ABC医院々〇', null, null, null, '三级', '解放路', '样例乙', null, null, null],
  ['k4', null, null, '61', 109.7, 34.5, null, null, null, null, null, 'x'],
]

test('rows that are new', async () => {
  await importRows(rows)
  const prepared = await derived()
  expect(prepared.words.length).toBeGreaterThan(50)
  expect(prepared.tree).toHaveLength(2)
  expect(prepared).toEqual(await derivedFromRows())
})

test('rows that come again changed, beside new, edited and deleted ones', async () => {
  await importRows(rows)
  const edited = { dataset: 'resources', row: importedId('resources', 'ledger', 'k2') }
  await station.journal.write({ actor: 'a', action: 'resources.save', subject: edited, rows: [{ ...edited, set: { name: '改过的名字' } }] })
  const deleted = { dataset: 'resources', row: importedId('resources', 'ledger', 'k3') }
  await station.journal.write({ actor: 'a', action: 'resources.delete', subject: deleted, rows: [], deletes: [deleted] })
  const again = rows.map((row) => row.with(2, `${row[2]}二`))
  await importRows([...again, ['k5', 'team', '新来的', ...first.slice(3)]])
  expect(await derived()).toEqual(await derivedFromRows())
  expect(await station.store.all("SELECT rowid FROM resourceNames WHERE resourceNames MATCH '\"改过 过的\"'")).toHaveLength(1)
})

test('rows of an import that lacks columns, or holds what a column is not for, are read from the table', async () => {
  await importRows(rows)
  await importRows([['k1', '只有名字']], ['name'])
  await importRows([['k2', ...first.slice(1, 11), 17]])
  expect(await derived()).toEqual(await derivedFromRows())
  expect(await station.store.all("SELECT rowid FROM resourceSearch WHERE resourceSearch MATCH '17'")).toHaveLength(1)
})
