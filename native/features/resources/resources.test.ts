import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type IncidentFacts, NearestInput, ResourceFilter, type ResourceSave, WanglouError } from '../../contract/index.ts'
import { distanceM } from '../../kernel/great-circle.ts'
import { newId } from '../../kernel/ids.ts'
import { openTestStation, type TestStation } from '../../testing/station.ts'
import { seedAreas } from '../areas/testing/seed-areas.ts'
import { resourceProjection } from './resources.projection.ts'
import { ResourcesService } from './resources.service.ts'

let station: TestStation
let resources: ResourcesService
const incidents = new Map<string, string>()
const now = Date.parse('2026-01-10T00:00:00+08:00')

beforeAll(async () => {
  station = await openTestStation({ projections: [resourceProjection] })
  const areas = await seedAreas(station)
  const incident = (id: string): Promise<IncidentFacts> => {
    const title = incidents.get(id)
    if (title === undefined) throw new WanglouError('NOT_FOUND')
    return Promise.resolve({ id, title, typeCode: null, typeName: null, position: null, area: null, grade: null, isGradeConfirmed: false, words: '', happenedAt: null, isClosed: title === '办结' })
  }
  resources = new ResourcesService({ ...station, areas, incident, now: () => now })
  await resources.start()
})
afterAll(async () => {
  await resources.stop()
  await station.close()
})

const blank: ResourceSave = {
  id: null, seen: null, kind: 'team', subKind: null, name: '', area: '610502', address: null, position: [109.5, 34.5], contact: null, telephone: null, capacity: null, equipment: null, readiness: 'ready', unit: null, expiresAt: null,
}
const add = (row: Partial<ResourceSave>) => resources.save({ ...blank, ...row }, 'tester')
const filter = (row: Partial<ResourceFilter>) => ResourceFilter.parse(row)
const names = async (row: Partial<ResourceFilter>) => (await resources.list({ filter: filter(row), offset: 0, limit: 50 })).rows.map((one) => one.name)
function incidentCalled(title: string): string {
  const id = newId()
  incidents.set(id, title)
  return id
}
const codeOf = (work: Promise<unknown>) => work.then(() => 'ok', (error: unknown) => (error instanceof WanglouError ? error.code : String(error)))

test('changed at two consoles: what each changed stands, what one had not seen is refused, what was only shown is left alone', async () => {
  const { id: _, seen: __, ...seen } = { ...blank, name: '两席同改的库' }
  const { id } = await add(seen)
  await add({ id, ...seen, telephone: '0913-0100077', position: [109.6, 34.6], seen })
  const mine = await add({ id, ...seen, capacity: 40, seen })
  expect(mine).toMatchObject({ telephone: '0913-0100077', position: [109.6, 34.6], capacity: 40 })
  await expect(add({ id, ...seen, telephone: '0913-0100099', seen })).rejects.toMatchObject({ code: 'CONFLICT', params: { field: 'telephone' } })
  const insisted = await add({ id, ...seen, telephone: '0913-0100099', seen: { ...seen, telephone: '0913-0100077' } })
  expect(insisted).toMatchObject({ telephone: '0913-0100099', position: [109.6, 34.6], capacity: 40 })
})

describe('list and search', () => {
  beforeAll(async () => {
    await add({ name: '吴堡县综合救援队', area: '610829', unit: '甲局' })
    await add({ name: '佛坪县人民医院', kind: 'hospital', area: '610730', readiness: 'available' })
    await add({ name: '华州区物资储备库', kind: 'store', area: '610503', equipment: '吴堡挂面、帐篷', expiresAt: now + 86_400_000 })
    await add({ name: '柞水县避难场所', kind: 'shelter', area: '611026', expiresAt: now - 1, readiness: 'maintenance' })
  })

  test.each([
    ['救援', '吴堡县综合救援队'], ['wbx', '吴堡县综合救援队'], ['fpx', '佛坪县人民医院'], ['rmyy', '佛坪县人民医院'], ['hzq', '华州区物资储备库'], ['zsx', '柞水县避难场所'], ['帐篷', '华州区物资储备库'], ['库', '华州区物资储备库'], ['华州 wzcbk', '华州区物资储备库'],
  ])('%s finds %s', async (query, name) => {
    expect(await names({ query })).toContain(name)
  })
  test('a hit in the name stands before one elsewhere', async () => {
    expect(await names({ query: '吴堡' })).toEqual(['吴堡县综合救援队', '华州区物资储备库'])
    const page = await resources.list({ filter: filter({ query: '吴堡' }), offset: 1, limit: 1 })
    expect(page).toMatchObject({ count: 2, isCountCapped: false, rows: [{ name: '华州区物资储备库' }] })
  })
  test('initials do not match across what they do not spell', async () => expect(await names({ query: 'xyzq' })).toEqual([]))
  test('filters', async () => {
    expect(await names({ kinds: ['hospital'] })).toEqual(['佛坪县人民医院'])
    expect(await names({ area: '610500' })).toContain('华州区物资储备库')
    expect(await names({ area: '610500' })).not.toContain('吴堡县综合救援队')
    expect(await names({ readiness: ['maintenance'] })).toEqual(['柞水县避难场所'])
    expect(await names({ unit: '甲局' })).toEqual(['吴堡县综合救援队'])
    expect(await names({ expiry: 'expired' })).toEqual(['柞水县避难场所'])
    expect(await names({ expiry: 'within-30-days' })).toEqual(['华州区物资储备库'])
    expect(await names({ query: '县', kinds: ['hospital', 'shelter'], area: '610700' })).toEqual(['佛坪县人民医院'])
  })
  test('what is changed is found by its new words only, what is removed not at all', async () => {
    const { id } = await add({ name: '旧名测试队' })
    await add({ id, name: '新称测试队' })
    expect(await names({ query: '旧名' })).toEqual([])
    expect(await names({ query: '新称' })).toEqual(['新称测试队'])
    await resources.remove(id, 'tester')
    expect(await names({ query: '新称' })).toEqual([])
    expect(await resources.nearest(NearestInput.parse({ position: [109.5, 34.5], kinds: ['team'], k: 200 }))).not.toContainEqual(expect.objectContaining({ id }))
    await expect(resources.detail(id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
  test('history says who did what', async () => {
    const { id } = await add({ name: '有历史的队' })
    await add({ id, name: '有历史的队', capacity: 12 })
    const history = await resources.history(id)
    expect(history.map((entry) => entry.action)).toEqual(['resources.change', 'resources.add'])
    expect(history[0]?.columns).toContain('capacity')
  })
})

describe('one holder at a time', () => {
  test('of 50 at once one wins, the others are told who holds it', async () => {
    const { id } = await add({ name: '抢手的队' })
    const ids = Array.from({ length: 50 }, (_, i) => incidentCalled(`事件${i}`))
    const results = await Promise.allSettled(ids.map((incident) => resources.reservations.reserve({ resource: id, incident, words: null }, 'tester')))
    const won = results.filter((result) => result.status === 'fulfilled')
    expect(won).toHaveLength(1)
    const holder = incidents.get(won[0]?.value.incident ?? '')
    for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'ALREADY_RESERVED', params: { holder, resource: '抢手的队' } })
    expect((await resources.detail(id)).reservations).toHaveLength(1)
  })

  test('two consoles that had not heard of one another: both stand, and it is raised until one gives way', async () => {
    const { id } = await add({ name: '两边都要的队' })
    const other = await openTestStation()
    for (const [one, two] of [[station, other], [other, station]] as const) await one.journal.trust({ station: two.journal.station, publicKey: two.journal.publicKey, certifiedBy: null })
    await resources.reservations.reserve({ resource: id, incident: incidentCalled('这边'), words: null }, 'tester')
    const theirs = newId()
    await other.journal.write({
      actor: 'other', action: 'resources.reserve', subject: { dataset: 'incidents', row: newId() },
      rows: [{ dataset: 'reservations', row: theirs, set: { resource: id, incident: newId(), state: 'reserved', confirmation: 'provisional', reservedAt: now, reservedBy: 'other' } }],
    })
    expect(await resources.reservations.doubleBooked()).toEqual([])
    await station.journal.apply([await other.journal.sealedBatch({ scope: 'centre:local', after: 0 })])
    expect(await resources.reservations.doubleBooked()).toMatchObject([{ resource: id, name: '两边都要的队', incidents: 2 }])
    expect((await resources.detail(id)).reservations).toHaveLength(2)
    await resources.reservations.cancel(theirs, '让给那边', 'tester')
    expect(await resources.reservations.doubleBooked()).toEqual([])
    await other.close()
  })

  test('预占 → 调用 → 归还, then free again; each on the time line of the incident', async () => {
    const { id } = await add({ name: '走完流程的队' })
    const incident = incidentCalled('流程')
    const reservation = await resources.reservations.reserve({ resource: id, incident, words: '先占着' }, 'tester')
    expect(reservation).toMatchObject({ state: 'reserved', confirmation: 'confirmed', words: '先占着' })
    expect((await resources.detail(id)).heldBy).toBe(incident)
    expect(await codeOf(resources.remove(id, 'tester'))).toBe('ALREADY_RESERVED')
    expect(await names({ query: '走完流程', held: 'free' })).toEqual([])
    await resources.reservations.use(reservation.id, null, 'tester')
    expect(await codeOf(resources.reservations.cancel(reservation.id, null, 'tester'))).toBe('STATE_NOT_ALLOWED')
    expect(await resources.reservations.giveBack(reservation.id, null, 'tester')).toMatchObject({ state: 'returned' })
    expect(await codeOf(resources.reservations.giveBack(reservation.id, null, 'tester'))).toBe('STATE_NOT_ALLOWED')
    expect((await resources.detail(id)).heldBy).toBeNull()
    await resources.reservations.reserve({ resource: id, incident: incidentCalled('下一个'), words: null }, 'tester')
    const entries = await station.journal.timeline({ dataset: 'incidents', row: incident }, { by: 'known' })
    expect(entries.map((entry) => entry.action)).toEqual(['resources.reserve', 'resources.use', 'resources.giveBack'])
  })

  test('a closed incident takes nothing, an unknown resource is not found', async () => {
    const { id } = await add({ name: '闲着的队' })
    expect(await codeOf(resources.reservations.reserve({ resource: id, incident: incidentCalled('办结'), words: null }, 'tester'))).toBe('STATE_NOT_ALLOWED')
    expect(await codeOf(resources.reservations.reserve({ resource: newId(), incident: incidentCalled('开着'), words: null }, 'tester'))).toBe('NOT_FOUND')
    expect(await codeOf(resources.reservations.use(newId(), null, 'tester'))).toBe('NOT_RESERVED')
  })
})

test('stock is the sum of its movements; below zero is an alert, not a refusal', async () => {
  const { id } = await add({ name: '有库存的库', kind: 'store' })
  const move = (quantity: number, reason: 'in' | 'out', item = '帐篷') => resources.move({ resource: id, item, measure: '顶', quantity, reason, words: null, incident: null }, 'tester')
  await move(0.1, 'in')
  await move(0.2, 'in')
  expect(await move(-0.3, 'out')).toEqual([{ item: '帐篷', measure: '顶', quantity: 0, isNegative: false, expiresAt: null, movements: 3 }])
  expect(await resources.stockAlerts()).toEqual([])
  expect((await move(-5, 'out'))[0]).toMatchObject({ quantity: -5, isNegative: true })
  expect(await resources.stockAlerts()).toMatchObject([{ name: '有库存的库', item: '帐篷', quantity: -5 }])
  await Promise.all(Array.from({ length: 20 }, () => move(1, 'in', '棉被')))
  expect((await resources.detail(id)).stock.find((one) => one.item === '棉被')?.quantity).toBe(20)
  expect(await resources.movements(id)).toHaveLength(24)
})

test('distances are along the ground and the range of minutes is called an estimate', async () => {
  await add({ name: '近处医院', kind: 'expert', position: [109.6, 34.5] })
  const [row] = await resources.nearest(NearestInput.parse({ position: [109.5, 34.5], kinds: ['expert'] }))
  expect(row?.distanceM).toBeCloseTo(distanceM([109.5, 34.5], [109.6, 34.5]), 1)
  expect(row?.bearingDeg).toBeCloseTo(90, 0)
  expect(row?.travel).toMatchObject({ isEstimate: true, roadClass: 'plain' })
  expect(row?.travel.minutesLow).toBeLessThan(row?.travel.minutesHigh ?? 0)
})
