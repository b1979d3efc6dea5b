// The clocks of real incidents on a real station: what starts them, what stops them, what is said after the program was closed.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { clockPhase, isClockOpen, nearestClocks } from '../../contract/index.ts'
import { newId } from '../../kernel/ids.ts'
import { at, intake, officer, said } from '../incidents/testing.ts'
import { openClocks } from './testing/station.ts'

const minute = 60_000
let station: Awaited<ReturnType<typeof openClocks>>
beforeEach(async () => {
  station = await openClocks()
})
afterEach(() => station.close())

async function reported(over: Parameters<typeof intake>[0] = {}): Promise<string> {
  const input = intake({ statements: [], ...over })
  await station.incidents.incidents.report(input, officer)
  return input.id
}
const board = async (incident: string | null) => (await station.clocks.board(incident)).clocks
const open = async (incident: string) => (await board(incident)).filter(isClockOpen)
const keys = async (incident: string) =>
  nearestClocks(await board(incident)).map(({ recipient, means, limitMinutes }) => `${recipient.key} ${means} ${limitMinutes}`)
const told = (incident: string, over: object = {}) => ({
  id: newId(),
  incident,
  recipientKey: 'superior',
  recipientUnit: null,
  recipient: '省厅值班室（样例）',
  means: 'telephone' as const,
  stage: 'first' as const,
  happenedAt: at(5),
  who: '样例张三',
  number: '029-0100000',
  said: '收到，请续报伤亡',
  ...over,
})

describe('a leak is reported', () => {
  test('上级 and 总值班室 by telephone at once, fire, environment and weather beside; writing once there is a grade', async () => {
    const id = await reported()
    expect(await keys(id)).toEqual([
      'fire telephone 15',
      'environment telephone 20',
      'superior telephone 30',
      'government telephone 30',
      'weather telephone 30',
    ])
    await station.incidents.followUps.state(id, said('acutePoisoning', 2, '区医院', 0), officer)
    const after = await board(id)
    expect(after.some((clock) => clock.means === 'writing' && clock.countedFrom === 'grade' && clock.cause.grade === 'general')).toBe(true)
    // What was known from the start still counts from 接报.
    expect(after.find((clock) => clock.recipient.key === 'superior' && clock.means === 'telephone')?.countedFrom).toBe('received')
  })

  test('stops on typed evidence, runs again when that is withdrawn; the time line tells it', async () => {
    const id = await reported()
    const evidence = told(id)
    await station.clocks.record(evidence, officer)
    expect((await open(id)).some((clock) => clock.recipient.key === 'superior' && clock.means === 'telephone')).toBe(false)
    await expect(station.clocks.record(evidence, officer)).rejects.toMatchObject({ code: 'DUPLICATE' })
    await expect(station.clocks.record(told(id, { happenedAt: { ...at(0), at: Date.now() + 20 * minute } }), officer)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
    await station.clocks.withdraw({ id: evidence.id, reason: '记错单位' }, officer)
    expect((await open(id)).some((clock) => clock.recipient.key === 'superior' && clock.means === 'telephone')).toBe(true)
    await expect(station.clocks.withdraw({ id: evidence.id, reason: '再撤' }, officer)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const actions = (await station.incidents.timelines.of(id)).map((item) => item.action)
    expect(actions).toContain('clocks.evidence')
    expect(actions).toContain('clocks.withdrawEvidence')
  })

  test('a call to exactly that unit stops it; a likely one is offered; a room that fails is reported and stops nothing', async () => {
    const id = await reported()
    const call = {
      incident: id,
      unit: null,
      recipient: '消防救援支队指挥中心（样例）',
      means: 'telephone' as const,
      at: at(3),
      who: '样例李四',
      words: '已出动',
    }
    station.told.calls = [{ ...call, source: { dataset: 'calls', row: newId() }, report: '' }]
    expect(await keys(id)).toContain('fire telephone 15')
    const offers = await station.clocks.offers(id)
    expect(offers.map(({ evidence }) => evidence.recipient)).toEqual(['消防救援支队指挥中心（样例）'])
    station.told.calls = [{ ...call, recipient: '消防救援', source: { dataset: 'calls', row: newId() }, report: '' }]
    expect(await keys(id)).not.toContain('fire telephone 15')
    expect(station.errors.length).toBeGreaterThan(0)
  })

  test('the typed times of the incident stop the superior when they say who', async () => {
    const id = await reported()
    const edit = (source: string, seen: object | null) =>
      station.incidents.incidents.edit({ incident: id, field: 'firstPhoned', value: { ...at(4), source }, seen: seen as never }, officer)
    await edit('', null)
    expect(await keys(id)).toContain('superior telephone 30')
    await edit('省厅值班室 样例张三', (await station.incidents.incidents.detail(id)).firstPhoned)
    expect(await keys(id)).not.toContain('superior telephone 30')
  })

  test('误报 ends them, several are waived in one act and taken up again', async () => {
    const id = await reported()
    const clocks = await open(id)
    await station.clocks.waive(
      { incident: id, clocks: clocks.map(({ rule, stage }) => ({ rule, stage })), reason: '群众求助，不属报送范围' },
      officer,
    )
    expect(await open(id)).toEqual([])
    const waived = (await board(id))[0]
    expect(waived?.waiver?.reason).toBe('群众求助，不属报送范围')
    await station.clocks.unwaive({ id: waived?.waiver?.id ?? '', reason: '已升级' }, officer)
    expect(await open(id)).toHaveLength(1)
    await station.incidents.incidents.setState({ incident: id, state: 'false', words: '经查为误报', happenedAt: null }, officer)
    expect((await board(id)).map((clock) => clockPhase(clock, Date.now()))).not.toContain('running')
    expect(await open(id)).toEqual([])
  })

  test('two reports of one leak count from the earlier, and evidence of either stops them', async () => {
    const first = await reported({ report: { ...intake().report, received: at(25) } })
    const second = await reported({ report: { ...intake().report, received: at(10) } })
    await station.clocks.record(told(first), officer)
    await station.incidents.merges.merge({ incident: first, into: second, words: '同一起' }, officer)
    const clocks = await board(second)
    expect(clocks.find((clock) => clock.recipient.key === 'superior')?.evidence?.who).toBe('样例张三')
    expect(new Set(clocks.map((clock) => Math.round((Date.now() - clock.from) / minute)))).toEqual(new Set([25]))
    expect((await board(null)).some((clock) => clock.incident === first)).toBe(false)
  })

  test('what stands open is handed over', async () => {
    const id = await reported({ report: { ...intake().report, received: at(40) } })
    const matters = await station.openMatters()
    expect(matters[0]).toMatchObject({ kind: 'clock', title: '电话首报：消防救援', to: { name: 'incident', params: { id, tab: 'overview' } } })
    expect(matters[0]?.detail).toContain('已超时 25 分钟')
  })
})

describe('when the program was closed', () => {
  test('what ran out meanwhile is said until somebody has read it', async () => {
    const id = await reported({ report: { ...intake().report, received: at(0) } })
    await station.start()
    await station.stop()
    station.told.now = Date.now() + 17 * minute
    const again = await station.open()
    await again.start()
    const [gap] = await again.missed.list()
    expect(gap?.clocks.map(({ recipient }) => recipient.key)).toEqual(['fire'])
    // Told in time, typed after: nothing ran out.
    const evidence = { recipientKey: 'fire', recipient: '消防救援', happenedAt: { ...at(0), at: Date.now() } }
    await again.clocks.record(told(id, evidence), officer)
    expect(await again.missed.list()).toEqual([])
    await again.stop()

    station.told.now = Date.now() + 60 * minute
    const third = await station.open()
    await third.start()
    const missed = await third.missed.list()
    expect(missed.flatMap(({ clocks }) => clocks.map(({ recipient }) => recipient.key))).toEqual(['environment', 'superior', 'government', 'weather'])
    await third.missed.seen(missed.at(-1)?.to ?? 0, officer)
    expect(await third.missed.list()).toEqual([])
    await third.stop()
    expect(await station.store.get<{ seenByName: string }>('SELECT seenByName FROM clockGaps')).toEqual({ seenByName: officer.name })
    // A restart says it no more.
    const fourth = await station.open()
    await fourth.start()
    expect(await fourth.missed.list()).toEqual([])
    await fourth.stop()
  })

  test('a torn file of the heartbeat is no reason not to start', async () => {
    const path = join(station.directory, 'clocks-alive.json')
    await writeFile(path, '{"aliveAt": 17')
    await station.start()
    expect(await station.missed.list()).toEqual([])
    expect(JSON.parse(await readFile(path, 'utf8'))).toHaveProperty('gaps', [])
    await station.stop()
  })
})
