// The strip says the worst line first, in words and age; a good line says only how fast it answers.
// @vitest-environment node
import { expect, test } from 'vitest'
import type { Capability, LinkView } from '../../../native/contract/index.ts'
import { dataAges, factsThatFit, hasRoomForAges, stripFacts } from './strip-facts.ts'

const now = 1_800_000_000_000
const words: Record<string, string> = {
  'link.state.online': '正常',
  'link.state.slow': '慢',
  'link.state.narrow': '窄带',
  'link.state.offline': '断',
  'link.state.refused': '被拒',
  'link.waiting.above': '待上传 {n} 条',
  'link.waiting.below': '待下发 {n} 条',
  'link.waiting.centre': '待同步 {n} 条',
  'ui.span.minutes': '{n} 分钟',
  'ui.span.hours': '{n} 小时',
  'ui.span.days': '{n} 天',
  'ui.span.ago': '{span}前',
  'app.listSeparator': '、',
  'link.strip.dataAge': '{names} {age}',
  'link.can.name.plans': '预案',
  'link.can.name.resources': '资源',
}
const t = (key: string, params: Record<string, unknown>) => (words[key] ?? key).replace(/\{(\w+)\}/g, (_match, name: string) => String(params[name]))
const line = (name: string, state: LinkView['state'], rest: Partial<LinkView> = {}): LinkView => ({
  kind: 'above',
  unit: name,
  name,
  state,
  since: now - 12 * 60_000,
  lastHeardAt: null,
  roundTripMs: 210.4,
  waiting: 0,
  waitingByLane: {},
  budgetBytesPerS: null,
  reason: null,
  ...rest,
})
const said = (...links: LinkView[]) => stripFacts({ isConfigured: true, links, consoles: [], joining: null }, now, t).map((fact) => fact.words)

test('worst first, each in words and age', () => {
  expect(
    said(
      line('本中心', 'online', { kind: 'centre', roundTripMs: 3.2, waiting: 2 }),
      line('卫星', 'narrow', { waiting: 6 }),
      line('样例县', 'offline', { kind: 'below', waiting: 9 }),
      line('市局', 'slow', { roundTripMs: 2_100 }),
      line('省厅', 'offline', { waiting: 34 }),
      line('样例区', 'refused', { kind: 'below', since: now - 60_000 }),
    ),
  ).toEqual([
    '样例区 被拒 1 分钟',
    '省厅 断 12 分钟 · 待上传 34 条',
    '样例县 断 12 分钟 · 待下发 9 条',
    '市局 慢 2100 ms',
    '卫星 窄带 · 待上传 6 条',
    '本中心 正常 3 ms',
  ])
})

test('a line nobody has measured says only its state', () => {
  expect(said(line('市局', 'online', { roundTripMs: null }))).toEqual(['市局 正常'])
})

test('behind the worst stands what is wrong, without what waits', () => {
  const facts = stripFacts({ isConfigured: true, links: [line('省厅', 'offline', { waiting: 34 })], consoles: [], joining: null }, now, t)
  expect(facts.map(({ brief }) => brief)).toEqual(['省厅 断 12 分钟'])
})

test('a narrow strip says one, a wide one two, or one and how old data are', () => {
  expect([1_280, 1_600, 1_920].map((width) => [factsThatFit(width, false), factsThatFit(width, true), hasRoomForAges(width)])).toEqual([
    [1, 1, false],
    [1, 1, false],
    [2, 1, true],
  ])
})

const can = (name: Capability['name'], state: Capability['state'], asOf: number | null): Capability => ({
  name,
  state,
  asOf,
  reason: 'plans.here',
  params: {},
  nextStep: null,
})
const hourMs = 3_600_000

test('how old plans and resources are is said where they are old, together where they are equally so', () => {
  expect(dataAges([can('plans', 'old', now - 3 * hourMs), can('resources', 'old', now - 3 * hourMs)], now, t)).toEqual(['预案、资源 3 小时前'])
  expect(dataAges([can('plans', 'old', now - 3 * hourMs), can('resources', 'old', now - 200 * 24 * hourMs)], now, t)).toEqual([
    '预案 3 小时前',
    '资源 200 天前',
  ])
})

test('nothing is said of what works, of what has just been cut off, of what is not there, and of maps', () => {
  const quiet = [
    can('plans', 'works', now - 90 * 24 * hourMs),
    can('resources', 'old', now - 5 * 60_000),
    can('plans', 'old', null),
    can('map', 'old', now - 9 * hourMs),
  ]
  expect(dataAges(quiet, now, t)).toEqual([])
})
