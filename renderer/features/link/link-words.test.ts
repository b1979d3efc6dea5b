// Every reason, step, state and lane of the contract has words in both languages.
// @vitest-environment node
import { describe, expect, it, test } from 'vitest'
import {
  capabilityNames,
  capabilityNextSteps,
  capabilityReasons,
  linkKinds,
  linkLanes,
  linkReasons,
  linkStates,
} from '../../../native/contract/index.ts'
import stationMessages from '../station/station.messages.ts'
import { capabilityTone, capabilityWords } from './capability-words.ts'
import { budgetChoices, kbitPerS, lineWords, waitingWords } from './line-words.ts'
import messages from './link.messages.ts'

function lookUp(locale: 'zh-CN' | 'en', key: string): string | undefined {
  let at: unknown = { link: messages[locale], station: stationMessages[locale] }
  for (const part of key.split('.')) at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[part] : undefined
  return typeof at === 'string' ? at : undefined
}
const fill = (text: string, params: Record<string, unknown>) => text.replace(/\{(\w+)\}/g, (_match, name: string) => String(params[name]))
const t = (key: string, params: Record<string, unknown>) => fill(lookUp('zh-CN', key) ?? key, params)
const te = (key: string) => lookUp('zh-CN', key) !== undefined

const keys = [
  ...capabilityNames.map((name) => `link.can.name.${name}`),
  ...['works', 'old', 'fails'].map((state) => `link.can.state.${state}`),
  ...capabilityReasons.map((reason) => `link.can.${reason}`),
  ...capabilityNextSteps.map((step) => `link.do.${step}`),
  ...linkStates.flatMap((state) => [`link.state.${state}`, `station.reason.link.${state}.text`]),
  ...['slow', 'offline', 'refused', ...linkReasons].map((reason) => `station.reason.link.${reason}.next`),
  ...linkReasons.map((reason) => `station.reason.link.${reason}.text`),
  ...linkLanes.map((lane) => `link.lane.${lane}`),
  ...linkKinds.flatMap((kind) => [`link.kind.${kind}`, `link.waiting.${kind}`]),
  'station.subject.link',
]

describe.each(['zh-CN', 'en'] as const)('%s', (locale) => {
  it.each(keys)('%s', (key) => expect(lookUp(locale, key)).toBeDefined())
})

const now = 1_800_000_000_000
describe('a capability', () => {
  const cut = { name: 'report-up', state: 'works', asOf: null, reason: 'report-up.cut', nextStep: 'report-up.telephone' } as const
  it('names moments and ages as people read them', () => {
    expect(capabilityWords({ ...cut, params: { name: '省厅', since: now, waiting: 34 } }, now, t)).toEqual({
      reason: '到省厅的链路 16:00 断开，待传 34 条，恢复后自动补传。',
      next: '请先打电话报告，再发传真；在报告里记下谁接的。',
    })
    const here = { name: 'plans', state: 'works', asOf: null, reason: 'plans.here', nextStep: null } as const
    expect(capabilityWords({ ...here, params: { count: 4, newestAt: now - 7_200_000 } }, now, t).reason).toBe(
      '4 份都在本机，最近一次录入 2 小时前。'.replace('2 小时前', 'ui.span.ago'),
    )
    expect(capabilityWords({ ...here, params: { count: 4, newestAt: null } }, now, t).reason).toContain('—')
  })
  it('what is not part of this release is no alarm', () => {
    const of = (reason: 'wall.notBuilt' | 'plans.none') => capabilityTone({ ...cut, name: 'wall', state: 'fails', reason, params: {} })
    expect([of('wall.notBuilt'), of('plans.none')]).toEqual(['neutral', 'alarm'])
  })
})

describe('a line', () => {
  it('says why and what to do, and what waits in the order it goes', () => {
    const line = { name: '省厅', waiting: 34, state: 'offline', reason: null } as Parameters<typeof lineWords>[0]
    expect(lineWords(line, t, te)).toEqual({ text: expect.stringContaining('省厅'), next: expect.stringContaining('自动') })
    expect(lineWords({ ...line, state: 'online' }, t, te).next).toBeNull()
    expect(lineWords({ ...line, reason: 'credentials' }, t, te).text).toBe(t('station.reason.link.credentials.text', { name: '省厅' }))
    expect(waitingWords({ waitingByLane: { rest: 31, orders: 3, alarms: 0 } }, t)).toBe('指令和答复 3 · 其他 31')
    expect(waitingWords({ waitingByLane: {} }, t)).toBe('')
  })
})

test('usual limits are offered, none first, and the one that stands among them', () => {
  expect(budgetChoices(null)).toEqual([null, 1_200, 8_000, 64_000])
  expect(budgetChoices(8_000)).toEqual([null, 1_200, 8_000, 64_000])
  expect(budgetChoices(3_000)).toEqual([null, 1_200, 3_000, 8_000, 64_000])
  expect([1_200, 8_000, 64_000, 3_333].map(kbitPerS)).toEqual(['9.6', '64', '512', '26.7'])
})
