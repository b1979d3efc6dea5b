// Which clocks run, from when and until when, in the cases an officer would name.
import { describe, expect, test } from 'vitest'
import { clockPhase, isClockFor, nearestClocks } from '../../contract/index.ts'
import { clocksOf, type DeriveOptions, type WaiverRow } from './derive.ts'
import { nextFixedHour } from './fixed-hours.ts'
import { isLikely, recipientOf, typedTimes, type UnitRow } from './recipients.ts'
import { causeAt, hour, incident, minute, noUnits, ownCity, received, ruleOf, subjectOf, toldAt } from './testing/facts.ts'

const derive = (over: Partial<DeriveOptions>) =>
  clocksOf({
    rules: [],
    subject: subjectOf(),
    evidence: [],
    waivers: [],
    own: ownCity,
    units: noUnits,
    now: received + 24 * hour,
    ...over,
  })

describe('what runs', () => {
  test('telephone and writing apart, counted from 接报 or 事发', () => {
    const rules = [ruleOf(), ruleOf({ means: 'writing', limitMinutes: 60, countedFrom: 'occurred' })]
    expect(derive({ rules }).map(({ means, from, dueAt, countedFrom }) => ({ means, from, dueAt, countedFrom }))).toEqual([
      { means: 'telephone', from: received, dueAt: received + 30 * minute, countedFrom: 'received' },
      { means: 'writing', from: received - 13 * minute, dueAt: received + 47 * minute, countedFrom: 'occurred' },
    ])
  })
  test('事发 known only to the day is no start for minutes', () => {
    const subject = subjectOf({ occurred: { at: received - 10 * hour, precision: 'day', source: '' } })
    expect(derive({ subject, rules: [ruleOf({ countedFrom: 'occurred' })] })[0]).toMatchObject({ from: received, countedFrom: 'received' })
  })
  test('only rules for our level, the event, and the grade or a reason', () => {
    const rules = [
      ruleOf({ level: 'county', recipientName: 'a' }),
      ruleOf({ events: ['12000'], grades: ['unknown'], recipientName: 'b' }),
      ruleOf({ events: ['flood'], recipientName: 'c' }),
      ruleOf({ grades: ['larger'], reasons: ['evacuated'], recipientName: 'd' }),
      ruleOf({ isActive: false, recipientName: 'e' }),
    ]
    expect(derive({ rules }).map(({ recipient }) => recipient.name)).toEqual(['b'])
    const subject = subjectOf({ causes: [causeAt(received, { reasons: ['evacuated'] })] })
    expect(derive({ rules, subject }).map(({ recipient }) => recipient.name)).toEqual(['b', 'd'])
  })
})

describe('a grade that rises', () => {
  const rule = ruleOf({ grades: ['larger'], limitMinutes: 15 })
  const rise = received + 2 * hour
  const causes = [causeAt(received), causeAt(rise + 20_000, { grade: 'larger' })]
  test('starts new clocks from when it was known, and says so', () => {
    expect(derive({ rules: [rule], subject: subjectOf({ causes }) })[0]).toMatchObject({
      from: rise + 20_000,
      countedFrom: 'grade',
      cause: { grade: 'larger' },
      isCauseGone: false,
    })
  })
  test('what was told before it does not stop them; what was told in the same minute does', () => {
    const before = derive({ rules: [rule], subject: subjectOf({ causes }), evidence: [toldAt(received + 10 * minute)] })[0]
    expect(before).toMatchObject({ evidence: null, isTold: false })
    expect(derive({ rules: [rule], subject: subjectOf({ causes }), evidence: [toldAt(rise)] })[0]?.evidence).not.toBeNull()
  })
  test('a count corrected downward leaves the clock running and says that its cause is gone', () => {
    const corrected = [...causes, causeAt(rise + hour, { grade: 'general' })]
    expect(derive({ rules: [rule], subject: subjectOf({ causes: corrected }) })[0]).toMatchObject({
      isCauseGone: true,
      evidence: null,
      from: rise + 20_000,
    })
  })
})

describe('evidence', () => {
  test('stops the clock of that recipient and means alone; nobody named stops nothing', () => {
    const rules = [ruleOf(), ruleOf({ recipient: 'government' }), ruleOf({ means: 'writing' })]
    const open = (evidence: DeriveOptions['evidence']) => derive({ rules, evidence }).filter((clock) => clock.evidence === null).length
    expect(open([toldAt(received + 5 * minute)])).toBe(2)
    expect(open([toldAt(received + 5 * minute, { who: ' ' })])).toBe(3)
    expect(open([toldAt(received + 48 * hour)])).toBe(3)
  })
  test('is found by unit, or by exactly the same name; a likeness is only offered', () => {
    const fire = recipientOf(ruleOf({ recipient: 'fire' }), null, noUnits)
    const call = toldAt(received, { recipientKey: null, recipient: '消防救援支队指挥中心（样例）' })
    expect(derive({ rules: [ruleOf({ recipient: 'fire' })], evidence: [call] })[0]?.evidence).toBeNull()
    expect(isLikely(call, fire)).toBe(true)
    const unit: UnitRow = { id: 'u', name: '样例支队', kind: 'department', superior: null, covers: [], dutyTelephone: '0913-0100119', isSample: true }
    const bound = ruleOf({ recipient: 'fire', recipientUnit: 'u' })
    const units = new Map([['u', unit]])
    expect(derive({ rules: [bound], units, evidence: [{ ...call, unit: 'u' }] })[0]).toMatchObject({
      recipient: { name: '样例支队', isSampleUnit: true },
    })
    expect(derive({ rules: [bound], units, evidence: [{ ...call, unit: 'u' }] })[0]?.evidence).not.toBeNull()
    expect(derive({ rules: [bound], units, evidence: [{ ...call, recipient: '样例支队(样例)' }] })[0]?.evidence).not.toBeNull()
  })
  test('the superior is found in the tree of units, the one above it for 越级', () => {
    const units = new Map<string, UnitRow>(
      [
        { id: 'p', name: '省厅', superior: null },
        { id: 'c', name: '市局', superior: 'p' },
        { id: 'x', name: '县局', superior: 'c' },
      ].map((unit) => [unit.id, { ...unit, kind: '', covers: [], dutyTelephone: null, isSample: false }]),
    )
    expect(recipientOf(ruleOf(), 'x', units)).toMatchObject({ name: '市局', unit: 'c' })
    expect(recipientOf(ruleOf({ recipient: 'skip' }), 'x', units)).toMatchObject({ name: '省厅', unit: 'p' })
    expect(recipientOf(ruleOf({ recipient: 'skip' }), null, units)).toMatchObject({ name: null, unit: null })
  })
  test('the 总值班室 and the departments of our own area are found too, where only one fits', () => {
    const area = { superior: null, dutyTelephone: '0913-0100119', isSample: true }
    const rows: UnitRow[] = [
      { ...area, id: 'c', name: '市局', kind: 'city', covers: ['610500'] },
      { ...area, id: 'z', name: '市总值班室', kind: 'government', covers: ['610500'] },
      { ...area, id: 'y', name: '邻市总值班室', kind: 'government', covers: ['610100'] },
      { ...area, id: 'f', name: '市消防救援支队指挥中心', kind: 'department', covers: ['610500'] },
      { ...area, id: 'g', name: '市公安局', kind: 'department', covers: ['610500'] },
      { ...area, id: 'h', name: '市公安局交警支队', kind: 'department', covers: ['610500'] },
    ]
    const units = new Map(rows.map((unit) => [unit.id, unit]))
    const found = (recipient: 'government' | 'fire' | 'police' | 'weather') => recipientOf(ruleOf({ recipient }), 'c', units)
    expect([found('government').unit, found('fire').unit, found('police').unit, found('weather').unit]).toEqual(['z', 'f', null, null])
    const call = toldAt(received + minute, { recipientKey: null, unit: 'f', recipient: '任何名字' })
    const own = { unit: 'c', level: 'city' as const }
    expect(derive({ rules: [ruleOf({ recipient: 'fire' })], units, own, evidence: [call] })[0]?.evidence).not.toBeNull()
  })
  test('the typed times of the incident count when they say who', () => {
    const recipients = [recipientOf(ruleOf(), null, noUnits), recipientOf(ruleOf({ recipient: 'government' }), null, noUnits)]
    const phoned = (source: string) => typedTimes(subjectOf({ firstPhoned: { at: received, precision: 'exact', source } }), recipients)
    expect(phoned('')).toEqual([])
    expect(phoned('市局值班室 样例张三').map(({ recipientKey }) => recipientKey)).toEqual(['superior'])
    expect(phoned('市政府总值班室 样例李四').map(({ recipientKey }) => recipientKey)).toEqual(['government'])
  })
})

describe('what follows', () => {
  test('by interval from the report before, until 办结; then the final one', () => {
    const rule = ruleOf({ means: 'writing', followUpMinutes: 60, finalMinutes: 24 * 60 })
    const evidence = [10, 65, 140].map((at) => toldAt(received + at * minute, { means: 'writing' }))
    const chain = derive({ rules: [rule], evidence })
    expect(chain.map(({ stage, number, dueAt }) => [stage, number, (dueAt - received) / minute])).toEqual([
      ['first', 0, 30],
      ['follow-up', 1, 70],
      ['follow-up', 2, 125],
      ['follow-up', 3, 200],
    ])
    expect(chain.map((clock) => clockPhase(clock, received + 150 * minute))).toEqual(['met', 'met', 'met-late', 'running'])
    const closed = derive({ rules: [rule], evidence, subject: subjectOf({ closedAt: received + 150 * minute }) })
    expect(closed.map(({ stage }) => stage)).toEqual(['first', 'follow-up', 'follow-up', 'final'])
    expect(closed.at(-1)).toMatchObject({ evidence: null, dueAt: received + 150 * minute + 24 * hour })
    const final = toldAt(received + 145 * minute, { means: 'writing', report: '终报' })
    expect(
      derive({ rules: [rule], evidence: [...evidence, final], subject: subjectOf({ closedAt: received + 150 * minute }) }).at(-1)?.evidence,
    ).toBe(final)
  })
  test('at fixed hours: a little early counts, right after the hour before does not, a late one is followed by the next hour', () => {
    const rule = ruleOf({ followUpHours: ['17:00', '08:00'] })
    const at = (clock: string) => Date.parse(`2026-11-26T${clock}:00+08:00`)
    const dues = (...clocks: string[]) => derive({ rules: [rule], evidence: clocks.map((clock) => toldAt(at(clock))) }).map(({ dueAt }) => dueAt)
    expect(dues('02:10').slice(1)).toEqual([at('08:00')])
    expect(dues('02:10', '07:40').slice(1)).toEqual([at('08:00'), at('17:00')])
    expect(dues('02:10', '07:40', '08:30').slice(1)).toEqual([at('08:00'), at('17:00')])
    expect(dues('02:10', '09:20').slice(1)).toEqual([at('08:00'), at('17:00')])
    expect(dues('02:10', '07:40', '16:55').slice(1)).toEqual([at('08:00'), at('17:00'), at('08:00') + 24 * hour])
    expect(nextFixedHour(at('08:00'), ['08:00'])).toBe(at('08:00') + 24 * hour)
  })
  test('误报 ends what is open, not what was done; a waiver ends the rest of its rule', () => {
    const rule = ruleOf({ followUpMinutes: 60 })
    const ended = derive({
      rules: [rule, ruleOf({ recipient: 'government' })],
      evidence: [toldAt(received + minute)],
      subject: subjectOf({ ended: 'false' }),
    })
    expect(ended.map((clock) => clockPhase(clock, received + 9 * hour)).sort()).toEqual(['ended', 'met'])
    const waiver: WaiverRow = { id: 'w', incident, rule: rule.id, stage: 'first', reason: '不属报送范围', by: '', at: received }
    expect(derive({ rules: [rule], waivers: [waiver] }).map((clock) => clockPhase(clock, received + 9 * hour))).toEqual(['waived'])
    expect(derive({ rules: [rule], waivers: [waiver], evidence: [toldAt(received + minute)] }).map(({ stage }) => stage)).toEqual([
      'first',
      'follow-up',
    ])
  })
})

describe('how it stands', () => {
  const clock = derive({ rules: [ruleOf({ limitMinutes: 30 })] })[0]
  if (clock === undefined) throw new Error('no clock')
  test('half, five minutes before, late from the limit on', () => {
    const phase = (minutes: number) => clockPhase(clock, received + minutes * minute)
    expect([0, 14.9, 15, 24.9, 25, 29.9, 30, 99].map(phase)).toEqual(['running', 'running', 'half', 'half', 'close', 'close', 'late', 'late'])
  })
  test('asks the 值班长 at the limit, the 带班领导 after a delay, and passes over who is not on', () => {
    const on = { isOfficerOn: true, isShiftLeaderOn: true, escalateMinutes: 10 }
    const asked = (minutes: number, over = {}) =>
      (['officer', 'shift-leader', 'watch-leader'] as const).filter((role) =>
        isClockFor(role, clock, received + minutes * minute, { ...on, ...over }),
      )
    expect(asked(29)).toEqual(['officer'])
    expect(asked(30)).toEqual(['officer', 'shift-leader'])
    expect(asked(40)).toEqual(['officer', 'shift-leader', 'watch-leader'])
    expect(asked(1, { isOfficerOn: false })).toEqual(['officer', 'shift-leader'])
    expect(asked(30, { isShiftLeaderOn: false })).toEqual(['officer', 'shift-leader', 'watch-leader'])
  })
  test('two rules for one report are one thing to do, the stricter', () => {
    const both = derive({ rules: [ruleOf({ limitMinutes: 30 }), ruleOf({ limitMinutes: 15 }), ruleOf({ recipient: 'fire' })] })
    expect(nearestClocks(both).map(({ recipient, limitMinutes }) => [recipient.key, limitMinutes])).toEqual([
      ['superior', 15],
      ['fire', 30],
    ])
  })
})
