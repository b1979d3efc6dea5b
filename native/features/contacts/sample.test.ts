// The sample pack brings a tree, a phone book with its bad rows kept, and which unit we are; all of it goes in one act.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '../../testing/app.ts'

const shipped = path.resolve(import.meta.dirname, '../../../resources/packs/shaanxi')
let app: TestApp
let folder: string
beforeAll(async () => {
  // The shipped pack, without the ledgers, incidents and plans of other rooms.
  folder = await mkdtemp(path.join(tmpdir(), 'wanglou-book-'))
  for (const file of ['areas.csv', 'units.csv', 'contacts.csv', 'centre.json']) await cp(path.join(shipped, file), path.join(folder, file))
  const manifest = JSON.parse(await readFile(path.join(shipped, 'pack.json'), 'utf8')) as { sample: { rooms: { room: string }[] } }
  const rooms = manifest.sample.rooms.filter(({ room }) => room.startsWith('contacts'))
  expect(rooms).toHaveLength(2)
  await writeFile(
    path.join(folder, 'pack.json'),
    JSON.stringify({ ...manifest, reference: { areas: 'areas.csv' }, sample: { units: 'units.csv', rooms } }),
  )
  app = await openTestApp()
  await app.packs.service.load({ location: folder, actor: 'station', withSample: true })
  await app.journal.bulkIdle()
}, 180_000)
afterAll(async () => {
  await app.close()
  await rm(folder, { recursive: true, force: true })
})

test('the book is loaded, what is wrong in it is in its quality report, and we know who is above us', async () => {
  const { rpc } = await app.as('duty-officer')
  const report = (await rpc.packs.list.query())[0]?.report
  expect(report?.['contacts']?.loaded).toBeGreaterThan(220)
  expect(report?.['contacts']?.refused).toBe(10)
  const { units, ourUnit, staleAfterDays } = await rpc.contacts.tree.query()
  expect(units.find((unit) => unit.id === ourUnit)?.name).toBe('渭南市应急管理局（样例）')
  expect(units.every((unit) => unit.isSample)).toBe(true)
  const staleAt = Date.now() - staleAfterDays * 86_400_000
  expect(units.filter((unit) => unit.dutyTelephoneVerifiedAt === null || unit.dutyTelephoneVerifiedAt < staleAt).length).toBeGreaterThan(10)
  expect((await rpc.contacts.recipientsAbove.query()).map(({ unit, steps }) => [unit.name, steps])).toEqual([
    ['渭南市总值班室（样例）', 0],
    ['陕西省应急管理厅（样例）', 1],
    ['陕西省总值班室（样例）', 1],
  ])
})

test.each([
  ['wubu', '吴堡县'],
  ['zhashui', '柞水县'],
  ['huazhou', '华州区'],
  ['huyi', '鄠邑区'],
  ['fp', '佛坪县'],
])('%s finds %s', async (query, name) => {
  const { rpc } = await app.as('command-member')
  // fp is 富平 too.
  const found = (await rpc.contacts.search.query({ query })).slice(0, 2).map(({ title }) => title)
  expect(found).toContain(`${name}应急管理局（样例）`)
})

test('who only reads can change nothing and take nothing away', async () => {
  const { rpc, token } = await app.as('command-member')
  const { units } = await rpc.contacts.tree.query()
  await expect(rpc.contacts.verify.mutate({ unit: units[0]?.id ?? '' })).rejects.toMatchObject({ data: { code: 'FORBIDDEN' } })
  const answer = await fetch(`${app.door.origin}/exports/contacts/csv`, { headers: { Authorization: `Bearer ${token}` } })
  expect(answer.status).toBe(403)
})

test('the workbook comes as a download with its Chinese name', async () => {
  const { token } = await app.as('duty-officer')
  const answer = await fetch(`${app.door.origin}/exports/contacts/xlsx`, { headers: { Authorization: `Bearer ${token}` } })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent('通讯录-'))
  expect(
    Buffer.from(await answer.arrayBuffer())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK')
  const wrong = await fetch(`${app.door.origin}/exports/contacts/exe`, { headers: { Authorization: `Bearer ${token}` } })
  expect(wrong.status).toBe(400)
})

test('the samples go in one act: units, contacts, calls; the centre is nobody again', async () => {
  const { rpc } = await app.as('duty-officer')
  const tree = await rpc.contacts.tree.query()
  const sample = tree.units[0]
  await rpc.contacts.recordCall.mutate({
    id: crypto.randomUUID(),
    incident: null,
    unit: sample?.id ?? null,
    contact: null,
    party: sample?.name ?? '',
    number: '029-0100000',
    purpose: 'other',
    outcome: 'busy',
    who: '',
    words: '',
    happenedAt: { at: Date.now(), precision: 'exact', source: '' },
    redialOf: null,
    about: null,
    isSample: true,
  })
  // A real person noted under a sample unit is not a sample: she stays, under the name the unit had.
  await rpc.contacts.add.mutate({
    ...{ id: crypto.randomUUID(), unit: sample?.id ?? null, post: '值班室', name: '', telephones: [], rank: 0, note: '' },
  })
  const admin = await app.as('system-admin')
  const [pack] = await admin.rpc.packs.list.query()
  await admin.rpc.packs.removeSample.mutate({ pack: pack?.id ?? '' })
  const after = await rpc.contacts.tree.query()
  expect(after).toMatchObject({ units: [], ourUnit: null, homeless: 1 })
  expect(await rpc.contacts.of.query({ unit: null })).toMatchObject([{ post: '值班室', unitName: sample?.name }])
  expect(await rpc.contacts.calls.query({})).toEqual([])
  expect(await rpc.contacts.recipientsAbove.query()).toEqual([])
})
