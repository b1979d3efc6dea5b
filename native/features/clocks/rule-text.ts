// The table of limits as a sheet people can edit: one row a rule, words instead of codes; what cannot be read is named with its row. Pure.
import { ANY_REASON, ClockRuleInput, type RuleFault, type RuleImport } from '../../contract/index.ts'
import { kindWords } from './recipients.ts'

/** What the sheet's words stand for: units by name, reasons by their name. */
export interface Vocabulary {
  units: readonly { id: string; name: string }[]
  reasons: readonly { id: string; name: string }[]
  /** For a row without a number. */
  newId: () => string
}

export const ruleHeader = [
  '编号',
  '本单位级别',
  '本单位',
  '事件（代码或灾种）',
  '等级',
  '须报情形',
  '收报方',
  '收报方名称',
  '收报单位',
  '方式',
  '时限（分钟）',
  '起算',
  '续报间隔（分钟）',
  '续报时刻',
  '终报（办结后分钟）',
  '条款',
  '依据',
  '示例',
  '启用',
] as const

const levels = { any: '不限', province: '省', city: '市', county: '县' } as const
const grades = {
  'particularly-major': '特别重大',
  major: '重大',
  larger: '较大',
  general: '一般',
  unknown: '无法初判',
  below: '不构成等级',
} as const
const means = { telephone: '电话', writing: '书面' } as const
const starts = { occurred: '事发', received: '接报' } as const
const yes = '是'

export function rulesToCells(rules: readonly ClockRuleInput[], words: Vocabulary): string[][] {
  const unit = (id: string | null) => (id === null ? '' : (words.units.find((one) => one.id === id)?.name ?? id))
  const reason = (id: string) => (id === ANY_REASON ? '任一' : (words.reasons.find((one) => one.id === id)?.name ?? id))
  return rules.map((rule) => [
    rule.id,
    levels[rule.level],
    unit(rule.ourUnit),
    rule.events.join('、'),
    rule.grades.map((grade) => grades[grade]).join('、'),
    rule.reasons.map(reason).join('、'),
    kindWords[rule.recipient],
    rule.recipientName,
    unit(rule.recipientUnit),
    means[rule.means],
    String(rule.limitMinutes),
    starts[rule.countedFrom],
    rule.followUpMinutes === null ? '' : String(rule.followUpMinutes),
    rule.followUpHours.join('、'),
    rule.finalMinutes === null ? '' : String(rule.finalMinutes),
    rule.clause,
    rule.source,
    rule.isExample ? yes : '否',
    rule.isActive ? yes : '否',
  ])
}

/** @param cells with the header row first; columns may stand in any order @returns the good rows, and a fault for each other */
export function rulesFromCells(cells: readonly (readonly string[])[], words: Vocabulary): RuleImport {
  const [head = [], ...lines] = cells
  const column = new Map(head.map((name, index) => [fold(name), index]))
  const missing = (['收报方', '方式', '时限（分钟）', '依据'] as const).filter((name) => !column.has(fold(name)))
  if (missing.length > 0) return { rules: [], faults: missing.map((field) => ({ row: 1, field, reason: 'column.missing' })) }
  const rules: ClockRuleInput[] = []
  const faults: RuleFault[] = []
  const seen = new Set<string>()
  for (const [index, line] of lines.entries()) {
    if (line.every((cell) => cell.trim() === '')) continue
    const row = index + 2
    const read = ruleOf((name) => (line[column.get(fold(name)) ?? -1] ?? '').normalize('NFC').trim(), words)
    const parsed = read.faults.length > 0 ? null : ClockRuleInput.safeParse(read.rule)
    if (parsed?.success === true && !seen.has(parsed.data.id)) {
      seen.add(parsed.data.id)
      rules.push(parsed.data)
    } else if (parsed?.success === true) faults.push({ row, field: '编号', reason: 'duplicate' })
    else
      faults.push(
        ...read.faults.map((field) => ({ row, field, reason: 'unknown' })),
        ...(parsed?.error.issues ?? []).map((issue) => ({ row, field: columnOf(String(issue.path[0] ?? '')), reason: 'bounds' })),
      )
  }
  return { rules, faults }
}

function ruleOf(cell: (name: (typeof ruleHeader)[number]) => string, words: Vocabulary) {
  const faults: string[] = []
  const take = <T>(name: (typeof ruleHeader)[number], read: (text: string) => T | undefined, empty: T): T => {
    // Codes and numbers may come in full width; names and clauses stay as they were typed.
    const text = cell(name).normalize('NFKC')
    if (text === '') return empty
    const value = read(text)
    if (value !== undefined) return value
    faults.push(name)
    return empty
  }
  const each = <T>(name: (typeof ruleHeader)[number], read: (text: string) => T | undefined): T[] =>
    take(
      name,
      (text) =>
        allOf(
          text
            .split(/[、，,;；\s]+/u)
            .filter(Boolean)
            .map(read),
        ),
      [],
    )
  const unit = (text: string) => words.units.find((one) => fold(one.name) === fold(text) || one.id === text)?.id
  const number = (text: string) => (/^\d+$/.test(text) ? Number(text) : undefined)
  const rule = {
    id: cell('编号') === '' ? words.newId() : cell('编号'),
    level: take('本单位级别', (text) => keyOf(levels, text), 'any'),
    ourUnit: take<string | null>('本单位', unit, null),
    events: each('事件（代码或灾种）', (text) => text),
    grades: each('等级', (text) => keyOf(grades, text)),
    reasons: each('须报情形', (text) =>
      text === '任一' || text === ANY_REASON ? ANY_REASON : words.reasons.find((one) => fold(one.name) === fold(text) || one.id === text)?.id,
    ),
    recipient: take<keyof typeof kindWords | ''>('收报方', (text) => keyOf(kindWords, text), ''),
    recipientName: cell('收报方名称'),
    recipientUnit: take<string | null>('收报单位', unit, null),
    means: take<keyof typeof means | ''>('方式', (text) => keyOf(means, text), ''),
    limitMinutes: take('时限（分钟）', number, 0),
    countedFrom: take('起算', (text) => keyOf(starts, text), 'received' as const),
    followUpMinutes: take<number | null>('续报间隔（分钟）', number, null),
    followUpHours: each('续报时刻', (text) => (/^\d{1,2}:\d{2}$/.test(text) ? text.padStart(5, '0') : undefined)),
    finalMinutes: take<number | null>('终报（办结后分钟）', number, null),
    clause: cell('条款'),
    source: cell('依据'),
    isExample: cell('示例') === yes,
    isActive: cell('启用') !== '否',
  }
  return { rule, faults }
}

function allOf<T>(values: (T | undefined)[]): T[] | undefined {
  return values.every((value) => value !== undefined) ? values : undefined
}
function keyOf<K extends string>(table: Readonly<Record<K, string>>, text: string): K | undefined {
  const wanted = fold(text)
  return (Object.keys(table) as K[]).find((key) => key === text || fold(table[key]) === wanted)
}
/** Brackets and blanks may have changed their width on the way through a spreadsheet. */
function fold(text: string): string {
  return text.normalize('NFKC').replace(/\s/gu, '')
}

const fieldColumns: Partial<Record<string, (typeof ruleHeader)[number]>> = {
  id: '编号',
  recipient: '收报方',
  recipientName: '收报方名称',
  means: '方式',
  limitMinutes: '时限（分钟）',
  followUpMinutes: '续报间隔（分钟）',
  followUpHours: '续报时刻',
  finalMinutes: '终报（办结后分钟）',
  clause: '条款',
  source: '依据',
  events: '事件（代码或灾种）',
}
function columnOf(field: string): string {
  return fieldColumns[field] ?? field
}
