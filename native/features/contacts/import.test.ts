// Files in and out: a phone book as people keep it, its bad rows kept; what was taken out comes back in as a change, never as a double.
import readXlsxFile from 'read-excel-file/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CentreSettings, NOT_CLASSIFIED_NOTICE, type ProblemCode } from '../../contract/index.ts'
import { type ImportStation, openImportStation } from '../imports/testing/import-station.ts'
import { Contacts } from './contacts.feature.ts'
import { officer } from './testing.ts'

let station: ImportStation
let contacts: Contacts
beforeAll(async () => {
  station = await openImportStation({
    outlines: false,
    existing: (opened) => {
      contacts = new Contacts({
        ...opened,
        settings: () => Promise.resolve(CentreSettings.parse({ centreName: '样例市应急指挥中心' })),
        setSettings: () => Promise.reject(new Error('nobody sets anything here')),
      })
      return contacts.existingRows
    },
  })
  await contacts.start()
})
afterAll(() => station.close())

const csv = (lines: string[]) => `${lines.join('\n')}\n`
async function bring(
  target: 'units' | 'contacts',
  source: string,
  lines: string[],
  accepted: ('duplicate-existing' | 'unknown-unit' | 'no-telephone')[] = [],
) {
  const job = await station.check({ blob: await station.blobOf(csv(lines)), fileName: `${source}.csv` }, { target, source, accepted })
  if (job.good > 0) {
    await station.imports.commit(job.id, officer.account)
    await station.imports.settled(job.id)
    await station.journal.bulkIdle()
  }
  return { ...job, problems: await problemsOf(job.id) }
}
async function problemsOf(job: string): Promise<Record<number, ProblemCode[]>> {
  const { rows } = await station.imports.badRows(job, { offset: 0, limit: 200, problem: null })
  return Object.fromEntries(rows.map((row) => [row.row, row.problems.map(({ code }) => code)]))
}
const unitsByName = async () => new Map((await contacts.tree()).units.map((unit) => [unit.name, unit]))

const unitLedger = [
  '编号,单位名称,上级编号,上级单位,单位类型,管辖区划,值班电话,核对日期',
  'D-2,华州区应急管理局,D-1,,县级,610503,0913-0100003,2026-11-20',
  'D-1,渭南市应急管理局,,,市级,渭南市,0913-0100001 转 8,',
  ',样例化工园区管委会,,渭南市应急管理局,部门,,0913-0100004,',
  'D-9,甲局,D-10,,县级,,,',
  'D-10,乙局,D-9,,县级,,,',
  'D-11,丙局,没有的上级,,县级,,,',
  'D-12,,,,县级,,,',
  'D-13,丁局,,,星际,火星,12,明天',
]

test('a tree comes in whatever the order of its rows; loops and unknown superiors are kept back', async () => {
  const job = await bring('units', '报送关系', unitLedger)
  expect(job.problems).toEqual({
    5: ['superior-loop'],
    6: ['superior-loop'],
    7: ['unknown-unit'],
    8: ['missing'],
    9: ['unknown-kind', 'unknown-area', 'bad-type', 'bad-type'],
  })
  const units = await unitsByName()
  const city = units.get('渭南市应急管理局')
  expect(city).toMatchObject({
    code: 'D-1',
    superior: null,
    kind: 'city',
    covers: ['610500'],
    dutyTelephone: '0913-0100001 转 8',
    dutyTelephoneVerifiedAt: null,
  })
  expect(units.get('华州区应急管理局')).toMatchObject({ superior: city?.id, dutyTelephoneVerifiedAt: Date.parse('2026-11-20T00:00:00+08:00') })
  expect(units.get('样例化工园区管委会')).toMatchObject({ code: null, superior: city?.id, kind: 'department' })
})

const book = [
  '序号,单位,职务,姓名,值班电话,电话,传真,备注,微信群',
  '1,华州区应急管理局,值班室,,0913-0100011、0913-0100012,,0913-0100013,,值班群',
  '2,渭南市 应急管理局,应急科科长,样例甲,,0913-0100014(夜间转接),,,',
  '3,华州区应急管理局,,,0913-0100015,,,,',
  '4,没有的单位,联络员,样例乙,,0913-0100016,,,',
  '5,华州区应急管理局,信息员,样例丙,,,,,',
  '6,华州区应急管理局,信息员,样例丙,,0913-0100017,,,',
  '7,华州区应急管理局,局长,样例丁,,打办公室,,,',
  '8,华州区应急管理局,,样例戊,,0913-0100018,,机密★20年,',
  '9,,主任,样例己,,0913-0100019,,,',
]

test('a phone book comes in with every number under its kind; what is wrong is named row by row', async () => {
  const job = await bring('contacts', '全市通讯录', book)
  expect(job.problems).toEqual({
    4: ['duplicate'],
    5: ['unknown-unit'],
    6: ['no-telephone'],
    8: ['bad-type'],
    9: ['classified-marking'],
    10: ['missing'],
  })
  const { contacts: people } = await contacts.directory(null)
  expect(
    people.map(({ post, name, telephones, note }) => [post, name, telephones.map(({ kind, number }) => `${kind} ${number}`).join(), note]),
  ).toEqual([
    ['值班室', '', 'duty 0913-0100011,duty 0913-0100012,fax 0913-0100013', '微信群：值班群'],
    ['应急科科长', '样例甲', 'office 0913-0100014', '夜间转接'],
    ['信息员', '样例丙', 'office 0913-0100017', ''],
  ])
})

test('rows without a unit or a number go in when a person lets them, and the unit is remembered by its words', async () => {
  await bring(
    'contacts',
    '补充',
    ['单位,职务,姓名,电话', '没有的单位,联络员,样例乙,0913-0100016', '华州区应急管理局,驾驶员,样例庚,'],
    ['unknown-unit', 'no-telephone'],
  )
  expect((await contacts.contactsOf(null)).map(({ unitName, name }) => [unitName, name])).toEqual([['没有的单位', '样例乙']])
  expect(await contacts.search('没有的单位', 5)).toHaveLength(1)
})

test('the same people from another file change nothing; a changed number waits for a word, then changes the one who is there', async () => {
  const before = await station.journal.length()
  const same = await bring('contacts', '别人的通讯录', ['单位,职务,姓名,电话', '渭南市应急管理局,应急科科长,样例甲,0913-0100014'])
  expect(same).toMatchObject({ good: 1, bad: 0 })
  // Only how the columns were read.
  expect((await station.journal.length()) - before).toBe(1)
  const changed = ['单位,职务,姓名,电话,核对日期', '渭南市应急管理局,应急科科长,样例甲,0913-0100099,2026-11-01']
  expect((await bring('contacts', '别人的通讯录', changed)).problems).toEqual({ 2: ['duplicate-existing'] })
  await bring('contacts', '别人的通讯录', changed, ['duplicate-existing'])
  const found = (await contacts.directory(null)).contacts.filter(({ name }) => name === '样例甲')
  expect(found).toHaveLength(1)
  expect(found[0]).toMatchObject({
    note: '夜间转接',
    source: '全市通讯录',
    telephones: [{ kind: 'office', number: '0913-0100099', verifiedAt: Date.parse('2026-11-01T00:00:00+08:00') }],
  })
})

test('a unit that is there by another file is the same unit, and what reports to it finds it', async () => {
  const lines = ['编号,单位名称,上级编号,值班电话', 'D-1,渭南市应急管理局,,0913-0100001 转 8', 'D-3,临渭区应急管理局,D-1,0913-0100021']
  expect((await bring('units', '新报送关系', lines)).problems).toEqual({})
  const units = await unitsByName()
  expect(units.get('临渭区应急管理局')?.superior).toBe(units.get('渭南市应急管理局')?.id)
  expect([...units.values()].filter(({ code }) => code === 'D-1')).toHaveLength(1)
  // A loop through what is already there: the city under its own county.
  const loop = await bring('units', '新报送关系', ['编号,单位名称,上级编号', 'D-1,渭南市应急管理局,D-2'], ['duplicate-existing'])
  expect(loop.problems).toEqual({ 2: ['superior-loop'] })
})

test('the exported workbook carries the notice, no formula, and comes back in without a change', async () => {
  const nasty = await contacts.directory(null)
  const id = nasty.contacts[0]?.id ?? ''
  await contacts.contacts.change({ id, set: { note: '=HYPERLINK("http://x")' }, seen: { note: '微信群：值班群' } }, officer)
  const { bytes, fileName } = await contacts.exports.file({ format: 'xlsx', table: 'contacts', unit: null }, officer)
  expect(fileName).toMatch(/^通讯录-\d{4}-\d\d-\d\d\.xlsx$/)
  const sheets = await readXlsxFile(Buffer.from(bytes))
  const rows = sheets[0]?.data ?? []
  expect(String(rows[0]?.[0])).toContain(`样例市应急指挥中心`)
  expect(String(rows[0]?.[0])).toContain(NOT_CLASSIFIED_NOTICE)
  expect(sheets.map(({ sheet }) => sheet)).toEqual(['通讯录', '单位'])
  const length = await station.journal.length()
  for (const [target, sheet] of [
    ['contacts', '通讯录'],
    ['units', '单位'],
  ] as const) {
    const job = await station.check(
      { blob: await station.blobOf(bytes), fileName },
      { target, source: '导出再导入', sheet, accepted: ['unknown-unit', 'no-telephone'] },
    )
    expect([target, await problemsOf(job.id), job.good]).toEqual([
      target,
      {},
      rows.length > 0 ? (sheets.find((one) => one.sheet === sheet)?.data.length ?? 0) - 2 : 0,
    ])
    await station.imports.commit(job.id, officer.account)
    await station.imports.settled(job.id)
  }
  expect((await station.journal.length()) - length).toBe(2)
})

test('CSV: a cell that a spreadsheet would run is made harmless and read back as it was', async () => {
  const { bytes } = await contacts.exports.file({ format: 'csv', table: 'contacts', unit: null }, officer)
  const text = Buffer.from(bytes).toString()
  expect(text.startsWith('\uFEFF')).toBe(true)
  expect(text).toContain(`"'=HYPERLINK(""http://x"")"`)
  const job = await station.check(
    { blob: await station.blobOf(bytes), fileName: 'a.csv' },
    { target: 'contacts', source: '导出再导入', accepted: ['unknown-unit', 'no-telephone'] },
  )
  expect(await problemsOf(job.id)).toEqual({})
})

test('a branch alone, and that it was taken is an entry', async () => {
  const county = (await unitsByName()).get('华州区应急管理局')
  const { bytes } = await contacts.exports.file({ format: 'csv', table: 'units', unit: county?.id ?? null }, officer)
  expect(Buffer.from(bytes).toString().trim().split('\r\n')).toHaveLength(3)
  const rows = await station.store.all<{ actor: string }>("SELECT actor FROM journal WHERE action = 'contacts.export' ORDER BY arrival DESC LIMIT 1")
  expect(rows).toEqual([{ actor: officer.account }])
  await expect(contacts.exports.file({ format: 'csv', table: 'units', unit: officer.account }, officer)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
