// The 通讯录: posts before names, numbers verified and reported wrong, what is handed over, what is kept of a draft.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ContactFields } from '../../contract/index.ts'
import { type ContactsStation, officer, openContactsStation } from './testing.ts'

let station: ContactsStation
let now = Date.parse('2026-11-24T02:03:00+08:00')
beforeEach(async () => {
  station = await openContactsStation({ now: () => now })
})
afterEach(() => station.close())

const two: ContactFields['telephones'] = [
  { kind: 'duty', number: '0913-0100021' },
  { kind: 'mobile', number: '0913 0100022' },
]
const only = async () => (await station.contacts.directory(null)).contacts[0]

test('post or name must be there; the unit must exist; numbers keep their kinds and their order', async () => {
  await expect(station.addContact({ post: ' ', name: '' })).rejects.toMatchObject({ code: 'INVALID_INPUT', params: { field: 'post' } })
  await expect(station.addContact({ unit: '0197a000-0000-7000-8000-00000000dead' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await station.addContact({ unit: station.ids.city, post: '应急科科长', name: '样例甲', telephones: two })
  expect(await only()).toMatchObject({ post: '应急科科长', telephones: two, isSample: false })
  expect((await only())?.telephones[0]).toEqual({ ...two[0], verifiedAt: null, verifiedByName: '', wrong: null })
})

test('one number is reported wrong, the other stays good; verified puts it right', async () => {
  const id = await station.addContact({ unit: station.ids.city, telephones: two })
  const wrong = { contact: id, number: '09130100022' }
  await station.contacts.contacts.reportWrong(wrong, '机主换人', officer)
  now += 60_000
  await station.contacts.contacts.reportWrong(wrong, '再报一次', { ...officer, name: '周班长' })
  expect((await only())?.telephones.map(({ wrong: report }) => report)).toEqual([
    null,
    { at: now - 60_000, by: officer.account, byName: '李值班', words: '机主换人' },
  ])
  expect(await station.contacts.wrongNumbers()).toMatchObject([{ party: '渭南市应急管理局 值班室', contact: id, unit: station.ids.city }])
  await station.contacts.contacts.verify({ contact: id, number: '0913-0100021' }, officer)
  expect((await only())?.telephones).toMatchObject([
    { verifiedAt: now, verifiedByName: '李值班' },
    { verifiedAt: null, wrong: { words: '机主换人' } },
  ])
  await station.contacts.contacts.verify(wrong, officer)
  expect((await only())?.telephones).toMatchObject([{ wrong: null }, { verifiedAt: now, wrong: null }])
  await expect(station.contacts.contacts.reportWrong({ contact: id, number: '0913-0199999' }, '', officer)).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('two numbers of one contact reported wrong at the same moment are both kept', async () => {
  const id = await station.addContact({ unit: station.ids.city, telephones: two })
  await Promise.all(two.map(({ number }) => station.contacts.contacts.reportWrong({ contact: id, number }, '', officer)))
  expect((await only())?.telephones.every(({ wrong }) => wrong !== null)).toBe(true)
})

test('a number that is no longer hers is no longer wrong, and a new one is not yet verified', async () => {
  const id = await station.addContact({ unit: station.ids.city, telephones: two })
  const change = (set: ContactFields['telephones'], seen: ContactFields['telephones']) =>
    station.contacts.contacts.change({ id, set: { telephones: set }, seen: { telephones: seen } }, officer)
  await station.contacts.contacts.verify({ contact: id, number: '0913-0100021' }, officer)
  await station.contacts.contacts.reportWrong({ contact: id, number: '0913 0100022' }, '', officer)
  const next: ContactFields['telephones'] = [
    { kind: 'duty', number: '0913 0100021' },
    { kind: 'mobile', number: '0913-0100099' },
  ]
  await change(next, two)
  expect((await only())?.telephones).toMatchObject([
    { verifiedAt: now, wrong: null },
    { verifiedAt: null, wrong: null },
  ])
  expect(await station.contacts.wrongNumbers()).toEqual([])
  await change(two, next)
  expect(await station.contacts.wrongNumbers()).toHaveLength(1)
})

test('what another console has changed meanwhile is not overwritten', async () => {
  const id = await station.addContact({ post: '值班员' })
  await station.contacts.contacts.change({ id, set: { name: '样例乙' }, seen: { name: '' } }, officer)
  await expect(station.contacts.contacts.change({ id, set: { name: '样例丙' }, seen: { name: '' } }, officer)).rejects.toMatchObject({
    code: 'CONFLICT',
  })
  await station.contacts.contacts.remove(id, officer)
  await expect(station.contacts.contacts.change({ id, set: { note: '…' }, seen: { note: '' } }, officer)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('numbers reported wrong are handed over, one matter a record', async () => {
  const id = await station.addContact({ unit: station.ids.city, telephones: two })
  for (const { number } of two) await station.contacts.contacts.reportWrong({ contact: id, number }, '停机', officer)
  await station.contacts.contacts.reportWrong({ unit: station.ids.county }, '', officer)
  expect(await station.contacts.readOpenMatters()).toMatchObject([
    { id: `note:${station.ids.county}`, kind: 'note', title: '号码有误待核：华州区应急管理局', since: now },
    {
      id: `note:${id}`,
      detail: '0913-0100021，停机，李值班；0913 0100022，停机，李值班',
      to: { name: 'contacts-unit', params: { id: station.ids.city } },
    },
  ])
})
