import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LonLat, NearestInput, type ResourceKind, resourceKinds } from '../../contract/index.ts'
import { boxAround, distanceM } from '../../kernel/great-circle.ts'
import { importedId } from '../../kernel/ids.ts'
import { openTestStation, type TestStation } from '../../testing/station.ts'
import { NearestSearch } from './nearest.ts'
import { resourceProjection } from './resources.projection.ts'

const seed = Date.now() % 2_147_483_647
console.log(`nearest: fast-check seed ${seed}`)

interface Placed {
  kind: ResourceKind
  position: LonLat
}

let station: TestStation
let search: NearestSearch
let placed: (Placed & { key: number })[]

/** Clustered as towns are, with one kind that only three rows have. */
beforeAll(async () => {
  station = await openTestStation({ projections: [resourceProjection] })
  const random = mulberry(seed)
  const towns = Array.from({ length: 30 }, (): LonLat => [106 + random() * 4, 33 + random() * 4])
  const all: Placed[] = Array.from({ length: 3000 }, (_, index) => {
    const [lon, lat] = towns[Math.floor(random() ** 2 * towns.length)] ?? [109, 34]
    return {
      kind: index < 3 ? 'expert' : (resourceKinds.filter((kind) => kind !== 'expert')[index % 7] ?? 'team'),
      position: [lon + (random() - 0.5) * 0.2, lat + (random() - 0.5) * 0.2],
    }
  })
  const rows = all.map(({ kind, position: [lon, lat] }, index) => ({
    dataset: 'resources',
    row: importedId('resources', 'test', String(index)),
    set: { kind, name: `资源${index}`, lon, lat },
  }))
  for (let at = 0; at < rows.length; at += 100)
    await station.journal.write({
      actor: 'station',
      action: 'resources.seed',
      subject: { dataset: 'resources', row: rows[0]?.row ?? '' },
      rows: rows.slice(at, at + 100),
    })
  const stored = await station.store.all<{ key: number; kind: ResourceKind; lon: number; lat: number }>('SELECT key, kind, lon, lat FROM resources')
  placed = stored.map(({ key, kind, lon, lat }) => ({ key, kind, position: [lon, lat] }))
  search = new NearestSearch(station.store)
})
afterAll(() => station.close())

function mulberry(state: number): () => number {
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

test('the k nearest are exactly those of a full scan, anywhere, for any kinds, k and reach', async () => {
  const question = fc.record({
    position: fc.tuple(fc.double({ min: 104, max: 112, noNaN: true }), fc.double({ min: 31, max: 40, noNaN: true })),
    kinds: fc.uniqueArray(fc.constantFrom(...resourceKinds), { minLength: 1 }),
    k: fc.integer({ min: 1, max: 60 }),
    withinM: fc.constantFrom(2000, 50_000, 900_000),
  })
  await fc.assert(
    fc.asyncProperty(question, async (input) => {
      const found = await search.find(NearestInput.parse(input))
      const expected = placed
        .filter((one) => input.kinds.includes(one.kind))
        .map((one) => distanceM(input.position, one.position))
        .filter((distance) => distance <= input.withinM)
        .toSorted((a, b) => a - b)
        .slice(0, input.k)
      expect(found.length).toBe(expected.length)
      // The tree holds whole centimetres: distances agree to that.
      for (const [index, one] of found.entries()) expect(Math.abs(one.distanceM - (expected[index] ?? 0))).toBeLessThan(0.05)
    }),
    { seed, numRuns: 150 },
  )
})

test('a place with more rows than one box may hold, asked about from where nothing is', async () => {
  const pile = await openTestStation({ projections: [resourceProjection] })
  const at: LonLat = [109.5, 34.5]
  const rows = Array.from({ length: 1600 }, (_, index) => ({
    dataset: 'resources',
    row: importedId('resources', 'pile', String(index)),
    set: { kind: 'team', name: `队${index}`, lon: at[0], lat: at[1] },
  }))
  for (let from = 0; from < rows.length; from += 100)
    await pile.journal.write({
      actor: 'station',
      action: 'resources.seed',
      subject: { dataset: 'resources', row: rows[0]?.row ?? '' },
      rows: rows.slice(from, from + 100),
    })
  const nearest = new NearestSearch(pile.store)
  // The far question teaches it a radius of hundreds of kilometres.
  for (const position of [[105, 38], [109.5004, 34.5], at] satisfies LonLat[]) {
    const found = await nearest.find(NearestInput.parse({ position, kinds: ['team'], k: 20, withinM: 900_000 }))
    expect(found.length).toBe(20)
    for (const one of found) expect(Math.abs(one.distanceM - distanceM(position, at))).toBeLessThan(0.05)
  }
  await pile.close()
})

test('a box around a circle holds the circle', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -80, max: 80, noNaN: true }),
      fc.double({ min: 1, max: 1e6, noNaN: true }),
      fc.double({ min: 0, max: 360, noNaN: true }),
      (lat, radiusM, bearing) => {
        const { lonDeg, latDeg } = boxAround([0, lat], radiusM)
        const radian = Math.PI / 180
        const d = radiusM / 6_371_008.8
        const lat2 = Math.asin(Math.sin(lat * radian) * Math.cos(d) + Math.cos(lat * radian) * Math.sin(d) * Math.cos(bearing * radian))
        const lon2 = Math.atan2(
          Math.sin(bearing * radian) * Math.sin(d) * Math.cos(lat * radian),
          Math.cos(d) - Math.sin(lat * radian) * Math.sin(lat2),
        )
        expect(Math.abs(lat2 / radian - lat)).toBeLessThanOrEqual(latDeg + 1e-9)
        expect(Math.abs(lon2 / radian)).toBeLessThanOrEqual(lonDeg + 1e-9)
      },
    ),
    { seed },
  )
})
