// Finds 响应级别 (Ⅰ级…Ⅳ级, 一级…四级, I级 in Latin letters) and keeps them apart from 事件等级 and 预警级别.
import type { EventGrade, ResponseTier } from '../../../contract/scalars.ts'
import { foldText } from '../../../store/fulltext.ts'

const token = '(?:iv|i{1,3}|[一二三四]|[1-4])'
const mention = new RegExp(`((?:${token}级?[、,和及与或])*)(${token})级(以上|及以上)?`, 'gu')
const tierOf: Record<string, ResponseTier> = {
  i: 'tier-1',
  ii: 'tier-2',
  iii: 'tier-3',
  iv: 'tier-4',
  一: 'tier-1',
  二: 'tier-2',
  三: 'tier-3',
  四: 'tier-4',
  1: 'tier-1',
  2: 'tier-2',
  3: 'tier-3',
  4: 'tier-4',
}
const order: ResponseTier[] = ['tier-1', 'tier-2', 'tier-3', 'tier-4']

export interface TierMention {
  tiers: ResponseTier[]
  /** 三级以上: a range a person has to read. */
  isRange: boolean
}

/**
 * @param isBareEnough true in a cell or heading that is about response levels anyway: then Ⅱ级 alone is one
 */
export function tierMentions(text: string, isBareEnough: boolean): TierMention[] {
  const folded = foldText(text)
  const found: TierMention[] = []
  for (const match of folded.matchAll(mention)) {
    const start = match.index
    const before = folded.slice(Math.max(0, start - 8), start)
    const after = folded.slice(start + match[0].length, start + match[0].length + 14)
    if (/[上下同第每这高逐本各a-z\d]$/u.test(before) || /预警[为至到:]?$/u.test(before) || /^[^,。;、]{0,5}预警/u.test(after)) continue
    const isResponse = /^(?:\([^)]{1,10}\))?[^,。;、]{0,8}响应/u.test(after) || /(?:响应级别|响应等级|响应|启动)[为至到:]?$/u.test(before)
    if (!isResponse && !isBareEnough) continue
    const words = [...(match[1] ?? '').matchAll(new RegExp(token, 'gu'))].map((word) => word[0]).concat(match[2] ?? '')
    const tiers = [...new Set(words.flatMap((word) => tierOf[word] ?? []))]
    if (tiers.length > 0) found.push({ tiers, isRange: match[3] !== undefined })
  }
  return found
}

/** Every tier that a text names, highest first. */
export function tiersIn(text: string, isBareEnough = false): ResponseTier[] {
  const named = new Set(tierMentions(text, isBareEnough).flatMap((found) => found.tiers))
  return order.filter((tier) => named.has(tier))
}

const gradeWords: [EventGrade, RegExp][] = [
  ['particularly-major', /特别?重大/u],
  ['major', /(?<!特别)(?<!特)重大(?!危险源|活动|隐患|风险|决策|事项|损失|影响|险情)/u],
  ['larger', /(?<!影响)较大(?!影响|损失|范围|风险)/u],
  ['general', /一般(?=(?:级|及以上)?[^,。;、]{0,12}(?:事故|灾害|事件|火灾|等级|险情|洪水|地震|\)|$))/u],
]

/** 事件等级 that a text names; `一般` only where an event follows. */
export function gradesIn(text: string): EventGrade[] {
  const folded = foldText(text).trim()
  return gradeWords.flatMap(([grade, pattern]) => (pattern.test(folded) ? [grade] : []))
}
