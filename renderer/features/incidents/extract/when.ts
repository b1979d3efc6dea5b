// When it happened, as the message says it; the clocks of calls, arrivals and deadlines are left alone.
import { parseSpokenTime, type SpokenTime } from '../../../ui/spoken-time.ts'
import { dayMs, hourMs, wallClock } from '../../../ui/time-words.ts'
import { isNoStatement } from './clauses.ts'
import { type Clause, type Proposal, wordsAt } from './proposal.ts'

const counts = '人|名|个|辆|户|位|台|车|多|几|来|余|[、,]'
const hour = String.raw`(?:\d{1,2}|[零〇一二两三四五六七八九十]{1,3})`
const day = String.raw`(?:(?:\d{4}\s?年\s?)?\d{1,2}\s?月\s?\d{1,2}\s?[日号]|上?(?:周|星期|礼拜)[一二三四五六日天]|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|今天|今日|今晨|今早|今晚|昨天|昨日|昨晚|昨夜|前天|当日|\d{1,2}\s?[日号])`
const part = String.raw`(?:凌晨|清晨|早上|早晨|一早|上午|中午|下午|傍晚|晚上|晚间|夜里|夜间|深夜|半夜|晚|早)`
const minutes = String.raw`(?:半|整|[一三]刻|\d{1,2}\s?分?(?!\d|钟|${counts})|[一二三四五六七八九十零]{1,3}分?(?!钟|${counts}|[一二三四五六七八九十]))`
const clock = String.raw`${hour}\s?(?::\s?\d{2}(?::\d{2})?(?!\d)|[时点](?!\d{0,2}\s?几)(?:\s?${minutes}(?:\s?\d{1,2}秒)?|钟|来钟|多(?![人名个辆户车]))?)`
const moment = new RegExp(
  String.raw`(?:${day}\s?)?(?:${part}\s?)?(?:约|大约|大概)?\s?(?:${day}\s?)?(?:${part}\s?)?(?<!\d|\d:|[至到~—-]\s?)${clock}\s?(?:许|左右|前后|出头|的样子)?`,
  'gu',
)
const ago =
  /(?:大约|大概|约)?\s?(?:半个?多?小时|半个?多?钟头|[一两三]刻钟|[\d一二两三四五六七八九十]{1,4}\s?[来多几余]?个?半?\s?(?:分钟|小时|钟头))\s?(?:之前|以前|前)/gu

// Clocks of something else than the event.
const other =
  /接警|接报|接到|截至|截止|预计|计划|到场|赶到|抵达|出动|签收|更新|拍摄|公布|发布|明[日天早]|之前报|前报|前完成|前上报|前到|以前报|内报|下班|控制|扑灭|堵漏|堵住|关断|关阀|熄灭|救出|搜出|挖出|打捞|捞出|找到|升井|获救|脱险|确认|核实|清点|解除|恢复|返家|复电|回复|收到|开会|会议|报送|上报|汇报|续报|报告|报的警|报了警|报警[称说人]|群众报警|值班|来电|打来|联系时间|最后联系|监测到时间|启动|转入|转院|完毕|结束|送[至到往医]|开始(?:营业|上班|检修|施工)|入井|下井|堵截|封闭|疏散|转移|撤离|全部|进驻|进场|增援|支援|集结|[调增]?派|开展|研判|会商|部署|通知|要求|启用|接管|移交|下达|批示|采样|检测|监测(?!到)|测得|预警|测定|成立|到位|位移|电话|通话|^报[:称告]|水位|流量|浓度|[降雨]量|风[力向]|雨停|通车|复产|通电|值守|交接|接班|宣布|批准|同意|授权|签发|起飞|返航|出发|到达|停止|终止|解封|开通|[例会]议/u
const otherBefore =
  /(?:接警|接报|接到|截至|截止|预计|计划|启动|最后联系|到场|抵达|出动|拍摄|发布|更新|请|须|务必|限|会议|开会|值班)(?:于|在|是)?[:\s]{0,2}$|明[日天早][^,]{0,4}$/u
const ofEvent =
  /发生|泄漏|泄露|漏|起火|着火|失火|着了|火灾|火情|大火|山火|自燃|爆|井喷|炸|坍塌|垮|滑坡|泥石流|山洪|崩塌|塌|侧翻|翻|追尾|撞|决口|溢|涌水|透水|突水|冒顶|片帮|瓦斯|突出|地震|中毒|窒息|被困|困|失联|走失|落水|溺|触电|倒|断|停运|停车|停电|停水|跳闸|抛锚|脱轨|事故|事发|发现|出现|突发|闻到|听到|看到|看见|冒|进水|暴发|呕吐|不适|发病|腹泻|漫|死|伤|埋|坠|摔|跌|掉|砸|走水|报警|沉|淹|晕|溅|溺|冲走|刮|雷击|雨|涨|汛限|崩|失踪|下水(?!道)|肚子疼|着的|开始|的事|响|下来|滚落/u
/** 就刚才七点四十五: said by who saw it. */
const justNow = /(?:刚才|刚刚|就在)[,，]?\s?$/u
const labelled = /(?:事发|发生|起火|着火|爆炸|泄漏|发现|事故)?时间(?:是|为|大概|大约|约)?[:是为]?\s?$/u
const otherLabel = /(?:接报|接警|报告|报送|监测|拍摄|发布|更新|联系|到场|报警|来电|通话|截止|截至)时间/u
/** A bare clock that would be of the day before is more likely one to come, or of something else. */
const longestBareMs = 16 * hourMs
/** Past this a day without its year is not believed to be the last one. */
const longestMs = 60 * dayMs

export function whenOf(clauses: readonly Clause[], now: number): Proposal[] {
  const found: { proposal: Proposal; rank: number }[] = []
  for (const [index, clause] of clauses.entries()) {
    if (isNoStatement(clause.text)) continue
    for (const match of [...clause.text.matchAll(moment), ...clause.text.matchAll(ago)]) {
      const words = match[0].trim()
      const value = read(words, now)
      if (value === null || value.at > now || now - value.at > longestAgoMs(words)) continue
      const rank = rankOf(clauses, index, match)
      if (rank === 0) continue
      const at = match.index + match[0].length - match[0].trimStart().length
      found.push({ proposal: { field: 'occurred', value, ...wordsAt(clause, at, words) }, rank })
    }
  }
  const best = found.toSorted((a, b) => b.rank - a.rank)[0]
  return best === undefined ? [] : [best.proposal]
}

function longestAgoMs(words: string): number {
  if (/\d{4}/.test(words)) return Infinity
  return /[日号月今昨前天周期晨]/u.test(words) ? longestMs : longestBareMs
}

/** 0: the clock of something else, or no event stands beside it. */
function rankOf(clauses: readonly Clause[], index: number, match: RegExpExecArray): number {
  const text = clauses[index]?.text ?? ''
  const rest = text.slice(match.index + match[0].length)
  const lead = text.slice(0, match.index)
  if (
    /[至到~—-]\s?$|[至到]今$/u.test(lead) ||
    /^\s?(?:前|之前|以前|至|到|-|~|—)/u.test(rest) ||
    (/[时点\d一二三四五六七八九十]$/u.test(match[0]) && /^[\d一二三四五六七八九十余来过几]/u.test(rest)) ||
    /差[\d一二三四五六七八九十]{1,3}分钟?$/u.test(lead) ||
    otherLabel.test(lead)
  )
    return 0
  const isAlone = rest.trim() === '' || /^\s?[^,]{0,3}的事?$/u.test(rest)
  const next = isAlone ? `${rest}${clauses[index + 1]?.text ?? ''}` : rest
  if (
    otherBefore.test(lead) ||
    other.test(rest.slice(0, 8)) ||
    (isAlone && !labelled.test(lead) && !/许|左右|前后/u.test(match[0]) && other.test(next.slice(0, 6)))
  )
    return 0
  // …翻到沟里，车上十二个，下午五点二十左右: a clock by itself is that of what was told before it.
  const before = isAlone && lead.trim() === '' ? clauses.slice(Math.max(0, index - 5), index) : []
  const points =
    (ofEvent.test(next) ? 2 : 0) +
    (ofEvent.test(lead) ? 1.5 : 0) +
    (labelled.test(lead) || justNow.test(lead) ? 2 : 0) +
    (before.some((one) => ofEvent.test(one.text)) ? 1 : 0)
  return points === 0 ? 0 : points + 1 / (1 + index)
}

/** 一点钟左右, said at 13:05, is 13:00: people who say 点 count to twelve. */
function read(words: string, now: number): SpokenTime | null {
  const said = parseSpokenTime(words.replace(/来钟|出头|的样子|多/gu, ''), { now, direction: 'past' })
  if (said === null) return null
  const value: SpokenTime = /来钟|出头|的样子/u.test(words) ? { ...said, precision: 'about' } : said
  const isOpen = /点/u.test(words) && !/[晨早午晚夜]|昨|前天|[日号月]|\d{4}/u.test(words)
  if (!isOpen || wallClock(value.at).hour >= 12) return value
  const later = { ...value, at: value.at + 12 * hourMs }
  return later.at <= now ? later : value
}
