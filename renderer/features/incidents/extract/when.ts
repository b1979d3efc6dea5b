// When it happened, as the message says it; the clocks of calls, arrivals and deadlines are left alone.
import { parseSpokenTime } from '../../../ui/spoken-time.ts'
import { isNoStatement } from './clauses.ts'
import { wordsAt } from './figures.ts'
import type { Clause, Proposal } from './proposal.ts'

const hour = String.raw`(?:\d{1,2}|[一二两三四五六七八九十]{1,3})`
const day = String.raw`(?:(?:\d{4}年)?\d{1,2}月\d{1,2}[日号]|今天|今日|今晨|今早|今晚|昨天|昨日|昨晚|昨夜|前天|\d{1,2}[日号])`
const part = String.raw`(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|夜间|晚|早)`
const clock = String.raw`${hour}\s*(?::\s*\d{2}(?!\d)|[时点](?!\d*\s*(?:多|几))(?:\s*(?:半|整|[一三]刻|\d{1,2}\s*分?(?!\d|钟|人|名|个|车)|[一二三四五六七八九十零]{1,3}分))?)`
const moment = new RegExp(
  String.raw`(?:${day}\s*)?(?:${part}\s*)?(?:约|大约|大概)?\s*(?:(?:${day})\s*)?(?:${part}\s*)?(?<!\d|\d:)${clock}\s*(?:许|左右|前后)?`,
  'gu',
)
const ago = /(?:大约|大概|约)?\s*(?:半个?小时|半个钟头|[\d一二两三四五六七八九十]+\s*个?半?\s*(?:分钟|小时|钟头))\s*(?:之前|以前|前)/gu

// Clocks of something else than the event.
const other =
  /接警|接报|截至|预计|到场|赶到|抵达|出动|签收|更新|拍摄|公布|明[日天早]|之前报|前报|前完成|前上报|前到|以前报|内报|下班|控制住|扑灭|堵漏|熄灭|救出|解除|恢复|返家|复电|回复|收到|开会|报送|汇报|值班|会议|来电|打来|联系时间|最后联系|监测到时间|启动|转入|完毕|结束/u
const ofEvent =
  /发生|泄漏|漏|起火|着火|火灾|爆炸|坍塌|垮|滑坡|塌|侧翻|追尾|相撞|决口|溢|涌水|透水|冒顶|地震|中毒|被困|失联|走失|落水|倒|断|事故|发现|出现|突发|闻到|听到|看到|冒烟|进水|暴发|呕吐|不适|发病|漫|死|伤|被埋|坠|摔|撞|走水|报警/u

export function whenOf(clauses: readonly Clause[], now: number): Proposal[] {
  const tellsOfEvent = clauses.some((clause) => ofEvent.test(clause.text))
  const found: { proposal: Proposal; rank: number }[] = []
  for (const [index, clause] of clauses.entries()) {
    if (isNoStatement(clause.text)) continue
    for (const match of [...clause.text.matchAll(moment), ...clause.text.matchAll(ago)]) {
      const words = match[0].trim()
      const value = parseSpokenTime(words, { now, direction: 'past' })
      if (value === null || value.at > now) continue
      const rest = clause.text.slice(match.index + match[0].length)
      const lead = clause.text.slice(0, match.index)
      const next = rest.trim() === '' ? (clauses[index + 1]?.text ?? '') : rest
      if (other.test(`${lead.slice(-8)}${rest.slice(0, 8)}`) || /^\s*(?:前|之前|以前|至|到|-|~|—)/u.test(rest)) continue
      const rank = (ofEvent.test(next) ? 2 : 0) + (ofEvent.test(lead) ? 1 : 0) + (tellsOfEvent ? 1 : 0) - index * 0.1
      found.push({
        proposal: { field: 'occurred', value, ...wordsAt(clause, match.index + match[0].length - match[0].trimStart().length, words) },
        rank,
      })
    }
  }
  const best = found.toSorted((a, b) => b.rank - a.rank)[0]
  // A bare clock in a message that tells of no event is not taken for one.
  return best === undefined || best.rank < 0.5 ? [] : [best.proposal]
}
