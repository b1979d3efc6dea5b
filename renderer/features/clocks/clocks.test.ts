// The page's own reckoning of clocks: who is asked, what stands on one line, what is red, what an edit of the table comes to.
import { describe, expect, test } from 'vitest'
import { type Clock, type ClockBoard, type ClockRule, clockPhase } from '../../../native/contract/index.ts'
import { groupClocks } from './clock-groups.ts'
import { causeWords, leftWords, limitWords, standWords, toneOf } from './clock-words.ts'
import { clockItems } from './clock-items.ts'
import { bare, change, countChanges, draftRows, draftRules, emptyDraft, remove, toSave } from './rule-draft.ts'
import { readHours, readMinutes } from './rule-words.ts'
import { compareTables } from './what-if.ts'

const now = Date.UTC(2026, 10, 26, 6, 20)
const minute = 60_000
const t = (key: string, params: Record<string, unknown> = {}) => [key, ...Object.values(params)].join(' ')

let made = 0
const clockOf = (over: Partial<Clock> = {}): Clock => ({
  id: `clock-${(made += 1)}`,
  incident: 'i',
  incidentTitle: '样例化工厂氯气泄漏',
  isSample: false,
  rule: `rule-${made}`,
  stage: 'first',
  number: 0,
  recipient: { key: 'superior', kind: 'superior', name: null, unit: null, telephone: null, isSampleUnit: false },
  means: 'telephone',
  limitMinutes: 30,
  from: now - 10 * minute,
  countedFrom: 'received',
  cause: { grade: null, reasons: [] },
  isCauseGone: false,
  dueAt: now + 20 * minute,
  evidence: null,
  waiver: null,
  ended: null,
  isTold: false,
  clause: '',
  source: '示例',
  isExample: true,
  ...over,
})
const told = (at: number) => ({
  incident: 'i',
  unit: null,
  recipient: '市局',
  recipientKey: 'superior',
  means: 'telephone' as const,
  at: { at, precision: 'exact' as const, source: '' },
  who: '样例张三',
  words: '',
  source: { dataset: 'clockEvidence', row: 'e' },
  report: '',
  origin: 'typed' as const,
})
const board = (clocks: Clock[], over: Partial<ClockBoard> = {}): ClockBoard => ({
  clocks,
  settings: { level: 'city', escalateMinutes: 10 },
  isOfficerOn: true,
  isShiftLeaderOn: true,
  ...over,
})
const fire = { ...clockOf().recipient, key: 'fire', kind: 'fire' as const }

describe('words and tones', () => {
  test('what was telephoned is never an alarm', () => {
    const late = clockOf({ dueAt: now - minute })
    expect(toneOf(late, clockPhase(late, now))).toBe('alarm')
    const written = clockOf({ means: 'writing', dueAt: now - minute, isTold: true })
    expect(toneOf(written, clockPhase(written, now))).toBe('attention')
    const done = clockOf({ dueAt: now - 9 * minute, evidence: told(now - minute) })
    expect(toneOf(done, clockPhase(done, now))).toBe('done')
    expect(standWords(done, now, t)).toBe('clocks.phase.metLate ui.span.minutes 8')
  })
  test('how long is left, by the second at the end, and how it was reckoned', () => {
    expect(leftWords(clockOf(), now, t)).toBe('clocks.left ui.span.minutes 20')
    expect(leftWords(clockOf({ dueAt: now + 90_400 }), now, t)).toBe('clocks.left ui.span.seconds 91')
    expect(leftWords(clockOf({ dueAt: now - 61_000 }), now, t)).toBe('clocks.late ui.span.minutes 1')
    expect(limitWords(clockOf(), now, t)).toBe('clocks.limit.minutes clocks.until 14:40 clocks.countedFrom.received 14:10 ui.span.minutes 30')
    const risen = clockOf({ countedFrom: 'grade', cause: { grade: 'larger', reasons: [] } })
    expect(causeWords(risen, (id) => id, t)).toBe('clocks.cause.grade ui.grade.larger')
    expect(causeWords(clockOf(), (id) => id, t)).toBe('')
  })
})

describe('the box', () => {
  test('a block a recipient, a line a report; the strictest rule stands for the others; open before done', () => {
    const groups = groupClocks([
      clockOf({ dueAt: now + 30 * minute }),
      clockOf({ dueAt: now + 5 * minute }),
      clockOf({ means: 'writing', evidence: told(now) }),
      clockOf({ means: 'writing', evidence: told(now) }),
      clockOf({ recipient: fire, evidence: told(now) }),
    ])
    expect(groups.map(({ recipient, lines }) => [recipient.key, ...lines.map(({ clock, others }) => `${clock.means} ${others.length}`)])).toEqual([
      ['superior', 'telephone 1', 'writing 1'],
      ['fire', 'telephone 0'],
    ])
    expect(groups[0]?.lines[0]?.clock.dueAt).toBe(now + 5 * minute)
  })
})

const items = (of: ClockBoard, as: Parameters<typeof clockItems>[1], at: number) => clockItems(of, as, { now: at, t })

describe('待办', () => {
  test('one line for an incident and means, with whom to tell', () => {
    const lines = items(board([clockOf(), clockOf({ recipient: fire }), clockOf({ means: 'writing', dueAt: now + 50 * minute })]), ['officer'], now)
    expect(lines.map(({ urgency, dueAt, to }) => [urgency, dueAt, to])).toEqual([
      ['urgent', now + 20 * minute, { name: 'incident', params: { id: 'i', tab: 'overview' } }],
      ['open', now + 50 * minute, { name: 'incident', params: { id: 'i', tab: 'overview' } }],
    ])
  })
  test('passes to the 值班长 at the limit, to the 带班领导 after the delay', () => {
    const late = board([clockOf({ dueAt: now })])
    expect(items(late, ['shift-leader'], now - 1)).toHaveLength(0)
    expect(items(late, ['shift-leader'], now)).toHaveLength(1)
    expect(items(late, ['watch-leader'], now + 9 * minute)).toHaveLength(0)
    expect(items(late, ['watch-leader'], now + 10 * minute)).toHaveLength(1)
    expect(items({ ...late, isOfficerOn: false }, ['shift-leader'], now - 1)).toHaveLength(1)
    expect(items(late, [], now)).toHaveLength(0)
  })
  test('a written report that is late after the telephone has no red limit', () => {
    const [item] = items(board([clockOf({ means: 'writing', dueAt: now - minute, isTold: true })]), ['officer'], now)
    expect([item?.dueAt, item?.urgency]).toEqual([null, 'urgent'])
    const [red] = items(board([clockOf({ dueAt: now - minute })]), ['officer'], now)
    expect(red?.dueAt).toBe(now - minute)
  })
})

describe('the editor', () => {
  const saved: ClockRule[] = ['shipped', 'changed', 'own'].map((origin, index) => ({
    id: `r${index}`,
    level: 'any',
    ourUnit: null,
    events: [],
    grades: [],
    reasons: [],
    recipient: 'fire',
    recipientName: '',
    recipientUnit: null,
    means: 'telephone',
    limitMinutes: 15,
    countedFrom: 'received',
    followUpMinutes: null,
    followUpHours: [],
    finalMinutes: null,
    clause: '',
    source: '示例',
    isExample: true,
    isActive: true,
    origin: origin as ClockRule['origin'],
  }))
  const row = (index: number) => bare(saved[index] as ClockRule)
  test('keeps what was seen, forgets a change taken back, removes only what is the centre’s', () => {
    const draft = emptyDraft()
    change(draft, saved, { ...row(0), limitMinutes: 10 })
    change(draft, saved, { ...row(0), limitMinutes: 5 })
    expect(toSave(draft).changes).toEqual([{ rule: { ...row(0), limitMinutes: 5 }, seen: row(0) }])
    change(draft, saved, row(0))
    expect(countChanges(draft)).toBe(0)
    remove(draft, saved, 'r0')
    expect(countChanges(draft)).toBe(0)
    remove(draft, saved, 'r1')
    remove(draft, saved, 'r2')
    change(draft, saved, { ...row(0), id: 'new' })
    expect(toSave(draft)).toMatchObject({
      removed: [
        { id: 'r1', seen: row(1) },
        { id: 'r2', seen: row(2) },
      ],
      changes: [{ seen: null }],
    })
    expect(draftRows(saved, draft).map(({ id, isEdited, isRemoved }) => `${id} ${isEdited} ${isRemoved}`)).toEqual([
      'r0 false false',
      'r1 false true',
      'r2 false true',
      'new true false',
    ])
    expect(draftRules(saved, draft).map(({ id }) => id)).toEqual(['r0', 'r1', 'new'])
    expect(JSON.parse(JSON.stringify(draft))).toEqual(draft)
  })
  test('reads hours and minutes as people write them', () => {
    expect(readHours('8点、17:00')).toEqual(['08:00', '17:00'])
    expect(readHours('17：00 8:00 8:00')).toEqual(['08:00', '17:00'])
    expect(readHours('')).toEqual([])
    expect(readHours('25:00')).toBeNull()
    expect(readHours('早上')).toBeNull()
    expect(['30', '３０分钟', '2小时', '1 天', '2h', '半小时', ''].map(readMinutes)).toEqual([30, 30, 120, 1_440, 120, null, null])
  })
  test('what-if says what is new, gone, moved', () => {
    const [a, b, c] = [clockOf(), clockOf(), clockOf()]
    const rows = compareTables({ before: [a, b], after: [{ ...a, dueAt: a.dueAt - minute }, c] })
    expect(new Map(rows.map(({ clock, change: word, wasDueAt }) => [clock.id, [word, wasDueAt]]))).toEqual(
      new Map([
        [a.id, ['moved', a.dueAt]],
        [c.id, ['added', null]],
        [b.id, ['gone', b.dueAt]],
      ]),
    )
  })
})
