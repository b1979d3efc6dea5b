// A package that is not as it was made is never applied: cut anywhere, changed anywhere, parts lost or mixed up; every refusal says why.
import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { packageRefusals } from '../../contract/index.ts'
import { refusalOf } from './refusal.ts'
import { type Centre, exported, importBoats, imported, openCentre, pair, sources, traces, writeBoat } from './testing/centres.ts'
import { flipped, foreignFile, rehashed } from './testing/forge.ts'

const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31)
let county: Centre
let city: Centre
let whole: Buffer
let parts: Buffer[]
let untouched: unknown

beforeAll(async () => {
  console.log(`seed ${seed}`)
  county = await openCentre('hancheng')
  city = await openCentre('weinan')
  await pair(city, county, { isHost: true })
  for (const name of ['a', 'b', 'c']) await writeBoat(county, `${name}${randomBytes(600).toString('base64')}`)
  await importBoats(county, 300)
  whole = (await exported(county, 'weinan'))[0] ?? Buffer.alloc(0)
  parts = await exported(county, 'weinan', { partBytes: 1_024 })
  untouched = await traces(city)
})
afterAll(async () => {
  await county.close()
  await city.close()
})

async function refusal(bytes: readonly Uint8Array[]): Promise<{ reason: string | null; params: unknown }> {
  const error = await imported(city, sources(bytes)).then(
    () => null,
    (caught: unknown) => caught,
  )
  const reason = refusalOf(error)
  if (error !== null && reason === null) throw error
  return { reason, params: (error as { params?: unknown } | null)?.params }
}

test('one byte changed anywhere is refused and named', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
      expect(packageRefusals).toContain((await refusal([flipped(whole, at, mask)])).reason)
    }),
    { seed, numRuns: 400 },
  )
  expect(await traces(city)).toEqual(untouched)
})

test('changed with its hash put right it is refused by the signature', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 10, max: whole.length - 33 }), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
      expect(packageRefusals).toContain((await refusal([rehashed(flipped(whole, at, mask))])).reason)
    }),
    { seed, numRuns: 400 },
  )
  expect(await traces(city)).toEqual(untouched)
})

test('cut at any length it is truncated', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), async (length) => {
      expect((await refusal([whole.subarray(0, length)])).reason).toBe('truncated')
    }),
    { seed, numRuns: 200 },
  )
  expect(await refusal([Buffer.concat([whole, Buffer.from('x')])])).toMatchObject({ reason: 'tampered' })
})

test('a part that is missing or damaged is named, and a good copy beside it is enough', async () => {
  const without = (index: number) => parts.filter((_, place) => place !== index)
  expect(parts.length).toBeGreaterThan(3)
  expect(await refusal(without(1))).toEqual({ reason: 'parts-missing', params: { reason: 'parts-missing', missing: '2' } })
  const last = parts.length - 1
  expect(await refusal(without(last))).toMatchObject({ reason: 'parts-missing', params: { missing: `${parts.length}` } })
  const [first, second, ...rest] = parts
  if (first === undefined || second === undefined) throw new Error('too few parts')
  const damaged = flipped(second, 500, 1)
  expect(await refusal([first, damaged, ...rest])).toEqual({ reason: 'tampered', params: { reason: 'tampered', part: '2' } })
  expect(await refusal([first, second.subarray(0, 700), ...rest])).toEqual({ reason: 'truncated', params: { reason: 'truncated', part: '2' } })
  const other = await exported(county, 'weinan', { partBytes: 1_024 })
  expect(await refusal([first, other[1] ?? Buffer.alloc(0), ...rest])).toMatchObject({ reason: 'parts-missing', params: { part: '2' } })
  expect(await traces(city)).toEqual(untouched)
  const fresh = await openCentre('weinan')
  await pair(fresh, county, { isHost: true })
  expect((await imported(fresh, sources([damaged, ...rest.toReversed(), second, first, first]))).report).toMatchObject({ added: 4, files: 1 })
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1_024, max: 8_000 }), async (partBytes) => {
      const cut = await exported(county, 'weinan', { partBytes })
      expect(Math.max(...cut.map((part) => part.length))).toBeLessThanOrEqual(partBytes)
      expect((await imported(fresh, sources(cut))).report).toMatchObject({ added: 0, duplicates: 4, refused: [] })
    }),
    { seed, numRuns: 20 },
  )
  await fresh.close()
})

test('some other file is no package, and a newer form is named', async () => {
  expect(await refusal([foreignFile()])).toMatchObject({ reason: 'no-package' })
  expect(await refusal([whole, foreignFile()])).toMatchObject({ reason: 'no-package', params: { part: '2' } })
  expect(await refusal([])).toMatchObject({ reason: 'no-package' })
  const newer = Buffer.from(whole)
  newer.writeUInt16BE(2, 8)
  expect(await refusal([rehashed(newer)])).toMatchObject({ reason: 'version' })
})
