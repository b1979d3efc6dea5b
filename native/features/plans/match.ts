// Which plans answer to an incident, best first, each with its reasons; a plan for another kind of event or another area is left out, and it is said why.
import type { IncidentFacts, MatchReason, MatchResult, PlanMatch, PlanSummary, PlanTier } from '../../contract/index.ts'
import { leastPoints, type SpokenClass } from '../../kernel/event-words.ts'
import { foldText } from '../../store/fulltext.ts'

export interface MatchablePlan {
  plan: PlanSummary
  tiers: PlanTier[]
}

/** Classes with less than this share of the strongest one's points are what else was said, not what happened. */
const clearlyLess = 0.7

/** `11A00` covers `11A02`; a code covers itself. */
export function covers(planType: string, incidentType: string): boolean {
  return incidentType.startsWith(planType.replace(/0+$/u, ''))
}

/** @param known.spoken classes of events that the words of the incident speak for, strongest first */
export function matchPlans(facts: IncidentFacts, known: { plans: readonly MatchablePlan[]; spoken: readonly SpokenClass[] }): MatchResult {
  const result: MatchResult = { matches: [], because: [] }
  for (const candidate of known.plans) {
    const verdict = weigh(facts, candidate, known.spoken)
    if ('why' in verdict) result.because.push({ plan: candidate.plan.id, title: candidate.plan.title, why: verdict.why })
    else result.matches.push(verdict)
  }
  result.matches.sort((a, b) => b.score - a.score || a.title.localeCompare(b.title, 'zh-CN'))
  return result
}

function weigh(
  facts: IncidentFacts,
  { plan, tiers }: MatchablePlan,
  spoken: readonly SpokenClass[],
): PlanMatch | { why: MatchResult['because'][number]['why'] } {
  if (plan.isRetired || plan.currentVersion === null) return { why: 'retired' }
  const area = areaReason(facts, plan)
  if (area === null) return { why: 'other-area' }
  const type = typeReason(facts, plan)
  const { points, found } = speaksFor(plan, spoken)
  const words = wordsReason(facts, { plan, found })
  // The plan's own words speak for it where the table of words does not know its kind: two of them, or one of four characters and more.
  const isByKeywords = words !== undefined && (words.found.length >= 2 || words.found.some((word) => word.length >= 4))
  // What they say may be another kind of event than was typed (a tanker on its side, typed 翻车); then it must be said twice.
  const isSaid = type === null ? points >= 2 * leastPoints : points >= leastPoints || isByKeywords
  if ((type === null || type === undefined) && !isSaid) return { why: type === undefined && facts.typeCode === null ? 'no-word' : 'other-type' }
  const tier = facts.grade === null ? undefined : tiers.find((one) => facts.grade !== null && one.grades.includes(facts.grade))
  const reasons: MatchReason[] = [
    ...(type === undefined || type === null ? [] : [type]),
    ...(tier === undefined || facts.grade === null ? [] : [{ kind: 'grade' as const, grade: facts.grade, tier: tier.tier, clause: tier.clause }]),
    area,
    ...(words === undefined ? [] : [words]),
  ]
  return {
    plan: plan.id,
    version: plan.currentVersion,
    title: plan.title,
    isSample: plan.isSample,
    score: reasons.reduce((sum, reason) => sum + scoreOf(reason), 0),
    reasons,
    tiers,
    proposedTier: tier?.tier ?? null,
  }
}

function scoreOf(reason: MatchReason): number {
  switch (reason.kind) {
    case 'type':
      return reason.isExact ? 60 : 50
    case 'type-name':
      return 40
    case 'area':
      return 10 + reason.area.length
    case 'area-unknown':
      return 5
    case 'words':
      return Math.min(20, 4 * reason.found.length)
    case 'grade':
      return 10
    default:
      return reason satisfies never
  }
}

/** undefined = neither is known to fit nor known not to; null = a plan for another kind of event. */
function typeReason(facts: IncidentFacts, plan: PlanSummary): MatchReason | null | undefined {
  const { typeCode, typeName } = facts
  if (typeCode !== null && plan.eventTypes.length > 0) {
    const found = plan.eventTypes
      .filter((code) => covers(code, typeCode))
      .toSorted((a, b) => b.replace(/0+$/u, '').length - a.replace(/0+$/u, '').length)[0]
    if (found !== undefined) return { kind: 'type', planType: found, incidentType: typeCode, isExact: found === typeCode }
    // Its neighbour (泄漏 beside 爆炸 of one substance class) may still be the nearest plan there is, if words speak for it.
    return plan.eventTypes.some((code) => code.slice(0, 3) === typeCode.slice(0, 3)) ? undefined : null
  }
  const stem = typeName?.replace(/^(?:其他|境内|天然|一般)|(?:灾害|事故|事件)$/gu, '')
  return stem !== undefined && stem.length >= 2 && plan.title.includes(stem) ? { kind: 'type-name', word: stem } : undefined
}

function areaReason(facts: IncidentFacts, plan: PlanSummary): Extract<MatchReason, { kind: 'area' | 'area-unknown' }> | null {
  if (plan.area === null || facts.area === null) return { kind: 'area-unknown' }
  return facts.area.startsWith(plan.area.replace(/(?:00)+$/u, '')) ? { kind: 'area', area: plan.area } : null
}

/** Points and words of the classes the plan is for; nothing where the words speak more of something else. */
function speaksFor(plan: PlanSummary, spoken: readonly SpokenClass[]): { points: number; found: string[] } {
  const most = spoken[0]?.points ?? 0
  const own = spoken.filter(
    ({ code, points }) => points >= most * clearlyLess && plan.eventTypes.some((type) => type.startsWith(code) || covers(type, code)),
  )
  return { points: own.reduce((sum, { points }) => sum + points, 0), found: own.flatMap(({ found }) => found) }
}

/** @param of.found words already found for its class; the plan's own keywords come besides */
function wordsReason(facts: IncidentFacts, of: { plan: PlanSummary; found: readonly string[] }): Extract<MatchReason, { kind: 'words' }> | undefined {
  const words = foldText(facts.words)
  const found = [...new Set([...of.found, ...of.plan.keywords.filter((word) => word.length >= 2 && words.includes(foldText(word)))])]
  return found.length === 0
    ? undefined
    : { kind: 'words', found: found.filter((word) => !found.some((longer) => longer !== word && longer.includes(word))) }
}
