// 值班日志 on a real store: late entries marked, corrections keep the former words, lines of an incident on its time line, search in old words too.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LogQuery, LogWords } from '../../contract/index.ts'
import { newId } from '../../kernel/ids.ts'
import { day, eight, hourMs, incoming, openDuty, outgoing } from './testing.ts'

let station: Awaited<ReturnType<typeof openDuty>>
beforeEach(async () => {
  station = await openDuty()
})
afterEach(() => station.close())

const at = (ms: number): LogWords['happenedAt'] => ({ at: ms, precision: 'exact', source: outgoing.name })
const line = (over: Partial<LogWords> & { id?: string } = {}) => ({
  id: newId(),
  happenedAt: at(eight),
  direction: 'in' as const,
  party: '华州区值班室（样例）',
  matter: '例行报告：当日无突发事件',
  result: '已记录',
  who: outgoing.name,
  incident: null,
  isNotable: false,
  ...over,
})
const query = (over: Partial<LogQuery> = {}) => station.duty.log.query({ day: null, query: '', incident: null, limit: 100, ...over })

test('a line as it was typed; one typed more than a quarter of an hour after is 补录', async () => {
  station.clock.now = eight + 15 * 60_000
  await station.duty.log.write(line({ happenedAt: at(eight) }), outgoing)
  await station.duty.log.write(line({ happenedAt: at(eight - 1), matter: '道路结冰' }), outgoing)
  expect((await query()).map(({ matter, isLateEntry, who }) => [matter, isLateEntry, who])).toEqual([
    ['例行报告：当日无突发事件', false, outgoing.name],
    ['道路结冰', true, outgoing.name],
  ])
})

test('sent twice into a lost line it is in once; what carries the marking of a secret is refused', async () => {
  const one = line()
  await station.duty.log.write(one, outgoing)
  await expect(station.duty.log.write(one, outgoing)).rejects.toMatchObject({ code: 'DUPLICATE' })
  await expect(station.duty.log.write(line({ matter: '绝密★启用前' }), outgoing)).rejects.toMatchObject({ code: 'CLASSIFIED_MARKING' })
  await expect(station.duty.log.write(line({ incident: newId() }), outgoing)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(await query()).toHaveLength(1)
})

test('put right with a reason: the former words stay, also for the search; another console’s correction is not overwritten', async () => {
  const one = line({ matter: '民房起火，伤 2 人' })
  await station.duty.log.write(one, outgoing)
  const { id, ...seen } = one
  const words = { ...seen, matter: '民房起火，无人受伤' }
  await station.duty.log.correct({ line: id, words, seen, reason: '119 更正' }, incoming)
  await expect(station.duty.log.correct({ line: id, words: { ...seen, result: '别的' }, seen, reason: '晚一步' }, outgoing)).rejects.toMatchObject({
    code: 'CONFLICT',
  })
  await expect(station.duty.log.correct({ line: id, words, seen: words, reason: '没改' }, outgoing)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  const [found] = await query({ query: '伤 2' })
  expect(found).toMatchObject({
    matter: '民房起火，无人受伤',
    corrections: [{ former: { matter: '民房起火，伤 2 人' }, reason: '119 更正', enteredByName: incoming.name }],
  })
  expect(await query({ query: '伤 2 没有这个词' })).toEqual([])
})

test('a day has its own lines, midnight belongs to the next', async () => {
  const midnight = eight + 16 * hourMs
  await station.duty.log.write(line({ happenedAt: at(midnight - 1), matter: '前一日末' }), outgoing)
  await station.duty.log.write(line({ happenedAt: at(midnight), matter: '次日头' }), outgoing)
  expect((await query({ day })).map(({ matter }) => matter)).toEqual(['前一日末'])
  expect((await query({ day: '2026-11-27' })).map(({ matter }) => matter)).toEqual(['次日头'])
})

test('a line linked to an incident stands on its time line, with its words', async () => {
  const incident = newId()
  await station.journal.write({
    actor: outgoing.account,
    action: 'incidents.report',
    subject: { dataset: 'incidents', row: incident },
    rows: [{ dataset: 'incidents', row: incident, set: { title: '样例化工厂泄漏' } }],
  })
  const one = line()
  await station.duty.log.write(one, outgoing)
  await station.duty.log.mark({ line: one.id, isNotable: true, incident }, outgoing)
  expect(await query({ incident })).toMatchObject([{ incidentTitle: '样例化工厂泄漏', isNotable: true, corrections: [] }])
  const entries = await station.journal.timeline({ dataset: 'incidents', row: incident }, { by: 'known' })
  expect(entries.at(-1)).toMatchObject({ action: 'duty.markLine', note: { words: '华州区值班室（样例）；例行报告：当日无突发事件；已记录' } })
})
