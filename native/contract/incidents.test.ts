// What the door lets in of reports and orders: text whole, places on the earth, people in whole numbers.
import { describe, expect, test } from 'vitest'
import { classifiedMarking } from './classified-marking.ts'
import { IntakeInput, StatementInput } from './incidents.ts'
import { IssueTaskInput } from './tasks.ts'

const moment = { at: 1_772_346_600_000, precision: 'exact', source: '119' }
const intake = {
  id: '018f0000-0000-7000-8000-000000000001',
  title: '氯气泄漏',
  description: '',
  typeCode: null,
  place: '',
  position: null,
  placedBy: null,
  area: null,
  occurred: null,
  circumstances: [],
  report: { words: '', reporter: '', reporterUnit: '', reporterPhone: '', channel: 'telephone', received: moment },
  statements: [],
  attachments: [],
}
const statement = { metric: 'deaths', value: 3, source: '119', asOf: moment, state: 'unverified' }

describe('intake input', () => {
  test('a plain report is let in, text in NFC', () => {
    expect(IntakeInput.parse({ ...intake, title: 'é' }).title).toBe('é')
  })
  test.each([
    ['NUL', { title: 'a\0b' }],
    ['a lone surrogate', { description: '\ud800' }],
    ['no title', { title: '  ' }],
    ['too long', { description: '字'.repeat(6001) }],
    ['longitude out of range', { position: [200, 34] }],
    ['swapped beyond the poles', { position: [34.5, 109.5] }],
    ['no number', { position: [Number.NaN, 34] }],
    ['an area code of five digits', { area: '61050' }],
    ['an unknown circumstance', { circumstances: ['full-moon'] }],
    ['a time before the epoch', { occurred: { ...moment, at: -1 } }],
    ['an unknown way', { report: { ...intake.report, channel: 'dream' } }],
  ])('%s is refused', (_name, over) => {
    expect(IntakeInput.safeParse({ ...intake, ...over }).success).toBe(false)
  })
})

describe('statement input', () => {
  test.each([
    [{}, true],
    [{ value: 2.5 }, false],
    [{ metric: 'burnedForestHa', value: 2.5 }, true],
    [{ value: -1 }, false],
    [{ value: Number.POSITIVE_INFINITY }, false],
    [{ value: Number.NaN }, false],
    [{ source: ' ' }, false],
    [{ metric: 'cats' }, false],
  ])('%o → %s', (over, isGood) => {
    expect(StatementInput.safeParse({ ...statement, ...over }).success).toBe(isGood)
  })
})

test('an order without unit or task is refused', () => {
  const order = {
    id: intake.id,
    incident: intake.id,
    kind: 'instruction',
    inNameOf: '',
    unit: '样例救援队',
    resource: null,
    contact: '',
    phone: '',
    task: '堵漏',
    place: '',
    position: null,
    deadline: null,
    dueState: 'arrived',
    signWithinMinutes: 10,
    happenedAt: moment,
    evidence: { kind: 'telephone', who: '', number: '', words: '', sha256: null },
  }
  expect(IssueTaskInput.safeParse(order).success).toBe(true)
  for (const over of [{ unit: '' }, { task: ' ' }, { kind: 'wish' }, { signWithinMinutes: 0 }, { position: [0, 91] }])
    expect(IssueTaskInput.safeParse({ ...order, ...over }).success).toBe(false)
})

describe('marking of a state secret', () => {
  test.each([
    ['机密★10年', '机密'],
    ['绝密★', '绝密'],
    ['秘 密 ☆', '秘密'],
    ['【机密】', '机密'],
    ['（秘密）', '秘密'],
    ['密级：绝密', '绝密'],
    ['密级为机密', '机密'],
    ['此为机密级文件', '机密'],
    ['抬头\n绝 密\n正文', '绝密'],
    ['秘密（10年）', '秘密'],
    ['涉嫌泄露商业秘密案件', null],
    ['秘密通道', null],
    ['非涉密系统，严禁处理、存储、传输国家秘密', null],
    ['机密室着火', null],
    ['', null],
  ])('%s → %s', (words, marking) => {
    expect(classifiedMarking(words)).toBe(marking)
  })
})
