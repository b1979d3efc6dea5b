import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestStation, type TestStation } from '../../testing/station.ts'
import { areaBoundaryProjection } from './areas.projection.ts'
import type { AreasService } from './areas.service.ts'
import { seedAreas } from './testing/seed-areas.ts'

let station: TestStation
let areas: AreasService
beforeAll(async () => {
  station = await openTestStation({ projections: [areaBoundaryProjection] })
  areas = await seedAreas(station)
})
afterAll(() => station.close())

async function blobOf(content: string | Uint8Array): Promise<string> {
  return (await station.blobs.put(Readable.from([Buffer.from(content)]), { limitBytes: 1e9 })).sha256
}
function square(lon: number, lat: number, half: number) {
  return {
    type: 'Polygon',
    coordinates: [
      [
        [lon - half, lat - half],
        [lon + half, lat - half],
        [lon + half, lat + half],
        [lon - half, lat + half],
        [lon - half, lat - half],
      ],
    ],
  }
}
const feature = (properties: Record<string, unknown>, geometry: unknown = square(109.5, 34.5, 0.2)) => ({ type: 'Feature', properties, geometry })
const file = (...features: unknown[]) => blobOf(JSON.stringify({ type: 'FeatureCollection', features }))

test('what is outdated or unknown is proposed, never assumed', async () => {
  const { rows } = await areas.inspectBoundaries(
    await file(
      feature({ code: '610502', name: '临渭区' }),
      feature({ code: '610125', name: '户县' }),
      feature({ code: 610521, name: '华县' }),
      feature({ code: '610502', name: '渭南城区' }),
      feature({ code: '999999', name: '彬县' }),
      feature({ code: '999999', name: '无名' }, square(109.94, 34.797, 0.02)),
      feature({ name: '潼关' }),
      feature({ code: '610502', name: '临渭区' }, { type: 'Point', coordinates: [109, 34] }),
      feature(
        { code: '610502', name: '临渭区' },
        {
          type: 'Polygon',
          coordinates: [
            [
              [109, 34],
              [109, 340],
              [110, 34],
              [109, 34],
            ],
          ],
        },
      ),
      feature({ code: '999998' }, null),
    ),
  )
  expect(rows.map(({ state, proposed, reason }) => [state, proposed, reason])).toEqual([
    ['ok', '610502', null],
    ['outdated', '610118', 'former-code'],
    ['outdated', '610503', 'former-code'],
    ['name-differs', '610502', null],
    ['outdated', '610482', 'former-name'],
    ['unknown', '610523', 'centre-inside'],
    ['no-code', '610522', 'same-name'],
    ['bad-geometry', null, null],
    ['bad-geometry', null, null],
    ['bad-geometry', null, null],
  ])
})

test('what a person confirmed goes in, the rest stays out, and points find their county', async () => {
  const blob = await file(feature({ code: '610125', name: '户县' }, square(108.6, 34.1, 0.2)), feature({ code: '610502', name: '临渭区' }))
  const result = await areas.importBoundaries({ blob, source: '客户边界', reviewNumber: null, confirmed: [{ row: 1, area: '610118' }] }, 'tester')
  expect(result).toEqual({ imported: 1, leftOut: 1 })
  await station.journal.bulkIdle()
  expect(await areas.at([108.6, 34.1])).toMatchObject({ by: 'boundary', isApproximate: false, area: { code: '610118' } })
  expect((await areas.boundaries(['county'], null)).map((one) => one.area.code)).toEqual(['610118'])
})

test('an area that does not exist cannot be confirmed', async () => {
  const blob = await file(feature({ code: '610502', name: '临渭区' }))
  await expect(
    areas.importBoundaries({ blob, source: 'x', reviewNumber: null, confirmed: [{ row: 1, area: '620000' }] }, 'tester'),
  ).rejects.toMatchObject({ code: 'PLACE_UNKNOWN' })
})

test.each([
  ['', 'FILE_EMPTY'],
  ['{"type":"FeatureCollection","features":[{"type":"Feature","geom', 'FILE_TRUNCATED'],
  ['{"type":"FeatureCollection","features":[NaN]}', 'FILE_UNREADABLE'],
  ['[1,2,3]', 'FILE_WRONG_TYPE'],
  ['{"type":"Topology"}', 'FILE_WRONG_TYPE'],
  ['PK\x03\x04 not really', 'FILE_TRUNCATED'],
  [Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), 'FILE_ENCODING'],
])('a bad file is named: %j', async (content, code) => {
  await expect(areas.inspectBoundaries(await blobOf(content))).rejects.toMatchObject({ code })
})
