// 来源 in words: who made it, the file it came from, who changed it, how old it is, and when it came here.
// @vitest-environment node
import { expect, test } from 'vitest'
import type { OriginWrite, RecordOrigin } from '../../native/contract/index.ts'
import messages from './app.messages.ts'
import { originWords } from './origin-words.ts'

const now = 1_800_000_000_000
const minuteMs = 60_000
const others: Record<string, string> = {
  'conflicts.station': '值班台 {id}',
  'ui.span.minutes': '{n} 分钟',
  'ui.span.ago': '{span}前',
  'ui.span.seconds': '{n} 秒',
}
function t(key: string, params: Record<string, unknown>): string {
  const found = key
    .split('.')
    .slice(1)
    .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], messages['zh-CN'])
  const text = others[key] ?? (typeof found === 'string' ? found : key)
  return text.replace(/\{(\w+)\}/g, (_match, name: string) => String(params[name]))
}
const write = (rest: Partial<OriginWrite> = {}): OriginWrite => {
  const at = rest.at ?? now - 30 * minuteMs
  return { place: 'here', name: '值班台 1', station: '0190a000-7abc', who: '李值班', at, receivedAt: at, ...rest }
}
const origin = (rest: Partial<RecordOrigin>): RecordOrigin => ({ first: null, last: null, imported: null, unsent: { acts: 0, names: [] }, ...rest })
const said = (rest: Partial<RecordOrigin>) => {
  const { source, changed, at, received } = originWords(origin(rest), now, t)
  return [source, changed, at === null ? null : now - at, received]
}

test('made here and never changed, changed by the same person, changed by another', () => {
  const first = write()
  expect(said({ first, last: first })).toEqual(['来源 本台 李值班', null, 30 * minuteMs, null])
  expect(said({ first, last: write({ at: now - 5 * minuteMs }) })).toEqual(['来源 本台 李值班', null, 5 * minuteMs, null])
  expect(said({ first, last: write({ at: now - 5 * minuteMs, who: '王值班' }) })).toEqual(['来源 本台 李值班', '本台 王值班 改', 5 * minuteMs, null])
})

test('another console, one nobody has named, another centre, nobody vouched for, the program', () => {
  const of = (rest: Partial<OriginWrite>) => said({ first: write(rest), last: write(rest) })[0]
  expect(of({ place: 'console', name: '机房主机' })).toBe('来源 机房主机 李值班')
  expect(of({ place: 'console', name: '' })).toBe('来源 值班台 7abc 李值班')
  expect(of({ place: 'centre', name: '样例市应急管理局', who: null })).toBe('来源 样例市应急管理局')
  expect(of({ place: 'unknown', name: '', who: null })).toBe('来源 不明值班台 7abc')
  expect(of({ who: null })).toBe('来源 本台 程序')
})

test('when it came here is said where that was noticeably later', () => {
  const late = write({ place: 'centre', name: '样例市', at: now - 60 * minuteMs, receivedAt: now - 2 * minuteMs })
  expect(said({ first: late, last: late })).toEqual(['来源 样例市 李值班', null, 60 * minuteMs, '收到 2 分钟前'])
  const soon = write({ place: 'centre', name: '样例市', receivedAt: now - 30 * minuteMs + 900 })
  expect(said({ first: soon, last: soon })[3]).toBeNull()
})

test('an import names its file; whoever changed it since is named, what the import itself wrote after it is not', () => {
  const imported = { ...write({ at: now - 50 * minuteMs }), from: '样例队伍.xlsx' }
  expect(said({ imported })).toEqual(['来源 导入 样例队伍.xlsx', null, 50 * minuteMs, null])
  expect(said({ imported, last: write({ at: now - 9 * minuteMs }) })).toEqual(['来源 导入 样例队伍.xlsx', '本台 李值班 改', 9 * minuteMs, null])
  expect(said({ imported, last: write({ at: imported.at + 9_000 }) })[1]).toBeNull()
  // A newer file over an older change.
  expect(said({ imported, last: write({ at: now - 70 * minuteMs, who: '王值班' }) })).toEqual(['来源 导入 样例队伍.xlsx', null, 50 * minuteMs, null])
  expect(said({ imported: { ...imported, from: 'pack:shaanxi' } })[0]).toBe('来源 导入 随附数据包')
})

test('nothing is known: nothing is said; the title has every moment', () => {
  expect(said({})).toEqual([null, null, null, null])
  const { title } = originWords(
    origin({ first: write({ place: 'centre', name: '样例市' }), last: write({ at: now - minuteMs, who: '王值班' }) }),
    now,
    t,
  )
  expect(title).toBe('录入：样例市 李值班，15:30\n最近一次改动：本台 王值班，15:59')
})
