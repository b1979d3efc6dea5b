// The reporting tree: what reports to whom, never in a circle; two consoles on one unit; whom we report to.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ContactsStation, officer, openContactsStation } from './testing.ts'

let station: ContactsStation
beforeEach(async () => {
  station = await openContactsStation()
})
afterEach(() => station.close())

const unit = async (id: string) => (await station.contacts.tree()).units.find((one) => one.id === id)

test('a unit may have no code; 韩城 reports to the province like a city', async () => {
  const { ids, contacts } = station
  const hancheng = await station.addUnit({ name: '韩城市应急管理局', superior: ids.province, covers: ['610581'] })
  expect((await contacts.superiorOf(hancheng))?.name).toBe('省应急管理厅')
  expect(await unit(hancheng)).toMatchObject({ code: null, covers: ['610581'], isSample: false, contacts: 0 })
  expect(await contacts.superiorOf(ids.province)).toBeNull()
  expect(await contacts.unit('0197a000-0000-7000-8000-00000000dead')).toBeNull()
})

test('a unit cannot report to itself or to what reports to it', async () => {
  const { ids, contacts } = station
  for (const superior of [ids.city, ids.county])
    await expect(contacts.units.change({ id: ids.city, set: { superior }, seen: { superior: ids.province } }, officer)).rejects.toMatchObject({
      code: 'STATE_NOT_ALLOWED',
      params: { loop: true },
    })
  await contacts.units.change({ id: ids.county, set: { superior: ids.province }, seen: { superior: ids.city } }, officer)
  expect((await contacts.superiorOf(ids.county))?.id).toBe(ids.province)
})

test('of two moves that would together close a loop, the second is refused', async () => {
  const { ids, contacts } = station
  const results = await Promise.allSettled([
    contacts.units.change({ id: ids.office, set: { superior: ids.city }, seen: { superior: ids.province } }, officer),
    contacts.units.change({ id: ids.city, set: { superior: ids.office }, seen: { superior: ids.province } }, officer),
  ])
  expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('a loop that arrived from elsewhere hangs nothing', async () => {
  const { ids, contacts, journal } = station
  await journal.write({
    actor: 'station',
    action: 'units.import',
    subject: { dataset: 'units', row: ids.province },
    rows: [{ dataset: 'units', row: ids.province, set: { superior: ids.county } }],
  })
  station.settings.centreUnit = ids.city
  expect((await contacts.recipientsAbove()).map(({ unit: one }) => one.name)).toEqual(['渭南市总值班室', '省应急管理厅', '华州区应急管理局'])
  expect((await contacts.directory(ids.city)).units).toHaveLength(5)
})

test('what another console has changed meanwhile is not overwritten', async () => {
  const { ids, contacts } = station
  await contacts.units.change({ id: ids.city, set: { address: '东风街' }, seen: { address: '' } }, officer)
  await expect(contacts.units.change({ id: ids.city, set: { address: '朝阳大街' }, seen: { address: '' } }, officer)).rejects.toMatchObject({
    code: 'CONFLICT',
    params: { field: 'address' },
  })
  // Another field of the same unit is nobody's loss; the same words twice are no quarrel.
  await contacts.units.change({ id: ids.city, set: { note: '夜间走侧门', address: '东风街' }, seen: { note: '', address: '' } }, officer)
  expect(await unit(ids.city)).toMatchObject({ address: '东风街', note: '夜间走侧门' })
})

test('another duty telephone is one that nobody has verified; the report of the old one falls', async () => {
  const { ids, contacts } = station
  await contacts.contacts.verify({ unit: ids.city }, officer)
  await contacts.contacts.reportWrong({ unit: ids.city }, '空号', officer)
  expect(await unit(ids.city)).toMatchObject({ dutyTelephoneVerifiedAt: expect.any(Number) as number, wrong: { words: '空号', byName: '李值班' } })
  await contacts.units.change({ id: ids.city, set: { dutyTelephone: '0913-0100011' }, seen: { dutyTelephone: '0913-0100001' } }, officer)
  expect(await unit(ids.city)).toMatchObject({ dutyTelephone: '0913-0100011', dutyTelephoneVerifiedAt: null, wrong: null })
})

test('a unit that others report to is not taken out; an empty one goes with its contacts', async () => {
  const { ids, contacts } = station
  await expect(contacts.units.remove(ids.city, officer)).rejects.toMatchObject({ code: 'STATE_NOT_ALLOWED', params: { units: 2 } })
  await station.addContact({ unit: ids.county, post: '值班员' })
  await contacts.units.remove(ids.county, officer)
  expect(await contacts.unit(ids.county)).toBeNull()
  expect((await contacts.directory(null)).contacts).toEqual([])
})

test('the same name twice under one superior is refused, under another it is not', async () => {
  const { ids } = station
  await expect(station.addUnit({ name: ' 渭南市应急管理局 ', superior: ids.province })).rejects.toMatchObject({ code: 'DUPLICATE' })
  await expect(station.addUnit({ name: '渭南市应急管理局', superior: ids.office })).resolves.toBeTypeOf('string')
})

test('本级总值班室 and the department above are told both; farther up is 越级', async () => {
  const { ids, contacts, settings } = station
  expect(await contacts.recipientsAbove()).toEqual([])
  settings.centreUnit = ids.county
  expect((await contacts.recipientsAbove()).map(({ unit: one, relation, steps }) => [one.name, relation, steps])).toEqual([
    ['渭南市应急管理局', 'superior', 1],
    ['渭南市总值班室', 'government', 1],
    ['省应急管理厅', 'superior', 2],
  ])
  settings.centreUnit = ids.city
  expect((await contacts.recipientsAbove()).map(({ unit: one, relation, steps }) => [one.name, relation, steps])).toEqual([
    ['渭南市总值班室', 'government', 0],
    ['省应急管理厅', 'superior', 1],
  ])
  expect(await contacts.ourName()).toBe('渭南市应急管理局')
  settings.centreName = '样例市应急指挥中心'
  expect(await contacts.ourName()).toBe('样例市应急指挥中心')
})

test('a marking of a state secret is refused wherever it stands', async () => {
  await expect(station.addUnit({ name: '某单位', note: '机密★20年' })).rejects.toMatchObject({ code: 'CLASSIFIED_MARKING' })
})
