import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ApproveResponseInput, ChecklistItem, ProposeResponseInput, ResponseTier } from '../../contract/index.ts'
import { newId } from '../../kernel/ids.ts'
import { at, openPlansStation, type PlansStation } from './testing.ts'

const minute = 60_000
let station: PlansStation
let plan: string
beforeEach(async () => {
  station = await openPlansStation()
  plan = await station.load('hazchem.docx')
})
afterEach(() => station.close())

function proposal(change: Partial<ProposeResponseInput> = {}): ProposeResponseInput {
  return {
    id: newId(),
    incident: station.incident.id,
    kind: 'start',
    tier: 'tier-3',
    plan,
    grade: 'larger',
    clause: '4.3.3 Ⅲ级响应',
    reason: '初判较大，氯气',
    proposedAt: at(station.clock.now),
    ...change,
  }
}
function approval(decision: string, change: Partial<ApproveResponseInput> = {}): ApproveResponseInput {
  return {
    decision,
    approver: '样例甲 副总指挥',
    approvalWay: 'telephone',
    approvalNumber: '0913-0100001',
    approvedAt: at(station.clock.now),
    evidence: '电话录音 0003',
    evidenceBlob: null,
    openTasks: 'keep',
    ...change,
  }
}
async function started(tier: ResponseTier = 'tier-3'): Promise<ChecklistItem[]> {
  const decision = await station.plans.responses.propose(proposal({ tier }), 'officer')
  await station.plans.responses.approve(approval(decision), 'officer')
  return (await view()).items
}
const view = () => station.plans.checklist.view(station.incident.id)
const done = (item: ChecklistItem | undefined, ms = station.clock.now, isOutOfOrder = false) =>
  station.plans.checklist.done(
    { task: item?.id ?? '', doneAt: at(ms), doneBy: '支队指挥中心', evidence: '电话 0913-0100002', evidenceBlob: null, isOutOfOrder },
    'officer',
  )

describe('starting a response', () => {
  it('goes from a proposal with its reason to an approval with its evidence, and becomes the checklist of that tier', async () => {
    const decision = await station.plans.responses.propose(proposal(), 'officer')
    expect(await view()).toMatchObject({
      summary: { state: 'not-started' },
      pending: { id: decision, tier: 'tier-3', clause: '4.3.3 Ⅲ级响应', reason: '初判较大，氯气' },
      items: [],
    })
    const approvedAt = station.clock.now - 5 * minute
    const summary = await station.plans.responses.approve(approval(decision, { approvedAt: at(approvedAt) }), 'leader')
    expect(summary).toMatchObject({ state: 'tier-3', plan, approvedAt, planTitle: '样例市危险化学品泄漏事故应急预案' })
    const { items, pending, decisions } = await view()
    expect(pending).toBeNull()
    expect(decisions[0]).toMatchObject({ state: 'approved', approver: '样例甲 副总指挥', approvalWay: 'telephone', approvalNumber: '0913-0100001' })
    expect(items).toHaveLength(9)
    expect(items[2]).toMatchObject({
      role: '市消防救援支队',
      action: '调派就近消防救援站和化工编队到场',
      dueAt: approvedAt + 20 * minute,
      telephone: '0913-0100002',
      contact: '指挥中心主任 样例乙',
      state: 'open',
      origin: 'plan',
    })
    expect(items[3]?.after).toEqual([items[2]?.id])
    expect(items[8]).toMatchObject({ role: '市气象局', dueAt: null })
    const entries = await station.journal.timeline({ dataset: 'incidents', row: station.incident.id }, { by: 'happened' })
    expect(entries.map((entry) => entry.action).sort()).toEqual(['responses.approve', 'responses.checklist', 'responses.propose'])
    expect(await station.plans.responses.responseOf(station.incident.id)).toMatchObject({ state: 'tier-3' })
  })

  it('asks for the number when approved by telephone, and for a plan and a tier', async () => {
    const decision = await station.plans.responses.propose(proposal(), 'officer')
    await expect(station.plans.responses.approve(approval(decision, { approvalNumber: ' ' }), 'officer')).rejects.toMatchObject({
      code: 'EVIDENCE_REQUIRED',
    })
    await station.plans.responses.refuse({ decision, state: 'withdrawn', approver: '', reason: '误提' }, 'officer')
    await expect(station.plans.responses.propose(proposal({ plan: null }), 'officer')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(station.plans.responses.propose(proposal({ tier: null }), 'officer')).rejects.toMatchObject({
      code: 'STATE_NOT_ALLOWED',
      params: { why: 'tier-missing' },
    })
    station.incident.isClosed = true
    await expect(station.plans.responses.propose(proposal(), 'officer')).rejects.toMatchObject({ params: { why: 'incident-closed' } })
  })

  it('lets one of two officers win who approve at once', async () => {
    const decision = await station.plans.responses.propose(proposal(), 'officer')
    const results = await Promise.allSettled([
      station.plans.responses.approve(approval(decision), 'officer'),
      station.plans.responses.approve(approval(decision, { approver: '样例乙' }), 'second'),
    ])
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
    const refused = results.find((result) => result.status === 'rejected')
    expect(refused?.reason).toMatchObject({ code: 'STATE_NOT_ALLOWED', params: { why: 'already-decided' } })
    expect((await view()).items).toHaveLength(9)
  })

  it('takes one proposal at a time, and a repeated send is one', async () => {
    const first = proposal()
    await station.plans.responses.propose(first, 'officer')
    expect(await station.plans.responses.propose(first, 'officer')).toBe(first.id)
    await expect(station.plans.responses.propose(proposal(), 'second')).rejects.toMatchObject({ params: { why: 'proposal-waiting' } })
    const both = await Promise.allSettled([
      station.plans.responses.refuse({ decision: first.id, state: 'refused', approver: '样例甲', reason: '先观察' }, 'a'),
      station.plans.responses.approve(approval(first.id), 'b'),
    ])
    expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
  })
})

describe('working the checklist', () => {
  it('is done with evidence, skipped with a reason, taken up again, added to', async () => {
    const items = await started()
    await done(items[2])
    await station.plans.checklist.skip({ task: items[8]?.id ?? '', reason: '已有自动站' }, 'officer')
    await station.plans.checklist.add(
      {
        id: newId(),
        incident: station.incident.id,
        role: '样例供电公司',
        action: '切断厂区外线电源',
        telephone: '',
        dueAt: station.clock.now + 30 * minute,
        after: [],
      },
      'officer',
    )
    const after = await view()
    expect(after.items[2]).toMatchObject({ state: 'done', doneBy: '支队指挥中心', evidence: '电话 0913-0100002' })
    expect(after.items[8]).toMatchObject({ state: 'skipped', skipReason: '已有自动站' })
    expect(after.items.at(-1)).toMatchObject({ origin: 'extra', planAction: null, tier: 'tier-3' })
    expect(after.deviation).toMatchObject({
      total: 10,
      done: 1,
      missing: [{ reason: '已有自动站' }],
      extra: [{ action: '切断厂区外线电源' }],
      late: [],
    })
    await station.plans.checklist.reopen({ task: items[8]?.id ?? '', reason: '改为人工观测' }, 'officer')
    expect((await view()).items[8]).toMatchObject({ state: 'open', skipReason: null })
  })

  it('holds back what comes after something open, unless told that it is so', async () => {
    const items = await started()
    await expect(done(items[3])).rejects.toMatchObject({ code: 'STATE_NOT_ALLOWED', params: { why: 'comes-after', action: items[2]?.action } })
    await done(items[3], station.clock.now, true)
    expect((await view()).deviation.outOfOrder.map((one) => one.task)).toEqual([items[3]?.id])
  })

  it('lets one of two consoles mark an item', async () => {
    const items = await started()
    const results = await Promise.allSettled([done(items[0]), done(items[0])])
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    expect(results.find((result) => result.status === 'rejected')?.reason).toMatchObject({ params: { why: 'item-changed' } })
  })

  it('raises what is overdue by the clock, and never moves a state by it', async () => {
    const items = await started()
    expect(await station.plans.responses.overdue()).toEqual([])
    station.clock.now += 31 * minute
    const overdue = await station.plans.responses.overdue()
    expect(overdue.map((one) => one.task)).toEqual([items[2]?.id, items[1]?.id, items[6]?.id])
    expect((await view()).items.every((item) => item.state === 'open')).toBe(true)
    expect((await view()).deviation.late.map(({ isOpen, minutes }) => [isOpen, minutes])).toEqual([
      [true, 1],
      [true, 11],
      [true, 1],
    ])
  })

  it('keeps its version of the plan when a newer one comes into force', async () => {
    const before = await started()
    const { version } = await station.plans.responses.responseOf(station.incident.id)
    await station.load('tailings.pdf', { plan })
    expect((await view()).items).toEqual(before)
    expect(await station.plans.responses.responseOf(station.incident.id)).toMatchObject({ version })
    const decision = await station.plans.responses.propose(proposal({ kind: 'change', tier: 'tier-2', plan: null }), 'officer')
    await station.plans.responses.approve(approval(decision), 'leader')
    expect((await view()).items.some((item) => item.action.includes('派出现场指挥部和专家组'))).toBe(false)
    expect(await station.plans.responses.responseOf(station.incident.id)).toMatchObject({ version, state: 'tier-2' })
  })
})

describe('changing and ending', () => {
  it('changes the tier with an approval, adds what the new tier asks for and leaves or drops the rest', async () => {
    const items = await started()
    await done(items[1])
    const decision = await station.plans.responses.propose(proposal({ kind: 'change', tier: 'tier-2', reason: '扩散加剧' }), 'officer')
    await station.plans.responses.approve(approval(decision, { openTasks: 'skip', approvedAt: at(station.clock.now + 10 * minute) }), 'officer')
    const { summary, items: after, decisions } = await view()
    expect(summary).toMatchObject({ state: 'tier-2' })
    expect(decisions.at(-1)).toMatchObject({ kind: 'change', fromTier: 'tier-3', tier: 'tier-2' })
    expect(after.filter((item) => item.tier === 'tier-3' && item.state === 'skipped')).toHaveLength(8)
    expect(after.find((item) => item.id === items[1]?.id)?.state).toBe('done')
    // 向市委、市政府和省应急管理厅报告 was done already and is not asked for twice.
    expect(after.filter((item) => item.action.includes('省应急管理厅报告'))).toHaveLength(1)
    expect(after.find((item) => item.tier === 'tier-2' && item.role === '市公安局')?.dueAt).toBe(station.clock.now + 70 * minute)
    await expect(station.plans.responses.propose(proposal({ kind: 'change', tier: 'tier-2' }), 'officer')).rejects.toMatchObject({
      params: { why: 'same-tier' },
    })
    await expect(station.plans.responses.propose(proposal({ kind: 'start' }), 'officer')).rejects.toMatchObject({
      params: { why: 'already-running' },
    })
  })

  it('ends with an approval; then nothing moves, what was open is missing, and a new response may start', async () => {
    const items = await started()
    for (const item of [items[2], items[3]]) await done(item)
    const decision = await station.plans.responses.propose(proposal({ kind: 'end', tier: null, reason: '监测达标' }), 'officer')
    await station.plans.responses.approve(approval(decision), 'leader')
    const ended = await view()
    expect(ended.summary).toMatchObject({ state: 'ended', endedAt: station.clock.now })
    expect(ended.deviation).toMatchObject({ done: 2 })
    expect(ended.deviation.missing).toHaveLength(7)
    await expect(done(items[0])).rejects.toMatchObject({ params: { why: 'not-running' } })
    await expect(
      station.plans.checklist.add(
        { id: newId(), incident: station.incident.id, role: '甲', action: '乙', telephone: '', dueAt: null, after: [] },
        'o',
      ),
    ).rejects.toMatchObject({ params: { why: 'not-running' } })
    await expect(station.plans.responses.propose(proposal({ kind: 'end', tier: null }), 'officer')).rejects.toMatchObject({
      params: { why: 'not-running' },
    })
    const again = await station.plans.responses.propose(proposal({ tier: 'tier-4' }), 'officer')
    await station.plans.responses.approve(approval(again), 'leader')
    expect(await view()).toMatchObject({ summary: { state: 'tier-4' } })
    expect((await view()).items).toHaveLength(4)
  })
})

describe('the deviation from the journal afterwards', () => {
  it('is told as it was at any moment, by when it happened and by when it was known', async () => {
    const t0 = station.clock.now
    const items = await started()
    station.clock.now = t0 + 40 * minute
    // Told at 40 minutes that it was done at 25: five late, and known only later.
    await done(items[2], t0 + 25 * minute)
    const at = (moment: { happened: number } | { known: number }) => station.plans.checklist.deviationAt(station.incident.id, moment)
    expect((await at({ happened: t0 + 22 * minute })).late).toEqual([{ task: items[2]?.id, action: items[2]?.action, minutes: 2, isOpen: true }])
    expect((await at({ happened: t0 + 26 * minute })).late).toEqual([{ task: items[2]?.id, action: items[2]?.action, minutes: 5, isOpen: false }])
    expect((await at({ known: t0 + 26 * minute })).late).toEqual([{ task: items[2]?.id, action: items[2]?.action, minutes: 6, isOpen: true }])
    expect((await at({ known: t0 - minute })).items).toEqual([])
    const now = await station.plans.checklist.deviationAt(station.incident.id, null)
    expect(now).toEqual({ ...(await at({ known: station.clock.now })), at: station.clock.now })
  })
})
