// Facts that tests of the clocks only need to vary.
import type { CauseMoment, ClockEvidence, ClockRuleInput, ClockSubject, ReportingMeans } from '../../../contract/index.ts'

export const minute = 60_000
export const hour = 60 * minute
export const incident = '01900000-0000-7000-8000-000000000001'
/** 2026-11-26 02:03 in Shanghai. */
export const received = Date.UTC(2026, 10, 25, 18, 3)

export const causeAt = (at: number, over: Partial<CauseMoment> = {}): CauseMoment => ({
  at,
  grade: null,
  isBelowTable: false,
  reasons: [],
  lineage: ['12D02', '12D00', '12000', 'work-safety'],
  ...over,
})

export const subjectOf = (over: Partial<ClockSubject> = {}): ClockSubject => ({
  incident,
  title: '样例化工厂氯气泄漏',
  isSample: false,
  occurred: { at: received - 13 * minute, precision: 'about', source: '119' },
  received,
  firstPhoned: null,
  written: null,
  closedAt: null,
  ended: null,
  causes: [causeAt(received)],
  family: [incident],
  ...over,
})

let made = 0
export const idOf = (number: number) => `01900000-0000-7000-9000-${String(number).padStart(12, '0')}`

export const ruleOf = (over: Partial<ClockRuleInput> = {}): ClockRuleInput => ({
  id: idOf((made += 1)),
  level: 'any',
  ourUnit: null,
  events: [],
  grades: [],
  reasons: [],
  recipient: 'superior',
  recipientName: '',
  recipientUnit: null,
  means: 'telephone',
  limitMinutes: 30,
  countedFrom: 'received',
  followUpMinutes: null,
  followUpHours: [],
  finalMinutes: null,
  clause: '第一条',
  source: '示例',
  isExample: true,
  isActive: true,
  ...over,
})

export const toldAt = (at: number, over: Partial<ClockEvidence> = {}): ClockEvidence => ({
  incident,
  unit: null,
  recipient: '市应急局',
  recipientKey: 'superior',
  means: 'telephone' as ReportingMeans,
  at: { at, precision: 'exact', source: '' },
  who: '样例张三',
  words: '收到',
  source: { dataset: 'clockEvidence', row: idOf((made += 1)) },
  report: '',
  origin: 'typed',
  ...over,
})

export const noUnits = new Map<string, never>()
export const ownCity = { unit: null, level: 'city' as const }
