// How counts of people are said, by 口径: 3人失联, 失联3人, 疏散周边群众约200人, 1死2失踪. Only patterns; what is taken of them stands in figures.ts.
import type { Metric } from '../../../../native/contract/index.ts'
import { hanDigits, numberSource } from './numbers.ts'

// 约 600 人左右, 3名工人, 十二个; 几 and 数 before a unit make it no number.
const number = String.raw`(?<![几数第\d.${hanDigits}])(?<about>约|大约|大概|近|将近|至少|超过|不少于|可能有?|疑似?有?)?\s{0,2}(?<n>${numberSource})`
const unit = String.raw`(?<more>多|余|来)?\s{0,2}(?:号人|个人|人|名|个|位|口)(?!月|小时|钟头|点|单位|乡镇|村|镇|学校|家庭|次|工作日|组|队|批|大队|中队)`
export const counted = `${number}${unit}`
const households = String.raw`(?:(?:约|近)?\d{1,6}(?:余|多)?户[,、]?(?:共|合计)?)?`
/** Between a count and its word: 名 <巡线员> 受轻伤. No other count and no other word of the kind may stand there. */
const between = String.raw`(?:(?![伤亡死困联踪送逃救]|中(?!毒)|[${hanDigits}]+[人名个位])\p{Script=Han}){0,7}?`
const whoever = String.raw`(?:(?![途时后前点])\p{Script=Han}){0,10}?(?:群众|村民|居民|住户|商户|人员|职工|员工|师生|学生|游客|乘客|旅客|工人|矿工|伤员|伤者|患者|病人|百姓|人数)`
const becomes = String.raw`[\s\u00a0]{0,20}(?:人数|的)?(?:已|共|现|总数|累计|合计|目前)*(?:(?:已?经)?[\p{Script=Han}]{0,6}?(?:更新|更正|核定|核实|清点|统计)?为|更新为|更正为|核定为|核实为|增至|增加到|升至|上升到|上升至|降为|减为|减少到|减至|为|是|达到?|有|了|共计|:|共|出)?[\s\u00a0]{0,20}`

export interface Pattern {
  metric: Metric
  pattern: RegExp
}
const after = (metric: Metric, said: string, gap = between): Pattern => ({
  metric,
  pattern: new RegExp(`${counted}${gap}(?:已经?|均|全部|当场|确认|先后|被|正|仍)*(?:${said})`, 'gu'),
})
const ahead = (metric: Metric, said: string): Pattern => ({
  metric,
  pattern: new RegExp(`(?:${said})(?:${whoever})?${becomes}${households}${counted}`, 'gu'),
})
/** 1死2失踪, 2重伤3轻伤: no 人 needed. */
const bare = (metric: Metric, said: string): Pattern => ({
  metric,
  pattern: new RegExp(`${number}(?<more>)(?:${said})`, 'gu'),
})

const clinic = String.raw`(?:医院|卫生院|急诊|急救中心|ICU)`
const carried = String.raw`送医|送院|送(?:往|至|到|去|了|进|入)?[^,]{0,12}?${clinic}|送(?:往|至|到|去)?[^,]{0,4}(?:救治|治疗|抢救|观察)|拉(?:到|去|往)[^,]{0,10}?${clinic}|去了?${clinic}|住院|住进|入院(?!时)|就医|就诊|转院|转[^,]{0,8}${clinic}`

export const patterns: readonly Pattern[] = [
  after('deaths', '死亡|遇难|身亡|丧生|罹难|死了|没救过来|没抢救过来|经抢救无效死亡|抢救无效|没了呼吸'),
  ahead('deaths', '死亡|遇难|身亡|死了|死者|死(?=[\\d一二两三四五六七八九十])|砸死|淹死|烧死|压死|遇难者'),
  bare('deaths', '死(?!亡|了|者|角|胡)|死亡'),
  after('hospitalised', carried, String.raw`(?:(?![${hanDigits}]+[人名个位])\p{Script=Han}){0,8}?`),
  ahead('hospitalised', String.raw`送医治疗|送医院?|收治(?:\p{Script=Han}{0,8}(?:患者|伤员|病人|伤者))?|接诊|住院|入院|送往医院|送院|就医|就诊|拉走`),
  after('acutePoisoning', '(?:急性)?中毒'),
  ahead('acutePoisoning', '(?:急性)?中毒(?:窒息)?'),
  after('seriousInjuries', '重伤|伤势较重|伤势严重|受重伤|伤势危重'),
  ahead('seriousInjuries', '重伤(?:员|者|人员)?'),
  bare('seriousInjuries', '重伤'),
  after('minorInjuries', '轻伤|轻微伤|受轻伤|轻微不适|擦伤|轻微(?:擦|扭|烧|灼|划|皮外|外|摔|碰|刮)伤'),
  ahead('minorInjuries', '轻伤(?:员|者|人员)?|轻微伤'),
  bare('minorInjuries', '轻伤'),
  after('trapped', '被困|受困|困在|困住|被埋|被压|埋在|压在|没出来|出不来|未升井|卡住|卡在|被卡|埋进去|未逃出|没跑出来'),
  ahead('trapped', '被困|受困|困住|困着|困了|被埋|埋了|埋住|埋压|埋进去|卡住|压住'),
  bare('trapped', '被困'),
  after('outOfContact', '失联|失连|失去联系|失去联络|联系不上|联络不上|[没未](?:有)?联系上|无法联系|未取得联系'),
  ahead('outOfContact', '失联|失连|联系不上'),
  bare('outOfContact', '失联'),
  after('missing', '失踪|下落不明|走失|走丢|没找到|未找到|找不到|没找着'),
  ahead('missing', '失踪|下落不明|走失|走丢'),
  bare('missing', '失踪'),
  after('evacuated', '(?:都|全|正)?在?往外(?:跑|撤)'),
  after('evacuated', '(?:安全|有序|紧急|提前)?(?:疏散|转移|撤离|撤出|撤到|搬离|避险转移|安置)'),
  ahead('evacuated', '(?:避险|紧急)?(?:疏散|转移安置|转移|撤离|撤出|转出|安置)'),
  after('atRisk', '涉险'),
  ahead('atRisk', '涉险'),
]

/** 三人烧伤(两重一轻) */
export const heavyAndLight = new RegExp(String.raw`(?<heavy>[\d${hanDigits}]{1,3})重(?<light>[\d${hanDigits}]{1,3})轻`, 'gu')

export const none: readonly Pattern[] = [
  {
    metric: 'deaths',
    pattern:
      /(?:暂?无|没有(?:发现|造成)?|尚未发现|未造成|未发生|暂未发现|未发现|无一|零)(?:人员|人)?(?:伤亡|死亡|遇难)(?!报告|情况|信息|数)|死亡(?:人数)?(?:为|:)?(?:零|0)(?![.\d])人?/gu,
  },
]
