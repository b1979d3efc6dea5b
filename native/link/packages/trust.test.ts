// Whom a package is believed from, for whom it is, and which of its chains go in.
import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Scope } from '../../contract/index.ts'
import { makeSeal, type SealedBatch } from '../../journal/seal.ts'
import { writeContents } from './contents.ts'
import { refusalOf } from './refusal.ts'
import { type Centre, exported, importBoats, imported, joined, openCentre, pair, sources, traces, writeBoat } from './testing/centres.ts'
import { flipped, recordOf, signedPackage } from './testing/forge.ts'

const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31)
const nothingLeft = recordOf('S', { chains: [], files: [] })
let county: Centre
let city: Centre
let province: Centre
let opened: Centre[]
beforeEach(async () => {
  opened = []
  county = await open('hancheng')
  city = await open('weinan')
  province = await open('shaanxi')
  await pair(city, county, { isHost: true })
  await pair(city, province, { isHost: true })
})
afterEach(async () => {
  for (const one of opened) await one.close()
})

async function open(unit: string): Promise<Centre> {
  const centre = await openCentre(unit)
  opened.push(centre)
  return centre
}
const reason = (at: Centre, parts: readonly Uint8Array[]) => imported(at, sources(parts)).then(() => null, refusalOf)
async function batchOf(from: Centre, scope: Scope): Promise<SealedBatch> {
  const batch = await from.journal.sealedBatch({ scope, after: 0 })
  if (batch === null) throw new Error('no batch')
  return batch
}
const claim = (of: Centre) => ({ station: of.own.station, unit: of.unit, publicKey: of.own.publicKey })
const packaged = (maker: Centre, claims: unknown[], batches: unknown[]) =>
  signedPackage(maker.own, Buffer.concat([recordOf('K', claims), ...batches.map((batch) => recordOf('B', batch)), nothingLeft]), {})

test('a maker we do not know, another key under a known name, a package for somebody else', async () => {
  const stranger = await open('huayin')
  await writeBoat(stranger, 'a')
  await writeBoat(county, 'a')
  const before = await traces(city)
  expect(await reason(city, await exported(stranger, 'weinan'))).toBe('unknown-key')
  const own = { ...stranger.own, station: county.own.station }
  expect(await reason(city, await exported(county, 'weinan', { own }))).toBe('unknown-key')
  // The right key named, the wrong one used.
  expect(await reason(city, await exported(county, 'weinan', { own: { ...county.own, sign: stranger.own.sign } }))).toBe('tampered')
  expect(await reason(city, await exported(county, 'weinan', { own: { ...county.own, unit: 'shaanxi' } }))).toBe('unknown-key')
  expect(await reason(city, await exported(county, 'shaanxi'))).toBe('not-for-us')
  expect(await traces(city)).toEqual(before)
})

test('a batch without a good seal is refused with everything beside it', async () => {
  await writeBoat(county, 'a')
  await writeBoat(county, 'shared', 'shared')
  const [good, sealed] = [await batchOf(county, 'up:hancheng'), await batchOf(county, 'shared')]
  const { privateKey } = generateKeyPairSync('ed25519')
  const forged = { ...sealed, seal: makeSeal(sealed.seal, privateKey) }
  const { seal: _seal, ...bare } = sealed
  const changed = { ...sealed, entries: sealed.entries.map((entry) => ({ ...entry, actor: 'somebody else' })) }
  const before = await traces(city)
  for (const bad of [forged, bare, changed, { v: 1 }, null]) expect(await reason(city, [await packaged(county, [], [good, bad])])).toBe('unsealed')
  expect(await traces(city)).toEqual(before)
  expect((await imported(city, sources([await packaged(county, [], [good, sealed])]))).report.added).toBe(2)
})

test('chains we may not hold, or that are not their writer’s to write, stay out; the others go in', async () => {
  await writeBoat(county, 'up')
  await writeBoat(county, 'inside', 'centre:hancheng')
  await writeBoat(county, 'in the province’s name', 'down:shaanxi')
  await writeBoat(county, 'own', 'self')
  const batches = await Promise.all((['centre:hancheng', 'down:shaanxi', 'self', 'up:hancheng'] as Scope[]).map((scope) => batchOf(county, scope)))
  const { report } = await imported(city, sources([await packaged(county, [], batches)]))
  const { station } = county.own
  expect(report.added).toBe(1)
  expect(report.refused).toEqual(['centre:hancheng', 'down:shaanxi', 'self'].map((scope) => ({ station, scope, reason: 'scope' })))
  expect((await city.journal.heads()).map((end) => end.scope)).toEqual(['up:hancheng'])
})

test('a host vouches for its own consoles and for whom it stands in between, and for nobody else', async () => {
  const console2 = await open('hancheng')
  const other = await open('huayin')
  const ministry = await open('beijing')
  await writeBoat(console2, 'a')
  await writeBoat(other, 'b')
  await writeBoat(ministry, 'c', 'shared')
  const batches = [await batchOf(console2, 'up:hancheng'), await batchOf(other, 'up:huayin'), await batchOf(ministry, 'shared')]
  const claims = [claim(console2), claim(other), { ...claim(ministry), unit: 'shaanxi' }]
  const { report } = await imported(city, sources([await packaged(county, claims, batches)]))
  expect(report.added).toBe(1)
  expect(report.refused).toEqual([
    { station: other.own.station, scope: 'up:huayin', reason: 'unknown-station' },
    { station: ministry.own.station, scope: 'shared', reason: 'unknown-station' },
  ])
  expect(await city.store.get('SELECT certifiedBy FROM journal_stations WHERE station = ?', [console2.own.station])).toEqual({
    certifiedBy: county.own.station,
  })
  // The city stands between its counties.
  await pair(county, city, { isHost: true })
  const relayed = await signedPackage(city.own, Buffer.concat([recordOf('K', claims), recordOf('B', await sharedOf(other)), nothingLeft]), {
    forUnit: 'hancheng',
  })
  expect((await imported(county, sources([relayed]))).report).toMatchObject({ added: 1, refused: [] })
})

test('a console that is no host vouches for nobody, and a key once known is never changed', async () => {
  const console2 = await open('hancheng')
  await pair(city, console2, { isHost: false })
  const console3 = await open('hancheng')
  await writeBoat(console3, 'a')
  const batch = await batchOf(console3, 'up:hancheng')
  expect((await imported(city, sources([await packaged(console2, [claim(console3)], [batch])]))).report.refused).toMatchObject([
    { reason: 'unknown-station' },
  ])
  const stolen = { ...claim(console2), publicKey: console3.own.publicKey }
  const forged = { ...batch, station: console2.own.station, seal: { ...batch.seal, station: console2.own.station } }
  expect(await reason(city, [await packaged(county, [stolen], [forged])])).toBe('unsealed')
})

test('whatever a trusted maker signs, only entries that were sealed go in', async () => {
  console.log(`seed ${seed}`)
  await writeBoat(county, 'a')
  await writeBoat(county, 'b', 'shared')
  await importBoats(county, 5)
  const { journal, store, blobs } = county
  const made = { entries: 0, batches: 0, files: 0, left: { chains: [], files: [] } }
  const ends = await journal.heads()
  const contents = await joined(writeContents({ journal, store, blobs, ends, held: new Map(), claims: [claim(county)] }, made))
  const written = new Set((await store.all<{ hash: string }>('SELECT hex(hash) AS hash FROM journal')).map((row) => row.hash))
  await fc.assert(
    fc.asyncProperty(fc.nat(contents.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
      const error = await imported(city, sources([await signedPackage(county.own, flipped(contents, at, mask), {})])).then(
        () => null,
        (one: unknown) => one,
      )
      if (error !== null && refusalOf(error) === null) throw error
    }),
    { seed, numRuns: 120 },
  )
  for (const { hash } of await city.store.all<{ hash: string }>('SELECT hex(hash) AS hash FROM journal')) expect(written).toContain(hash)
  expect((await city.journal.verify()).damage.filter((one) => one.kind !== 'blob')).toEqual([])
})

async function sharedOf(of: Centre): Promise<SealedBatch> {
  await writeBoat(of, 'everybody’s', 'shared')
  return batchOf(of, 'shared')
}
