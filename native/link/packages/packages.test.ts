// A package carries everything the other centre lacks and may hold, twice is harmless, and a receipt says what arrived.
import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { importedId, newId } from '../../kernel/ids.ts'
import { receiptPackage } from './receipt.ts'
import {
  bytesOf,
  drawn,
  type Centre,
  exported,
  fromStick,
  importBoats,
  imported,
  joined,
  ontoStick,
  openCentre,
  pair,
  prepare,
  sources,
  superiors,
  writeBoat,
} from './testing/centres.ts'

let county: Centre
let city: Centre
beforeEach(async () => {
  county = await openCentre('hancheng')
  city = await openCentre('weinan')
  await pair(city, county, { isHost: true })
  await pair(county, city, { isHost: true })
})
afterEach(async () => {
  await county.close()
  await city.close()
})

const names = async (at: Centre) => (await at.store.all<{ name: string }>('SELECT name FROM boats ORDER BY name')).map((row) => row.name)
const chain = () => `${county.own.station}/up:hancheng`

test('entries, the rows of an import and an attachment come over on a stick in parts; what is not permitted stays', async () => {
  const { blob } = await importBoats(county, 20)
  const photo = await county.blobs.put(Readable.from([randomBytes(5_000)]), { limitBytes: 1e6 })
  const subject = { dataset: 'boats', row: newId() }
  const kit = { photos: [{ sha256: photo.sha256 }], other: 'f'.repeat(64) }
  await county.journal.write({ actor: 'a', action: 'boats.write', subject, rows: [{ ...subject, set: { name: '甲', kit } }], scope: 'up:hancheng' })
  await writeBoat(county, '本中心', 'centre:hancheng')
  await writeBoat(county, '本台', 'self')
  await writeBoat(county, '共享', 'shared')

  const { parts, made } = await prepare(county, 'weinan', { partBytes: 1_024 })
  const paths = await ontoStick(parts, join(county.directory, 'stick'))
  expect(paths.length).toBeGreaterThan(2)
  expect(made).toMatchObject({ entries: 3, files: 2, left: { chains: [], files: [] } })

  const { report, holds } = await imported(city, fromStick(paths.toReversed()))
  expect(report).toEqual({ station: county.own.station, unit: 'hancheng', madeAt: 1_800_000_000_000, added: 3, duplicates: 0, refused: [], files: 2 })
  expect(holds).toEqual(
    new Map([
      [`${county.own.station}/shared`, 1],
      [chain(), 2],
    ]),
  )
  await city.journal.bulkIdle()
  expect(await names(city)).toEqual(['共享', '甲', ...Array.from({ length: 20 }, (_, index) => `船${index}`)].sort())
  expect(await city.blobs.info(blob)).not.toBeNull()
  expect(await city.blobs.info(photo.sha256)).toEqual(photo)
  expect((await city.journal.verify()).damage).toEqual([])
})

test('the same package again brings nothing new, nor do its entries by the network', async () => {
  for (const name of ['a', 'b', 'c']) await writeBoat(county, name)
  const parts = await exported(county, 'weinan')
  expect((await imported(city, sources(parts))).report).toMatchObject({ added: 3, duplicates: 0 })
  const state = await city.journal.stateHash()
  expect((await imported(city, sources(parts))).report).toMatchObject({ added: 0, duplicates: 3, refused: [] })
  const batch = await county.journal.sealedBatch({ scope: 'up:hancheng', after: 1 })
  expect(await city.journal.apply([batch])).toMatchObject([{ added: 0, duplicates: 2, refusal: null }])
  expect(await city.journal.stateHash()).toBe(state)
})

test('a package that begins after a gap names the chain that waits, and goes in when the gap is filled', async () => {
  for (const name of ['a', 'b', 'c']) await writeBoat(county, name)
  const later = await exported(county, 'weinan', { held: new Map([[chain(), 2]]) })
  const { report } = await imported(city, sources(later))
  expect(report).toMatchObject({ added: 0, refused: [{ station: county.own.station, scope: 'up:hancheng', reason: 'held' }] })
  expect(await names(city)).toEqual([])
  expect((await imported(city, sources(await exported(county, 'weinan')))).report.refused).toEqual([])
  expect(await names(city)).toEqual(['a', 'b', 'c'])
})

test('what a county wrote goes on from the city to the province under the county’s own seals', async () => {
  const province = await openCentre('shaanxi')
  await pair(province, city, { isHost: true })
  await writeBoat(county, 'a')
  const { blob } = await importBoats(county, 3)
  await writeBoat(county, 'for everybody', 'shared')
  await imported(city, sources(await exported(county, 'weinan')))
  await writeBoat(city, 'b')
  const { report } = await imported(province, sources(await exported(city, 'shaanxi')))
  expect(report).toMatchObject({ station: city.own.station, unit: 'weinan', added: 4, refused: [], files: 1 })
  await province.journal.bulkIdle()
  expect(await names(province)).toEqual(['a', 'b', 'for everybody', '船0', '船1', '船2'])
  expect(await province.blobs.has(blob)).toBe(true)
  await province.close()
})

test('a receipt says what arrived, and the next package begins there', async () => {
  await writeBoat(county, 'a')
  await writeBoat(city, 'centre’s own', 'centre:weinan')
  const { id } = await imported(city, sources(await exported(county, 'weinan')))
  const receipt = await bytesOf(await receiptPackage({ journal: city.journal, own: city.own, unit: 'hancheng', superiors, answers: id, now: 5 }))
  expect(receipt.length).toBeLessThan(1_500)
  const answer = await imported(county, sources([receipt]))
  expect(answer).toMatchObject({ kind: 'receipt', answers: id, report: { station: city.own.station, unit: 'weinan', madeAt: 5, added: 0 } })
  expect(answer.holds).toEqual(new Map([[chain(), 1]]))

  await writeBoat(county, 'b')
  const { parts, made } = await prepare(county, 'weinan', { held: answer.holds })
  const next = await drawn(parts)
  expect(made.entries).toBe(1)
  expect((await imported(city, sources(next))).report).toMatchObject({ added: 1, duplicates: 0, refused: [] })
})

test('a file that an erasure has changed goes as it is now, to whoever knows of the erasure', async () => {
  const { blob } = await importBoats(county, 3)
  await county.journal.bulkIdle()
  await county.journal.erase({ rows: [{ dataset: 'boats', row: importedId('boats', 'ledger', 'k1') }], actor: 'a', reason: 'asked for' })
  await county.journal.filesErased()
  const { left, report } = await imported(city, sources(await exported(county, 'weinan')))
  expect(left.files).toEqual([])
  expect(report.files).toBe(1)
  await city.journal.bulkIdle()
  await city.journal.filesErased()
  expect(await joined(city.blobs.read(blob))).toEqual(await joined(county.blobs.read(blob)))
  expect(await city.store.all('SELECT name, phone FROM boats ORDER BY name NULLS FIRST')).toEqual(
    await county.store.all('SELECT name, phone FROM boats ORDER BY name NULLS FIRST'),
  )
  expect((await city.journal.verify()).damage).toEqual([])
  // It goes on from there.
  const province = await openCentre('shaanxi')
  await pair(province, city, { isHost: true })
  await pair(city, province, { isHost: true })
  await imported(province, sources(await exported(city, 'shaanxi')))
  expect(await joined(province.blobs.read(blob))).toEqual(await joined(county.blobs.read(blob)))
  await province.close()
})

test('a changed file is taken from nobody where no erasure reaches it', async () => {
  const { blob } = await importBoats(county, 3)
  await county.journal.bulkIdle()
  const { sha256: is } = await county.blobs.replace(blob, Readable.from([Buffer.from('other bytes')]))
  const subject = { dataset: 'boats', row: newId() }
  await county.journal.write({ actor: 'station', action: 'journal.eraseFile', subject, rows: [], scope: 'self', note: { blob, is } })
  const { report } = await imported(city, sources(await exported(county, 'weinan')))
  expect(report.files).toBe(0)
  expect(await city.blobs.has(blob)).toBe(false)
})

test('the table an import was read from comes with it', async () => {
  const { sha256: file } = await county.blobs.put(Readable.from([randomBytes(500)]), { limitBytes: 1e6 })
  await importBoats(county, 3, 'up:hancheng', { file })
  const { report } = await imported(city, sources(await exported(county, 'weinan')))
  expect(report.files).toBe(2)
  expect(await joined(city.blobs.read(file))).toEqual(await joined(county.blobs.read(file)))
})

test('a file that is damaged or not here is named by its maker and left out', async () => {
  const { blob } = await importBoats(county, 3)
  await county.journal.bulkIdle()
  await county.blobs.replace(blob, Readable.from([Buffer.from('other bytes')]))
  expect((await imported(city, sources(await exported(county, 'weinan')))).left.files).toEqual([{ sha256: blob, reason: 'damaged' }])
  await county.blobs.remove(blob)
  const { report, left } = await imported(city, sources(await exported(county, 'weinan')))
  expect(report).toMatchObject({ duplicates: 1, files: 0 })
  expect(left.files).toEqual([{ sha256: blob, reason: 'missing' }])
  expect(await city.blobs.has(blob)).toBe(false)
})
