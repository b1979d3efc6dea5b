// Counts of people in a message, each by its 口径; 失联, 被困 and 送医 are never counted as 死亡, part of a count never as the whole.
import type { Metric } from '../../../../native/contract/index.ts'
import { isNoStatement } from './clauses.ts'
import { heavyAndLight, none, patterns } from './figure-patterns.ts'
import { putRight, saidOfThem } from './figures-across.ts'
import { numberOf } from './numbers.ts'
import { type Clause, type Figure, wordsAt } from './proposal.ts'

/** `weight`: 2 where the words say that this is the sum or the right one, 0 where they say it is a part, else 1. */
type Weighed = Figure & { weight: 0 | 1 | 2 }

/** Found, saved: they are no longer what the word says. */
const isOver =
  /^(?:人员|群众|者|的|中)?(?:\d{1,2}[时点:](?:\d{1,2}分?)?许?)?[^,\d一二两三四五六七八九十]{0,8}?(?:已|均|都|全部|现已|先后|全)+[^,\d不未没]{0,6}?(?:遇难|死亡|身亡|找到|救出|获救|脱险|脱困|返家|返回|联系上|取得联系|下山|升井|撤出|平安|接下|找着|救下|逃出|解救)|^后(?:又|已|被)?(?:找到|救出|获救|联系上|脱险)/u
const isOverNext =
  /^\s*(?:现|后|目前|随后|经搜救)*(?:已|均|都|全部|均已|全部已|已全部|已经)+(?:安全)?(?:找到|救出|获救|脱险|脱困|返家|联系上|取得联系|升井|平安)/u
const canEnd: ReadonlySet<Metric> = new Set(['trapped', 'outOfContact', 'missing', 'atRisk'])
/** 救出被困人员5人: they are out. */
const isSaved = /(?:疏散|救出|解救|营救|转移|救援|抢救|搜救出|找到)(?:了|出)?[^,\d]{0,4}$/u
const isPart = /(?:其中|另有?|其余|还有|剩余|余下|包括|含)[^\d]{0,6}$/u
/** What came in addition is no count of all: 又有1人死亡. */
const isMore = /(?:又|新增|再|新发现|增加|多了)[^\d,]{0,6}$/u
const isSum = /累计|总数|合计|[升增降减]至|[升增降减]为|上升到|增加到|更新为|更正为|核定为|核实为|清点|共计|最终|确认|人数[为:]/u

/** 正组织约300人转移: not yet done. */
const isToCome = /正在|正组织|组织|准备|拟|计划|需要|需|将(?!近)|待|预计|预备|应/u

/** @param clauses of words of which what is denied was blanked */
export function figuresOf(clauses: readonly Clause[]): Figure[] {
  const found: Weighed[] = []
  for (const [index, clause] of clauses.entries()) {
    if (isNoStatement(clause.text)) continue
    const inClause: Weighed[] = []
    for (const { metric, pattern } of patterns)
      for (const match of clause.text.matchAll(pattern)) {
        const figure = figureIn(clause, metric, match, { before: clauses[index - 1], next: clauses[index + 1] })
        if (figure !== null) add(inClause, figure)
      }
    for (const { metric, pattern } of none)
      for (const match of clause.text.matchAll(pattern)) add(inClause, { ...zero(metric), ...wordsAt(clause, match.index, match[0]) })
    if (clause.text.includes('重') && /伤/u.test(`${clauses[index - 1]?.text ?? ''}${clause.text}`))
      for (const match of clause.text.matchAll(heavyAndLight))
        for (const [metric, words] of [
          ['seriousInjuries', match.groups?.['heavy']],
          ['minorInjuries', match.groups?.['light']],
        ] as const) {
          const value = numberOf(words ?? '')
          if (value !== null) add(inClause, { ...zero(metric), value, ...wordsAt(clause, match.index, match[0]) })
        }
    found.push(...inClause, ...saidOfThem(clauses, index).map((one) => ({ ...one, weight: 1 as const })))
  }
  return [...chosen(found), ...putRight(clauses).map((one) => ({ ...one, weight: 2 as const }))].map(({ weight: _, ...figure }) => figure)
}

const zero = (metric: Metric) => ({ field: 'figure' as const, metric, value: 0, isUnsure: false, weight: 1 as const })

function figureIn(
  clause: Clause,
  metric: Metric,
  match: RegExpExecArray,
  around: { before: Clause | undefined; next: Clause | undefined },
): Weighed | null {
  const { n = '', more, about } = match.groups ?? {}
  const value = numberOf(n)
  const rest = clause.text.slice(match.index + match[0].length)
  const lead = clause.text.slice(Math.max(0, match.index - 14), match.index)
  if (value === null || !Number.isInteger(value) || isMore.test(lead) || /[家亲]属$/u.test(lead)) return null
  if (metric === 'evacuated' && isToCome.test(`${lead.slice(-6)}${match[0]}`)) return null
  // 转院 is of those who had been taken in.
  if (metric === 'hospitalised' && /转/u.test(match[0])) return null
  if (canEnd.has(metric) && (isOver.test(rest) || isSaved.test(lead) || (rest.trim() === '' && isOverNext.test(around.next?.text ?? '')))) return null
  // 死亡3人以上为较大事故: a rule, not a count.
  if (/^\s?以[上下](?:的|就|即|者)?(?:为|属|启动|构成|上报|报)/u.test(rest)) return null
  // 入院时, 转移途中, 疏散前: a moment, not a count of theirs.
  if (/^(?:时(?!许)|途中|过程|之?前|后又)/u.test(rest)) return null
  const skipped = match[0].length - match[0].trimStart().length
  return {
    ...{ field: 'figure', metric, value },
    isUnsure: Boolean(more) || Boolean(about) || /^\s*(?:左右|上下|以上)/u.test(rest) || /(?:可能|疑似?|大概|估计|大约)[^,]{0,3}$/u.test(lead),
    // 死亡3人(1人经抢救无效): what stands in brackets is of what stands before them.
    weight: isPart.test(lead) || around.before?.end === '(' ? 0 : isSum.test(`${lead.slice(-6)}${match[0]}`) ? 2 : 1,
    ...wordsAt(clause, match.index + skipped, match[0].trim()),
  }
}

/** One finding a 口径 and stretch of words: a longer match of the same count takes the place of a shorter one. */
function add(found: Weighed[], next: Weighed): void {
  const same = found.findIndex((one) => one.metric === next.metric && one.start < next.end && next.start < one.end)
  if (same === -1) found.push(next)
  else if (next.words.length > (found[same]?.words.length ?? 0)) found[same] = next
}

/** Of several counts of one 口径 the sum or the corrected one; a part of it alone is none. Where the words leave it open, all, as unsure. */
function chosen(found: readonly Weighed[]): Weighed[] {
  return [...new Set(found.map((one) => one.metric))].flatMap((metric) => {
    const all = found.filter((one) => one.metric === metric)
    const most = Math.max(...all.map((one) => one.weight))
    // 其中1人重伤 is whole where nothing else is said of 重伤.
    if (most === 0) return all.length === 1 ? all : []
    const best = all.filter((one) => one.weight === most)
    const values = [...new Set(best.map((one) => one.value))]
    const once = values.flatMap((value) => best.find((one) => one.value === value) ?? [])
    return most === 2 ? once.slice(-1) : once.map((one) => (values.length > 1 ? { ...one, isUnsure: true } : one))
  })
}
