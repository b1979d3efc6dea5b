// An erasure reaches the files imports came from: blanked under their names and known to the check, the file that was sent gone whole.
import { readFile, writeFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { importedId } from '../kernel/ids.ts'
import { openTestStation, type TestStation } from '../testing/station.ts'
import { boatDatasets, boatMigrations } from './testing/boats.ts'

let station: TestStation
const open = async (directory?: string) =>
  openTestStation({ datasets: boatDatasets, migrations: await boatMigrations(), ...(directory === undefined ? {} : { directory }) })
beforeEach(async () => {
  station = await open()
})
afterEach(() => station.close())

const row = importedId('boats', 'ledger', 'k1')
const lines = ['["k0","zero",4,"0913-0100000"]', '["k1","one, \\"first\\"",12,"SECRET-5550100"]', '["k2","two",null,"SECRET-no"]']
const put = async (text: string) => (await station.blobs.put(Readable.from([Buffer.from(text)]), { limitBytes: 1e6 })).sha256

async function importRows(rows: readonly string[], sent: string | null = null): Promise<string> {
  const blob = await put(`${rows.join('\n')}\n`)
  const subject = { dataset: 'boats', row: importedId('boats', 'ledger', '') }
  const columns = ['name', 'crew', 'phone']
  const note = sent === null ? null : { file: sent }
  await station.journal.writeBulk({
    actor: 'a',
    action: 'boats.import',
    subject,
    dataset: 'boats',
    source: 'ledger',
    columns,
    blob,
    rows: rows.length,
    note,
  })
  await station.journal.bulkIdle()
  return blob
}
const erase = async (columns?: string[]) => {
  const entries = await station.journal.erase({
    rows: [{ dataset: 'boats', row, ...(columns === undefined ? {} : { columns }) }],
    actor: 'officer',
    reason: 'asked for',
  })
  await station.journal.filesErased()
  return entries
}
const damage = async () => (await station.journal.verify()).damage
const shown = () => station.store.get('SELECT name, crew, phone FROM boats WHERE id = ?', [row])

test('the value goes from table and file, all else stays byte for byte, the check and a rebuild know', async () => {
  const sent = await put('the table as it was sent, SECRET-5550100 and all')
  const blob = await importRows(lines, sent)
  const before = await readFile(station.blobs.pathOf(blob), 'utf8')
  const [entry] = await erase(['phone'])
  expect(entry).toMatchObject({
    action: 'journal.erase',
    actor: 'officer',
    note: { reason: 'asked for', gone: [{ dataset: 'boats', row, columns: ['phone'], source: 'ledger' }] },
  })
  expect(await shown()).toEqual({ name: 'one, "first"', crew: 12, phone: null })
  const after = await readFile(station.blobs.pathOf(blob), 'utf8')
  expect(after).toBe(before.replace('"SECRET-5550100"', 'null            '))
  expect(await station.blobs.has(sent)).toBe(false)
  expect(await damage()).toEqual([])
  const said = await station.store.all<{ actor: string; scope: string; note: string }>(
    `SELECT actor, scope, body -> '$.note' AS note FROM journal WHERE action = 'journal.eraseFile' ORDER BY arrival`,
  )
  expect(said.map((one) => ({ ...one, note: JSON.parse(one.note) as unknown }))).toMatchObject([
    { actor: 'station', scope: 'self', note: { blob, rows: 1 } },
    { actor: 'station', scope: 'self', note: { file: sent } },
  ])

  const hash = await station.journal.stateHash()
  await station.journal.rebuild()
  expect(await station.journal.stateHash()).toBe(hash)
  expect(await station.journal.stateAt({ dataset: 'boats', row }, { known: Date.now() + 1_000 })).toMatchObject({ crew: 12, phone: null })
  expect(await damage()).toEqual([])
})

test('a newer ledger that still names it does not bring it back: a person is asked', async () => {
  await importRows(lines)
  await erase(['phone'])
  const newer = await importRows(['["k1","one",13,"0913-0100009"]'])
  await station.journal.filesErased()
  expect(await shown()).toEqual({ name: 'one', crew: 13, phone: null })
  expect(await station.journal.bulkDifferences({ dataset: 'boats' })).toMatchObject([{ row, column: 'phone', shown: null, imported: '0913-0100009' }])
  expect(await readFile(station.blobs.pathOf(newer), 'utf8')).toContain('0913-0100009')
})

test('the very same file put and imported again stays blank', async () => {
  const blob = await importRows(lines)
  await erase()
  expect(await importRows(lines)).toBe(blob)
  await station.journal.filesErased()
  expect(await readFile(station.blobs.pathOf(blob), 'utf8')).not.toContain('SECRET-5550100')
  expect(await shown()).toEqual({ name: 'one, "first"', crew: null, phone: null })
  expect(await station.journal.bulkDifferences({ dataset: 'boats' })).toEqual([])
  expect(await damage()).toEqual([])
})

test('a second erasure of the same file is known too; a change nobody made is still damage', async () => {
  const blob = await importRows(lines)
  await erase(['phone'])
  await station.journal.erase({ rows: [{ dataset: 'boats', row: importedId('boats', 'ledger', 'k2') }], actor: 'a', reason: 'asked for' })
  await station.journal.filesErased()
  const text = await readFile(station.blobs.pathOf(blob), 'utf8')
  expect(text).not.toContain('SECRET')
  expect(text).toContain('0913-0100000')
  expect(await damage()).toEqual([])
  await writeFile(station.blobs.pathOf(blob), text.replace('zero', 'nero'))
  expect(await damage()).toEqual([{ kind: 'blob', name: blob }])
  await station.journal.erase({ rows: [{ dataset: 'boats', row, columns: ['crew'] }], actor: 'a', reason: 'asked for' })
  await station.journal.filesErased()
  expect(await readFile(station.blobs.pathOf(blob), 'utf8')).toContain('"nero"')
  expect(await damage()).toEqual([{ kind: 'blob', name: blob }])
})

test('a station stopped before its files were blanked does it at the next start', async () => {
  const blob = await importRows(lines)
  const { directory } = station
  await station.journal.erase({ rows: [{ dataset: 'boats', row }], actor: 'a', reason: 'asked for' })
  await station.stop()
  station = await open(directory)
  await station.journal.filesErased()
  expect(await readFile(station.blobs.pathOf(blob), 'utf8')).not.toContain('SECRET-5550100')
  expect(await damage()).toEqual([])
})

test('a deleted row loses what its import gave as well', async () => {
  const blob = await importRows(lines)
  await station.journal.write({
    actor: 'a',
    action: 'boats.remove',
    subject: { dataset: 'boats', row },
    rows: [],
    deletes: [{ dataset: 'boats', row }],
  })
  await erase()
  expect(await shown()).toEqual({ name: 'one, "first"', crew: null, phone: null })
  expect(await station.journal.conflicts()).toEqual([])
  expect(await readFile(station.blobs.pathOf(blob), 'utf8')).not.toContain('SECRET-5550100')
})
