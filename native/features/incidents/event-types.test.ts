// The code table: found by words, code, pinyin and initials; edited row by row; replaced by the customer's.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import iconv from 'iconv-lite'
import { intake, officer, openIncidents, said } from './testing.ts'

let station: Awaited<ReturnType<typeof openIncidents>>
beforeEach(async () => {
  station = await openIncidents()
})
afterEach(() => station.close())

const first = async (query: string) => (await station.types.search(query, 5))[0]?.code
async function stored(bytes: Uint8Array): Promise<string> {
  return (
    await station.blobs.put(
      (async function* () {
        yield await Promise.resolve(bytes)
      })(),
      { limitBytes: 1e8 },
    )
  ).sha256
}

describe('event types', () => {
  test.each([
    ['12D02', '12D02'],
    ['危险化学品泄漏', '12D02'],
    ['泄漏', '12D02'],
    ['氯气泄漏', '12D02'],
    ['whpxl', undefined],
    ['wxhxpxl', '12D02'],
    ['weixianhuaxuepinxielou', '12D02'],
    ['滑坡', '11D01'],
    // Before the fires of vessels and of farm machines, whose names are the word itself.
    ['火灾', '12G01'],
    ['hp', '11D01'],
    ['１２ｄ０２', '12D02'],
  ])('%s → %s', async (query, code) => {
    expect(await first(query)).toBe(code)
  })

  test('an empty query shows the classes, an unknown word nothing', async () => {
    expect((await station.types.search('', 20)).map((type) => type.code)).toEqual(['11000', '12000', '13000', '14000', '19000'])
    expect(await station.types.search('zzzz', 5)).toEqual([])
  })

  test('what people say is found too: by the word, by its initials, in a sentence', async () => {
    for (const query of ['危化品', 'whp', '氯气', '村里有刺鼻味']) expect((await first(query))?.slice(0, 3), query).toBe('12D')
    expect((await station.types.search('着火', 20)).map(({ code }) => code.slice(0, 3))).toContain('12G')
    expect(await first('氯气泄漏')).toBe('12D02')
    expect((await first('翻车'))?.slice(0, 3)).toBe('12H')
  })

  test('of a caller’s words the class they speak for most is heard; nothing where two speak as loud, or in a customer’s table', async () => {
    expect(await station.types.said('市场三号库房着火，烟很大')).toMatchObject({
      type: { code: '12G00', name: '火灾事故' },
      words: ['着火', '烟很大'],
    })
    expect(await station.types.said('你好，我问一下办公时间')).toBeNull()
    expect(await station.types.said('着火，车祸')).toBeNull()
    const table = await stored(iconv.encode('代码,名称,上级,灾种\nA1,火,,\n', 'utf8'))
    await station.types.load({ system: 'own', blob: table }, officer)
    expect(await station.types.said('市场三号库房着火，烟很大')).toBeNull()
  })

  test('a row is added, renamed, retired; incidents of its code show the name in force', async () => {
    const input = intake()
    await station.incidents.report(input, officer)
    await station.types.edit({ code: '12D02', parent: '12D00', name: '危化品泄漏', hazard: 'work-safety', isActive: true }, officer)
    await station.types.edit({ code: '12D90', parent: '12D00', name: '加氢站泄漏', hazard: 'work-safety', isActive: true }, officer)
    expect((await station.incidents.detail(input.id)).typeName).toBe('危化品泄漏')
    expect(await first('加氢站')).toBe('12D90')
    await station.types.edit({ code: '12D90', parent: '12D00', name: '加氢站泄漏', hazard: 'work-safety', isActive: false }, officer)
    expect(await first('加氢站')).not.toBe('12D90')
    await expect(station.types.edit({ code: '12D91', parent: '99X00', name: '无主', hazard: null, isActive: true }, officer)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
  })

  test('a customer’s table (GB18030) comes into force with its hazards, and the shipped one again', async () => {
    const csv = '代码,名称,上级,灾种\nA,事故,,\nA1,化工厂泄漏,A,work-safety\n'
    expect(await station.types.load({ system: 'GBT35561', blob: await stored(iconv.encode(csv, 'gb18030')) }, officer)).toEqual({ rows: 2 })
    expect(await station.types.list()).toMatchObject([{ code: 'A' }, { code: 'A1', path: '事故', hazard: 'work-safety' }])
    const input = intake({ typeCode: 'A1', statements: [said('deaths', 3, '119')] })
    await station.incidents.report(input, officer)
    expect((await station.incidents.detail(input.id)).proposal.grade).toBe('larger')
    await station.types.use('PLATFORM2009', officer)
    expect(await first('12D02')).toBe('12D02')
    await expect(station.types.use('NOSUCH', officer)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('a table that is not sound is refused with its row, and the one in force stays', async () => {
    const load = async (bytes: Uint8Array) => station.types.load({ system: 'X', blob: await stored(bytes) }, officer)
    const csv = (lines: string) => Buffer.from(`代码,名称,上级\n${lines}`)
    await expect(load(csv('A,甲,\nA,乙,'))).rejects.toMatchObject({ code: 'INVALID_INPUT', params: { row: 3 } })
    await expect(load(csv('A,甲,Z'))).rejects.toMatchObject({ code: 'INVALID_INPUT', params: { row: 2 } })
    await expect(load(Buffer.from('甲,乙\n1,2'))).rejects.toMatchObject({ code: 'FILE_WRONG_TYPE' })
    await expect(load(Buffer.from([0, 1, 2]))).rejects.toMatchObject({ code: 'FILE_WRONG_TYPE' })
    await expect(load(Buffer.alloc(0))).rejects.toMatchObject({ code: 'FILE_EMPTY' })
    expect(await first('12D02')).toBe('12D02')
  })
})
