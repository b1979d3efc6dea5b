// Orders on a real store: evidence is asked for, states follow the course, 改派 and 撤回, what is late, who typed it.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Evidence, RecordStateInput } from '../../contract/index.ts'
import { newId } from '../../kernel/ids.ts'
import { at, intake, leader, officer, openIncidents, order } from '../incidents/testing.ts'
import { TasksService } from './tasks.service.ts'

let station: Awaited<ReturnType<typeof openIncidents>>
let tasks: TasksService
let incident: string
beforeEach(async () => {
  station = await openIncidents()
  tasks = new TasksService({ journal: station.journal, reads: station.store, incidentFacts: station.facts })
  const input = intake()
  incident = input.id
  await station.incidents.report(input, officer)
})
afterEach(() => station.close())

const evidence: Evidence = { kind: 'telephone', who: '样例队长', number: '0913-0100002', words: '', sha256: null }
const record = (task: string, state: RecordStateInput['state'], minutesAgo: number, over: Partial<RecordStateInput> = {}) =>
  tasks.record({ id: newId(), task, state, happenedAt: at(minutesAgo), evidence, reason: '', position: null, ...over }, officer)

describe('orders', () => {
  test('walk from 下达 to 归队, each state with evidence and who typed it, all in the incident’s time line', async () => {
    const input = order(incident, { happenedAt: at(40) })
    await tasks.issue(input, officer)
    for (const [place, state] of (['signed', 'departed', 'arrived', 'working', 'done', 'returned'] as const).entries())
      await record(input.id, state, 34 - place * 5)
    const [task] = await tasks.list(incident)
    expect(task).toMatchObject({ state: 'returned', isOpen: false, nextStates: [] })
    expect(task?.states.map((row) => [row.state, row.evidence.number, row.enteredByName])[0]).toEqual(['issued', '0913-0100002', officer.name])
    // told 40 minutes ago, typed now: 补录
    expect(task?.states.map((row) => row.isLateEntry)).toEqual([true, true, true, true, true, false, false])
    const timeline = await station.journal.timeline({ dataset: 'incidents', row: incident }, { by: 'happened' })
    expect(timeline.map((entry) => entry.action)).toEqual([
      'tasks.issued',
      'tasks.signed',
      'tasks.departed',
      'tasks.arrived',
      'incidents.report',
      'tasks.working',
      'tasks.done',
      'tasks.returned',
    ])
  })

  test('no state without evidence: who, and for a telephone the number', async () => {
    const input = order(incident)
    await expect(tasks.issue({ ...input, evidence: { ...evidence, who: ' ' } }, officer)).rejects.toMatchObject({ code: 'EVIDENCE_REQUIRED' })
    await tasks.issue(input, officer)
    await expect(record(input.id, 'signed', 1, { evidence: { ...evidence, number: '' } })).rejects.toMatchObject({
      code: 'EVIDENCE_REQUIRED',
      params: { field: 'number' },
    })
    await record(input.id, 'signed', 1, { evidence: { ...evidence, kind: 'radio', number: '' } })
    await expect(record(input.id, 'signed', 1)).rejects.toMatchObject({ code: 'STATE_NOT_ALLOWED' })
    await expect(record(input.id, 'arrived', 200)).rejects.toMatchObject({ code: 'STATE_NOT_ALLOWED', params: { to: 'arrived' } })
  })

  test('refused with a reason, then given to another unit; the old one says who has it now', async () => {
    const input = order(incident)
    await tasks.issue(input, officer)
    await expect(record(input.id, 'refused', 5)).rejects.toMatchObject({ code: 'REASON_REQUIRED' })
    await record(input.id, 'refused', 5, { reason: '车辆故障' })
    const next = order(incident, { unit: '华州救援队（样例）', happenedAt: at(4) })
    await tasks.reassign({ task: input.id, reason: '原队车辆故障', next }, leader)
    const [old, fresh] = await tasks.list(incident)
    expect(old).toMatchObject({ state: 'reassigned', isOpen: false, replacedBy: next.id })
    expect(old?.states.at(-1)).toMatchObject({ reason: '原队车辆故障', enteredByName: leader.name })
    expect(fresh).toMatchObject({ unit: '华州救援队（样例）', state: 'issued', replaces: input.id })
    await expect(tasks.reassign({ task: input.id, reason: '再来', next: order(incident) }, leader)).rejects.toMatchObject({
      code: 'STATE_NOT_ALLOWED',
    })
    expect(await tasks.list(incident)).toHaveLength(2)
  })

  test('withdrawn with a reason; nothing follows', async () => {
    const input = order(incident)
    await tasks.issue(input, officer)
    await expect(record(input.id, 'withdrawn', 1)).rejects.toMatchObject({ code: 'REASON_REQUIRED' })
    await record(input.id, 'withdrawn', 1, { reason: '已由消防处置' })
    await expect(record(input.id, 'departed', 0)).rejects.toMatchObject({ code: 'STATE_NOT_ALLOWED', params: { from: 'withdrawn' } })
  })

  test('two consoles recording the same state: one is taken', async () => {
    const input = order(incident)
    await tasks.issue(input, officer)
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => record(input.id, 'signed', 3)))
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    expect((await tasks.list(incident))[0]?.states).toHaveLength(2)
  })

  test('is raised when unsigned and when past its deadline; drawn where it was told to be until it reports', async () => {
    const input = order(incident, { happenedAt: at(30), deadline: Date.now() - 60_000 })
    await tasks.issue(input, officer)
    expect((await tasks.list(null))[0]).toMatchObject({ overdue: { kind: 'deadline' }, unitPosition: { basis: 'told', position: [109.51, 34.51] } })
    expect((await tasks.list(incident, Date.now() - 120_000))[0]?.overdue).toMatchObject({ kind: 'unsigned' })
    await record(input.id, 'arrived', 0, { position: [109.4, 34.4], evidence: { ...evidence, kind: 'position', number: '' } })
    expect((await tasks.list(incident))[0]).toMatchObject({ overdue: null, unitPosition: { basis: 'reported', position: [109.4, 34.4] } })
    expect((await tasks.list(incident))[0]?.lateMs).toBeGreaterThan(0)
  })

  test('no order for a closed incident, nor one that carries the marking of a secret', async () => {
    await expect(tasks.issue(order(incident, { task: '机密★' }), officer)).rejects.toMatchObject({ code: 'CLASSIFIED_MARKING' })
    await station.incidents.close({ incident, isClosed: true, words: '办结', happenedAt: null }, officer)
    await expect(tasks.issue(order(incident), officer)).rejects.toMatchObject({ code: 'STATE_NOT_ALLOWED' })
    expect(await tasks.list(null)).toEqual([])
  })
})
