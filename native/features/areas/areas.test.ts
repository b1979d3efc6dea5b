import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { areaPrefix, coversArea } from '../../contract/index.ts'
import { openTestStation, type TestStation } from '../../testing/station.ts'
import { areaBoundaryProjection } from './areas.projection.ts'
import type { AreasService } from './areas.service.ts'
import { seedAreas } from './testing/seed-areas.ts'

let station: TestStation
let areas: AreasService
beforeAll(async () => {
  station = await openTestStation({ projections: [areaBoundaryProjection] })
  areas = await seedAreas(station, { outlines: true })
})
afterAll(() => station.close())

const best = async (query: string) => (await areas.search(query, 5)).map((area) => area.name)

test.each([
  ['临渭区', '临渭区'],
  ['临渭', '临渭区'],
  ['渭南市临渭区', '临渭区'],
  ['610502', '临渭区'],
  ['lwq', '临渭区'],
  ['wubu', '吴堡县'],
  ['wubuxian', '吴堡县'],
  ['wbx', '吴堡县'],
  ['zhashui', '柞水县'],
  ['huazhou', '华州区'],
  ['huyi', '鄠邑区'],
  ['fp', '佛坪县'],
  ['户县', '鄠邑区'],
  ['610125', '鄠邑区'],
  ['６１０５０２', '临渭区'],
  ['weinan', '渭南市'],
  ['6105', '渭南市'],
])('%s finds %s', async (query, name) => {
  expect(await best(query)).toContain(name)
})

test('the most exact hit comes first, nothing is found for nothing', async () => {
  expect((await best('临渭区'))[0]).toBe('临渭区')
  expect((await best('lwq'))[0]).toBe('临渭区')
  expect((await best('610500'))[0]).toBe('渭南市')
  expect(await best('')).toEqual([])
  expect(await best('没有这个地方')).toEqual([])
})

test.each([
  ['罕井', ['陕西省', '渭南市', '蒲城县', '罕井镇']],
  ['蒲城县罕井镇', ['陕西省', '渭南市', '蒲城县', '罕井镇']],
  ['hanjingzhen', ['陕西省', '渭南市', '蒲城县', '罕井镇']],
])('%s is a town without a row: its county is found, with the town behind it', async (query, path) => {
  expect((await areas.search(query, 8)).map((area) => [area.code, area.path])).toContainEqual(['610526', path])
})

test('a town of another county than the one said is not offered', async () => {
  expect(await areas.search('临渭区罕井镇', 8)).toEqual([])
})

test('codes: in force, former, of a town, unknown', async () => {
  expect((await areas.byCode('610502')).path).toEqual(['陕西省', '渭南市', '临渭区'])
  expect((await areas.byCode('610521')).name).toBe('华州区')
  expect((await areas.byCode('610502001')).name).toBe('临渭区')
  expect((await areas.byCode('61')).name).toBe('陕西省')
  await expect(areas.byCode('990000')).rejects.toMatchObject({ code: 'PLACE_UNKNOWN' })
})

test('a shorter code covers what begins with it', () => {
  expect(['610000', '610500', '610502', '610502001'].map(areaPrefix)).toEqual(['61', '6105', '610502', '610502001'])
  expect(coversArea('610500', '610502')).toBe(true)
  expect(coversArea('610502', '610500')).toBe(false)
  expect(coversArea('610500', '610402')).toBe(false)
})

describe('a point', () => {
  test('inside a city with outlines only of cities lies at the nearest county of that city, approximately', async () => {
    const at = await areas.at([109.51, 34.5])
    expect(at).toMatchObject({ by: 'centre', isApproximate: true, area: { code: '610502' } })
    expect(at?.centreDistanceM).toBeLessThan(20_000)
  })
  test('outside every outline still gets the nearest centre, said to be approximate', async () => {
    expect(await areas.at([116.4, 39.9])).toMatchObject({ by: 'centre', isApproximate: true })
  })
})

test('outlines come with the area they belong to', async () => {
  const cities = await areas.boundaries(['city'], '610000')
  expect(cities).toHaveLength(10)
  expect(cities.every((city) => city.area.kind === 'city' && city.reviewNumber === null)).toBe(true)
})

test('children of the province are its cities', async () => {
  expect((await areas.children('610000')).map((area) => area.kind)).toEqual(Array(10).fill('city'))
})

test('each county has a class of roads by the longest prefix of its code; a city has none', async () => {
  const terrain = async (code: string) => (await areas.byCode(code)).terrain
  expect(await Promise.all(['610502', '610331', '610927', '610102', '610581'].map(terrain))).toEqual([
    'plain',
    'mountain',
    'mountain',
    'urban',
    'hill',
  ])
  expect(await terrain('610500')).toBeNull()
  const { all } = await areas.index()
  expect(all.filter((area) => area.kind === 'county' && area.terrain === null)).toEqual([])
})
