import { truncate } from 'node:fs/promises'
import PizZip from 'pizzip'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WanglouError } from '../../contract/index.ts'
import { type ImportStation, openImportStation } from './testing/import-station.ts'

let station: ImportStation
beforeAll(async () => {
  station = await openImportStation()
})
afterAll(() => station.close())

async function code(blob: string, fileName: string): Promise<string> {
  return station.imports.inspect({ blob, fileName, target: 'resources', source: '', sheet: null, encoding: null, headerRows: null }).then(
    (proposal) => proposal.kind,
    (error: unknown) => (error instanceof WanglouError ? error.code : String(error)),
  )
}
const inspect = async (content: string | Uint8Array, fileName: string) => code(await station.blobOf(content), fileName)

const sheetXml = (rows: string) =>
  `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`
function workbook(sheet: string | Buffer, extra: Record<string, string> = {}): Buffer {
  const zip = new PizZip()
  const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  zip.file('xl/workbook.xml', `<workbook xmlns:r="${relation}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`)
  zip.file('xl/_rels/workbook.xml.rels', `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`)
  zip.file('xl/worksheets/sheet1.xml', sheet)
  for (const [name, data] of Object.entries(extra)) zip.file(name, data)
  return zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' })
}
const cells = (row: number, ...values: string[]) =>
  `<row r="${row}">${values.map((value, column) => `<c r="${String.fromCharCode(65 + column)}${row}" t="inlineStr"><is><t>${value}</t></is></c>`).join('')}</row>`

describe('files that are no table, or not whole', () => {
  test('0 bytes', async () => expect(await inspect('', 'a.csv')).toBe('FILE_EMPTY'))
  test('a picture called a workbook', async () =>
    expect(await inspect(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2]), 'a.xlsx')).toBe('FILE_WRONG_TYPE'))
  test('a PDF', async () => expect(await inspect('%PDF-1.7\n%%EOF', 'a.xlsx')).toBe('FILE_WRONG_TYPE'))
  test('an old .xls by LibreOffice', async () => expect(await code(await station.fixture('teams-libreoffice.xls'), 'a.xls')).toBe('FILE_WRONG_TYPE'))
  test('a Word document', async () => {
    const zip = new PizZip()
    zip.file('word/document.xml', '<w:document/>')
    expect(await inspect(zip.generate({ type: 'nodebuffer' }), 'a.xlsx')).toBe('FILE_WRONG_TYPE')
  })
  test('a workbook cut short', async () => {
    const whole = workbook(sheetXml(cells(1, 'a')))
    expect(await inspect(whole.subarray(0, whole.length - 40), 'a.xlsx')).toBe('FILE_TRUNCATED')
  })
  test('a sheet whose XML is cut short', async () =>
    expect(await inspect(workbook(sheetXml(cells(1, 'a')).slice(0, -30)), 'a.xlsx')).toBe('FILE_UNREADABLE'))
  test('a quoted field that never ends', async () => expect(await inspect('a,b\n"c,d\ne,f\n', 'a.csv')).toBe('FILE_TRUNCATED'))
  test('a workbook with a password', async () =>
    expect(await inspect(Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.from('EncryptedPackage', 'utf16le')]), 'a.xlsx')).toBe(
      'FILE_ENCRYPTED',
    ))
  test('UTF-8 with broken bytes', async () => {
    const text = Buffer.from('名称,经度,纬度\n应急救援队伍,109,34\n')
    text[text.length - 20] = 0xff
    expect(await inspect(text, 'a.csv')).toBe('FILE_ENCODING')
  })
  test('bytes of no encoding', async () => expect(await inspect(Buffer.from([0x61, 0x2c, 0xff, 0xff, 0x0a]), 'a.csv')).toBe('FILE_ENCODING'))
  test('300 MB', async () => {
    const blob = await station.blobOf('to be made larger')
    await truncate(station.blobs.pathOf(blob), 300_000_000)
    expect(await code(blob, 'a.csv')).toBe('FILE_TOO_LARGE')
  })
})

describe('files that would fill the memory', () => {
  test('a zip bomb', async () => expect(await inspect(workbook(Buffer.alloc(90_000_000, 32)), 'a.xlsx')).toBe('FILE_ZIP_BOMB'))
  test('10 000 columns, by openpyxl and as CSV', async () => {
    expect(await code(await station.fixture('wide-openpyxl.xlsx'), 'a.xlsx')).toBe('FILE_TOO_MANY_COLUMNS')
    expect(await inspect(`${Array(10_000).fill('x').join()}\n`, 'a.csv')).toBe('FILE_TOO_MANY_COLUMNS')
  })
  test('entities that expand are not expanded', async () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "${'y'.repeat(1000)}"><!ENTITY b "&a;&a;&a;&a;">]>${sheetXml(cells(1, '&b;'))}`
    expect(await inspect(workbook(bomb), 'a.xlsx')).toBe('FILE_UNREADABLE')
  })
})

describe('encodings', () => {
  const text = '编号,名称,类别,经度,纬度\r\n1,临渭区救援队，䶮𠮷,救援队伍,109.5,34.5\r\n'
  test.each([
    ['utf-8', Buffer.from(text)],
    ['utf-8', Buffer.from(`\uFEFF${text}`)],
    ['utf-16le', Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ])('%s', async (encoding, bytes) => {
    const proposal = await station.imports.inspect({
      blob: await station.blobOf(bytes),
      fileName: 'a.csv',
      target: 'resources',
      source: '',
      sheet: null,
      encoding: null,
      headerRows: null,
    })
    expect(proposal).toMatchObject({
      encoding,
      headers: ['编号', '名称', '类别', '经度', '纬度'],
      mapping: ['sourceKey', 'name', 'kind', 'lon', 'lat'],
    })
    expect(proposal.sample[0]?.[1]).toBe('临渭区救援队，䶮𠮷')
  })
  test('other separators', async () => {
    for (const separator of ['\t', ';']) expect(await inspect(text.replaceAll(',', separator), 'a.csv')).toBe('csv')
  })
})

test('GeoJSON: points go in, what is no point is named', async () => {
  const feature = (name: string, geometry: unknown) => ({
    type: 'Feature',
    properties: { 编号: name, 名称: name, 类别: '医院', 床位: { 重症: 3 } },
    geometry,
  })
  const file = {
    type: 'FeatureCollection',
    features: [
      feature('点', { type: 'Point', coordinates: [109.5, 34.5] }),
      feature('面', { type: 'Polygon', coordinates: [] }),
      feature('无', null),
      feature('\ud800', { type: 'Point', coordinates: [109.5, 34.5] }),
    ],
  }
  const job = await station.check({ blob: await station.blobOf(JSON.stringify(file)), fileName: 'a.geojson' }, { source: 'geojson' })
  expect(job).toMatchObject({
    state: 'checked',
    good: 1,
    bad: 3,
    problems: { 'coordinate-unreadable': 1, 'missing-position': 1, 'text-malformed': 1 },
  })
})

test('cells of a workbook that XML cannot hold: NUL and lone surrogates are named, not repaired', async () => {
  const sheet = sheetXml(
    cells(1, '编号', '名称', '类别', '经度', '纬度') +
      cells(2, '1', '甲_x0000_', '医院', '109.5', '34.5') +
      cells(3, '2', '乙_xD800_', '医院', '109.5', '34.5'),
  )
  const job = await station.check({ blob: await station.blobOf(workbook(sheet)), fileName: 'a.xlsx' }, { source: 'nul' })
  expect(job).toMatchObject({ state: 'checked', good: 0, bad: 2, problems: { 'text-malformed': 2 } })
})

test('cells beyond the header are not lost', async () => {
  const lines = Array.from({ length: 600 }, (_, i) => `${i},队${i},队伍,109.5,34.5`)
  lines[599] += ',多出来的'
  const job = await station.check(
    { blob: await station.blobOf(`编号,名称,类别,经度,纬度\n${lines.join('\n')}\n`), fileName: 'a.csv' },
    { source: '多列' },
  )
  expect(job).toMatchObject({ good: 599, bad: 1, problems: { 'too-many-cells': 1 } })
})

test('a check that is cancelled says so and leaves nothing behind', async () => {
  const lines = Array.from({ length: 20_000 }, (_, i) => `${i},队${i},队伍,109.5,34.5`)
  const blob = await station.blobOf(`编号,名称,类别,经度,纬度\n${lines.join('\n')}\n`)
  const job = await station.imports.check(
    {
      blob,
      fileName: 'a.csv',
      target: 'resources',
      source: '取消',
      sheet: null,
      encoding: null,
      headerRows: 1,
      mapping: ['sourceKey', 'name', 'kind', 'lon', 'lat'],
      datum: 'wgs84',
      kind: null,
      area: null,
      accepted: [],
    },
    'tester',
  )
  await station.imports.cancel(job.id)
  expect(await station.imports.job(job.id)).toMatchObject({ state: 'cancelled', error: 'CANCELLED' })
  await expect(station.imports.commit(job.id, 'tester')).rejects.toMatchObject({ code: 'STATE_NOT_ALLOWED' })
})

test('a blob that is not there', async () => {
  await expect(
    station.imports.inspect({
      blob: '0'.repeat(64),
      fileName: 'a.csv',
      target: 'resources',
      source: '',
      sheet: null,
      encoding: null,
      headerRows: null,
    }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
