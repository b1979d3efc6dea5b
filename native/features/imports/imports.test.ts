import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BadRow } from '../../contract/index.ts'
import { type ImportStation, openImportStation } from './testing/import-station.ts'

let station: ImportStation
beforeAll(async () => {
  station = await openImportStation({ outlines: true })
})
afterAll(() => station.close())

const problems = (rows: readonly BadRow[]) => Object.fromEntries(rows.map((row) => [row.row, row.problems.map((problem) => problem.code)]))
const bad = async (job: string) => (await station.imports.badRows(job, { offset: 0, limit: 200, problem: null })).rows
const csvHead = '编号,名称,类别,行政区划代码,经度,纬度,联系电话,人数,有效期至,备注\n'

describe('ledgers written by other programs', () => {
  const headers = ['编号', '队伍名称', '类别', '所属区县', '位置/经度', '位置/纬度', '联系方式/负责人', '联系方式/联系电话', '队伍人数', '有效期至']
  test.each(['teams-openpyxl.xlsx', 'teams-libreoffice.xlsx', 'teams-libreoffice-utf8.csv', 'teams-libreoffice-gb18030.csv'])(
    '%s: title, two header rows, merged cells',
    async (fileName) => {
      const proposal = await station.imports.inspect({
        blob: await station.fixture(fileName),
        fileName,
        target: 'resources',
        source: '',
        sheet: null,
        encoding: null,
        headerRows: null,
      })
      expect(proposal.headerRows).toBe(3)
      expect(proposal.headers).toEqual(headers)
      expect(proposal.mapping).toEqual(['sourceKey', 'name', 'kind', 'area', 'lon', 'lat', 'contact', 'telephone', 'capacity', 'expiresAt'])
      expect(proposal.encoding).toBe(fileName.includes('gb18030') ? 'gb18030' : fileName.endsWith('csv') ? 'utf-8' : null)
    },
  )

  test('LibreOffice: formulas with their stored value go in and are counted, the rest is named row by row', async () => {
    const job = await station.check(
      { blob: await station.fixture('teams-libreoffice.xlsx'), fileName: 'teams-libreoffice.xlsx' },
      { source: 'libreoffice' },
    )
    expect(problems(await bad(job.id))).toEqual({ 7: ['coordinate-swapped'], 8: ['missing', 'expired', 'bad-type'], 9: ['duplicate'] })
    expect(job).toMatchObject({ state: 'checked', rowsRead: 7, good: 4, bad: 3, formulas: 2 })
    await station.imports.commit(job.id, 'tester')
    await station.imports.settled(job.id)
    expect((await station.imports.job(job.id)).state).toBe('done')
    const rows = await station.store.all(
      "SELECT sourceKey, name, area, lon, lat, telephone, capacity FROM resources WHERE source = 'libreoffice' ORDER BY sourceKey",
    )
    expect(rows).toMatchObject([
      { sourceKey: '2', area: '610502' },
      { sourceKey: 'D-1', area: '610502', lon: 109.5, lat: 34.5, telephone: '0913-0100011', capacity: 45 },
      { sourceKey: 'D-2', area: '610502', lat: 34.516666666666666, capacity: 25 },
      { sourceKey: 'D-3', area: '610503', lon: 109.7716 },
    ])
  })

  test('openpyxl: a formula without a stored value is no value', async () => {
    const job = await station.check(
      { blob: await station.fixture('teams-openpyxl.xlsx'), fileName: 'teams-openpyxl.xlsx' },
      { source: 'openpyxl', accepted: ['duplicate-existing'] },
    )
    const found = problems(await bad(job.id))
    expect(found[5]).toEqual(['formula-empty'])
    expect(found[10]).toContain('formula-empty')
  })
})

test('rows that the station has from another source are kept back, unless a person lets them in', async () => {
  const line = 'X1,双胞胎医院,医院,610502,109.52,34.52,0913-0100001,100,,\n'
  const first = await station.check({ blob: await station.blobOf(csvHead + line), fileName: 'a.csv' }, { source: '甲台账' })
  await station.imports.commit(first.id, 'tester')
  await station.journal.bulkIdle()
  const blob = await station.blobOf(csvHead + line.replace('X1', 'Y1'))
  const second = await station.check({ blob, fileName: 'b.csv' }, { source: '乙台账' })
  expect(second).toMatchObject({ good: 0, bad: 1, problems: { 'duplicate-existing': 1 } })
  expect((await bad(second.id))[0]?.problems[0]?.other).toBe('甲台账')
  expect(await station.check({ blob, fileName: 'b.csv' }, { source: '乙台账', accepted: ['duplicate-existing'] })).toMatchObject({ good: 1, bad: 0 })
})

test('a newer file of the same source updates its rows; what it no longer has is listed, not deleted', async () => {
  const old = await station.check(
    { blob: await station.blobOf(`${csvHead}K1,老队,队伍,610502,109.5,34.5,,10,,\nK2,撤了的队,队伍,610502,109.6,34.6,,5,,\n`), fileName: 'a.csv' },
    { source: '更新台账' },
  )
  await station.imports.commit(old.id, 'tester')
  await station.journal.bulkIdle()
  const next = await station.check(
    { blob: await station.blobOf(`${csvHead}K1,老队,队伍,610502,109.5,34.5,,12,,\n`), fileName: 'b.csv' },
    { source: '更新台账' },
  )
  expect(next).toMatchObject({ good: 1, missingFromSource: 1 })
  expect(await station.imports.missing(next.id, { offset: 0, limit: 10 })).toEqual(['K2'])
  await station.imports.commit(next.id, 'tester')
  await station.journal.bulkIdle()
  expect(await station.store.all("SELECT sourceKey, capacity FROM resources WHERE source = '更新台账' AND _deleted = 0 ORDER BY sourceKey")).toEqual([
    { sourceKey: 'K1', capacity: 12 },
    { sourceKey: 'K2', capacity: 5 },
  ])
})

test('how the columns were read is remembered for the source', async () => {
  const blob = await station.blobOf('甲,乙,丙,丁,戊\nR1,记住的队,队伍,109.5,34.5\n')
  const mapping = ['sourceKey', 'name', 'kind', 'lon', 'lat']
  const job = await station.check({ blob, fileName: 'a.csv' }, { source: '怪表头', mapping, datum: 'gcj02' })
  await station.imports.commit(job.id, 'tester')
  await station.imports.settled(job.id)
  const again = await station.imports.inspect({
    blob,
    fileName: 'a.csv',
    target: 'resources',
    source: '怪表头',
    sheet: null,
    encoding: null,
    headerRows: null,
  })
  expect(again).toMatchObject({ isRemembered: true, mapping, datum: 'gcj02' })
})

test.each([
  ['gcj02', '108.94445563', '34.3400445'],
  ['bd09', '108.95090143', '34.34627414'],
  ['wgs84', '108.9398', '34.3416'],
] as const)('declared %s coordinates become WGS-84', async (datum, lon, lat) => {
  const job = await station.check(
    { blob: await station.blobOf(`${csvHead}G1,偏移队,队伍,610100,${lon},${lat},,1,,\n`), fileName: 'a.csv' },
    { source: `基准${datum}`, datum, accepted: ['duplicate-existing'] },
  )
  await station.imports.commit(job.id, 'tester')
  await station.journal.bulkIdle()
  const row = await station.store.get<{ lon: number; lat: number }>('SELECT lon, lat FROM resources WHERE source = ?', [`基准${datum}`])
  expect(row?.lon).toBeCloseTo(108.9398, 5)
  expect(row?.lat).toBeCloseTo(34.3416, 5)
})

test('each thing that can be wrong with a row is named, and nothing is dropped silently', async () => {
  const rows = [
    'P1,好队,队伍,610502,109.5,34.5,0913-0100001,10,,其他内容',
    'P2,没坐标,队伍,610502,,,,,,',
    'P3,坐标坏,队伍,610502,abc,34.5,,,,',
    'P4,坐标超限,队伍,610502,999,34.5,,,,',
    'P5,坐标空值,队伍,610502,NaN,NaN,,,,',
    'P6,颠倒,队伍,610502,34.5,109.5,,,,',
    'P7,省外,队伍,,116.4,39.9,,,,',
    'P8,区划不认识,队伍,990000,109.5,34.5,,,,',
    'P9,类别不认识,魔法,610502,109.5,34.5,,,,',
    'P10,人数坏,队伍,610502,109.5,34.5,,若干,,',
    'P11,过期,队伍,610502,109.5,34.5,,,2001-01-01,',
    'P12,电话坏,队伍,610502,109.5,34.5,不知道呀,,,',
    'P13,多一列,队伍,610502,109.5,34.5,,,,,多余',
    'P14,有NUL\0字符,队伍,610502,109.5,34.5,,,,',
    `P15,${'长'.repeat(201)},队伍,610502,109.5,34.5,,,,`,
    'P16,错误值,队伍,610502,109.5,34.5,,#REF!,,',
    'P17,零坐标,队伍,610502,0,0,,,,',
    'P18,远离本县,队伍,610502,109.5,38.3,,,,',
  ]
  const job = await station.check(
    { blob: await station.blobOf(csvHead + rows.join('\n')), fileName: 'a.csv' },
    { source: '问题台账', area: '610000' },
  )
  expect(job.rowsRead).toBe(rows.length)
  expect(job.good + job.bad).toBe(rows.length)
  expect(problems(await bad(job.id))).toEqual({
    3: ['missing-position'],
    4: ['coordinate-unreadable'],
    5: ['coordinate-out-of-range'],
    6: ['coordinate-unreadable'],
    7: ['coordinate-swapped'],
    8: ['outside-area'],
    9: ['unknown-area'],
    10: ['unknown-kind'],
    11: ['bad-type'],
    12: ['expired'],
    13: ['bad-type'],
    15: ['text-malformed'],
    16: ['too-long'],
    17: ['bad-type', 'bad-type'],
    18: ['coordinate-out-of-range'],
    19: ['outside-area'],
  })
  await station.imports.commit(job.id, 'tester')
  await station.journal.bulkIdle()
  expect(await station.store.get("SELECT attributes FROM resources WHERE sourceKey = 'P13'")).toEqual({ attributes: '{"第11列":"多余"}' })
  expect(await station.store.get("SELECT attributes FROM resources WHERE sourceKey = 'P1'")).toEqual({ attributes: '{"备注":"其他内容"}' })
})
