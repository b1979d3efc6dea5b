// Counts whose word stands in the next clause: 2人烧伤，已送县医院; 送医7人有误，实际6人. Taken only where one count alone can be meant.
import { counted, patterns } from './figure-patterns.ts'
import { isNoStatement, sentenceBefore } from './clauses.ts'
import { numberOf } from './numbers.ts'
import type { Clause, Figure } from './proposal.ts'

const count = new RegExp(counted, 'gu')
const begins = String.raw`^\s*(?=[均都皆已现正由经被送]|全部|目前|厂方|自行|家属|群众|不幸|当场|确认|抢救|死亡|遇难)(?<all>均|都|全部|皆)?(?:已|现已|目前|现|被|均)*`
const taken = new RegExp(
  String.raw`${begins}(?:由|经|用|被)?[\p{Script=Han}\d]{0,6}?(?:送医|送院|送(?:往|至|到|去)?[\p{Script=Han}]{0,12}?(?:医院|卫生院|救治|抢救)|入院|住院|就医)`,
  'u',
)
const dead = new RegExp(
  String.raw`${begins}(?:不幸|当场|经[\p{Script=Han}\d]{0,8}?(?:确认|无效|认定|判定)|确认|抢救无效)?(?:已)?(?:死亡|遇难|身亡|无生命体征|没有生命体征)`,
  'u',
)
const hurt = /[伤晕吐]|中毒|不适|腹泻|骨折|昏迷|吸入|触电|溺水/u
const reached = /救出|搜出|找到|挖出|打捞|捞出|捞起|送医|发现|抬出/u

/** 2人烧伤，已送医 → 2 送医. The sentence up to here must name one count only. */
export function saidOfThem(clauses: readonly Clause[], index: number): Figure[] {
  const [clause, before] = [clauses[index], clauses[index - 1]]
  if (clause === undefined || before === undefined || !/[,(]/u.test(before.end) || clause.text.search(count) !== -1 || isNoStatement(before.text))
    return []
  const [died, went] = [dead.exec(clause.text), taken.exec(clause.text)]
  if (died === null && went === null) return []
  const [one, ...others] = sentenceBefore(clauses, index).flatMap((part) =>
    [...part.text.matchAll(count)].filter((match) => part.text[match.index + match[0].length] !== '中').map((match) => ({ part, match })),
  )
  const value = numberOf(one?.match.groups?.['n'] ?? '')
  if (one === undefined || one.part !== before || others.length > 0 || value === null || !Number.isInteger(value)) return []
  const finding = (metric: Figure['metric'], said: RegExpExecArray, isUnsure: boolean): Figure => {
    const start = before.start + one.match.index
    return { field: 'figure', metric, value, isUnsure, start, end: clause.start + said[0].length, words: '' }
  }
  const isAbout = [one.match.groups?.['about'], one.match.groups?.['more']].some(Boolean)
  if (died !== null && reached.test(before.text)) return [finding('deaths', died, isAbout || (value > 1 && died.groups?.['all'] === undefined))]
  return went !== null && hurt.test(before.text) && !/死|亡|遇难/u.test(before.text) ? [finding('hospitalised', went, isAbout)] : []
}

/** 刚才报的送医7人有误，实际6人 → 6 送医. */
export function putRight(clauses: readonly Clause[]): Figure[] {
  return clauses.flatMap((clause, index) => {
    const next = clauses[index + 1]
    if (next === undefined || !/有误|误报|报错|不对|错了/u.test(clause.text)) return []
    const right = new RegExp(
      String.raw`^\s*(?:现|经核|经核实|核实)?(?:实际|应为|应该|实为|更正为|正确|准确|是|为)+(?:人数)?(?:为|是|:)?${counted}`,
      'u',
    ).exec(next.text)
    const value = numberOf(right?.groups?.['n'] ?? '')
    const wrong = patterns.find(({ pattern }) => clause.text.search(pattern) !== -1)
    if (right === null || value === null || !Number.isInteger(value) || wrong === undefined) return []
    return [
      { field: 'figure' as const, metric: wrong.metric, value, isUnsure: false, start: clause.start, end: next.start + right[0].length, words: '' },
    ]
  })
}
