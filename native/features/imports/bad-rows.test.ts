import { readFile } from 'node:fs/promises'
import readXlsxFile from 'read-excel-file/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { csvLine, neutralised } from '../../kernel/csv.ts'
import { type ImportStation, openImportStation } from './testing/import-station.ts'

let station: ImportStation
beforeAll(async () => {
  station = await openImportStation()
})
afterAll(() => station.close())

test('what a spreadsheet would take for a formula is made harmless, numbers are left alone', () => {
  expect(['=1+1', '+A1', '-cmd|x', '@SUM(A1)', '\t=1', '\r=1', ' =1'].map(neutralised).every((cell) => cell.startsWith("'"))).toBe(true)
  expect(['-5', '+86 29 1234', '(0913)1', '普通', ''].map(neutralised)).toEqual(['-5', '+86 29 1234', '(0913)1', '普通', ''])
  expect(csvLine(['=a"b', 'c,d', 'e\nf'])).toBe('"\'=a""b","c,d","e\nf"\r\n')
})

const head = '编号,名称,类别,经度,纬度\n'
const bad = `${head}1,"=HYPERLINK(""http://x"",""y"")",医院,34.5,109.5\n2,好医院,医院,109.5,34.5\n3,"引号""逗号,",医院,,\n`

test.each(['csv', 'xlsx'] as const)('rows kept back come as %s, corrected they go in, and come out as they were typed', async (format) => {
  const job = await station.check(
    { blob: await station.blobOf(bad), fileName: '医院.csv' },
    { source: `更正${format}`, accepted: ['duplicate-existing'] },
  )
  expect(job).toMatchObject({ good: 1, bad: 2 })
  const file = await station.imports.badRowsFile(job.id, format)
  expect(file.fileName).toBe(`医院-待更正.${format}`)
  const path = station.blobs.pathOf(file.blob)
  if (format === 'csv') {
    const text = await readFile(path, 'utf8')
    expect(text.startsWith('\uFEFF编号,名称,类别,经度,纬度,原行号,问题\r\n')).toBe(true)
    expect(text).toContain(`"'=HYPERLINK(""http://x"",""y"")"`)
    expect(text).toContain('经纬度疑似颠倒：经度 “34.5,109.5”')
    const corrected = text.replace('34.5,109.5', '109.5,34.5').replace('医院,,,', '医院,109.6,34.6,')
    const again = await station.check(
      { blob: await station.blobOf(corrected), fileName: file.fileName },
      { source: `更正${format}`, accepted: ['duplicate-existing'] },
    )
    expect(again).toMatchObject({ good: 2, bad: 0 })
    await station.imports.commit(again.id, 'tester')
    await station.journal.bulkIdle()
    const rows = await station.store.all("SELECT name, attributes FROM resources WHERE source = '更正csv' ORDER BY sourceKey")
    expect(rows).toEqual([
      { name: '=HYPERLINK("http://x","y")', attributes: null },
      { name: '引号"逗号,', attributes: null },
    ])
  } else {
    const [sheet] = await readXlsxFile(path)
    const [header, first] = sheet?.data ?? []
    expect(header).toEqual(['编号', '名称', '类别', '经度', '纬度', '原行号', '问题'])
    expect(first?.slice(0, 2)).toEqual(['1', '=HYPERLINK("http://x","y")'])
  }
})
