// Counts of people in a message, each by its 口径; 失联, 被困 and 送医 are never counted as 死亡.
import type { Metric } from '../../../../native/contract/index.ts'
import { isNoStatement } from './clauses.ts'
import { numberOf, numberSource } from './numbers.ts'
import type { Clause, Proposal } from './proposal.ts'

// 约 600 人左右, 3名工人, 十二个; 几 and 数 before a unit make it no number.
const before = String.raw`(?<![几数\d.第])(?<about>约|大约|大概|近|将近|至少|超过|不少于|可能有?|疑似有?)?\s*`
const counted = String.raw`${before}(?<n>${numberSource})(?<more>多|余|来)?\s*(?:个人|人|名|个|位|口)(?!月|小时|钟头|点|单位|乡镇|村|镇|学校)`
const who = String.raw`(?:员工|职工|工人|矿工|群众|村民|居民|学生|师生|老人|儿童|孩子|小孩|乘客|司机|驾驶员|施工人员|作业人员|游客|消防员|伤者|伤员|患者|病人|人员|人)?`
const pad = String.raw`[\p{Script=Han}]{0,6}?`
const becomes = String.raw`(?:人数|的)?(?:已|共|现|总数|累计|合计|目前)*(?:[经\p{Script=Han}]{0,6}?(?:更新|更正|核定|核实|清点|统计)?为|更新为|更正为|核定为|核实为|增至|增加到|升至|上升到|上升至|降为|减为|为|是|达到?|有|了|共计|:|共)?\s*`

interface Pattern {
  metric: Metric
  pattern: RegExp
}
const after = (metric: Metric, said: string): Pattern => ({
  metric,
  pattern: new RegExp(`${counted}${who}(?:已经?|均|全部|当场|确认|先后|被|正|仍)*(?:${said})`, 'gu'),
})
const ahead = (metric: Metric, said: string): Pattern => ({
  metric,
  pattern: new RegExp(`(?:${said})(?:群众|村民|居民|人员|职工|师生|学生|游客|工人|伤员|患者|病人|乘客)?${becomes}${counted}`, 'gu'),
})

const patterns: readonly Pattern[] = [
  after('deaths', '死亡|遇难|身亡|丧生|死了|没救过来|经抢救无效死亡|抢救无效死亡|没了呼吸'),
  ahead('deaths', '死亡|遇难|身亡|死了|砸死|淹死|烧死|压死'),
  { metric: 'deaths', pattern: new RegExp(`(?<![几数])(?<n>${numberSource})(?<more>)(?<about>)死(?!亡|了|者)`, 'gu') },
  after(
    'hospitalised',
    `${pad}(?:送医|送往[^,]{0,12}医院|送至[^,]{0,12}医院|送到[^,]{0,12}医院|送去医院|送了?医院|住院|入院|就医|转院|转[^,]{0,8}医院)`,
  ),
  ahead('hospitalised', '送医治疗|送医院?|收治|接诊|住院|入院|送往医院|送院|就医'),
  after('acutePoisoning', '(?:急性)?中毒'),
  ahead('acutePoisoning', '(?:急性)?中毒'),
  after('seriousInjuries', '重伤|伤势较重|伤势严重|受重伤'),
  ahead('seriousInjuries', '重伤'),
  after('minorInjuries', '轻伤|轻微伤|受轻伤|轻微不适|擦伤'),
  ahead('minorInjuries', '轻伤|轻微伤'),
  after('trapped', `${pad}(?:被困|困在|困住|被埋|被压|没出来|出不来|未升井)`),
  ahead('trapped', '被困|困住|困着|被埋|埋了|埋压|压住'),
  after('outOfContact', '失联|失去联系|联系不上'),
  ahead('outOfContact', '失联'),
  after('missing', '失踪|下落不明|走失'),
  ahead('missing', '失踪|下落不明'),
  after('evacuated', '(?:安全)?(?:疏散|转移|撤离|撤出|搬离|安置)'),
  ahead('evacuated', '紧急?(?:疏散|转移|撤离)|(?:疏散|转移|撤离|撤出|转移安置|安置)'),
  after('atRisk', '涉险'),
  ahead('atRisk', '涉险'),
]

/** Found, saved: they are no longer what the word says. */
const isOver = /^(?:人员|群众|者)?(?:已|均|都|全部|现已|先后)*(?:找到|救出|获救|脱险|脱困|返家|返回)/u

const none: readonly Pattern[] = [{ metric: 'deaths', pattern: /(?:暂?无|没有|未造成|未发生|暂未发现|无一)(?:人员|人)?(?:伤亡|死亡|遇难)/gu }]

export function figuresOf(clauses: readonly Clause[]): Proposal[] {
  const found: Proposal[] = []
  for (const clause of clauses) {
    if (isNoStatement(clause.text)) continue
    for (const { metric, pattern } of patterns)
      for (const match of clause.text.matchAll(pattern)) {
        const { n = '', more, about } = match.groups ?? {}
        const value = numberOf(n)
        const rest = clause.text.slice(match.index + match[0].length)
        if (value === null || !Number.isInteger(value) || isOver.test(rest)) continue
        const lead = match[0].length - match[0].trimStart().length
        add(found, {
          ...{ field: 'figure' as const, metric, value },
          isUnsure: Boolean(more) || Boolean(about) || /^\s*(?:左右|上下|以上)/u.test(rest),
          ...wordsAt(clause, match.index + lead, match[0].trim()),
        })
      }
    for (const { metric, pattern } of none)
      for (const match of clause.text.matchAll(pattern))
        add(found, { field: 'figure', metric, value: 0, isUnsure: false, ...wordsAt(clause, match.index, match[0]) })
  }
  return found
}

/** One finding a 口径 and stretch of words: a longer match of the same count takes the place of a shorter one. */
function add(found: Proposal[], next: Extract<Proposal, { field: 'figure' }>): void {
  const same = found.findIndex((one) => one.field === 'figure' && one.metric === next.metric && one.start < next.end && next.start < one.end)
  if (same === -1) found.push(next)
  else if (next.words.length > (found[same]?.words.length ?? 0)) found[same] = next
}

export function wordsAt(clause: Clause, index: number, words: string): { start: number; end: number; words: string } {
  return { start: clause.start + index, end: clause.start + index + words.length, words }
}
