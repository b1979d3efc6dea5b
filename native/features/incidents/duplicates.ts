// Scores how much a new report looks like a known incident, and says why: place, time, type, words. Pure.
import type { LikelyDuplicate } from '../../contract/index.ts'
import { type Evidence, evidenceOf, type ReadSubject } from './likeness.ts'

/** Below this a pair is not shown. */
export const duplicateThreshold = 0.4
/** Further back than this nothing is compared. */
export const duplicateWindowMs = 24 * 3_600_000

// Log odds that each kind of evidence adds, fitted by logistic regression on the tuned half of `labelled/` and rounded; the other half took no part.
const weights: Record<keyof Evidence, number> = {
  near: 2,
  far: -3.2,
  sameArea: 0.9,
  otherArea: -3.1,
  soon: 0.7,
  sameType: 0.7,
  sameClass: 1.8,
  otherClass: -2.5,
  sameSite: 1.9,
  otherSite: -3,
  sameName: 0.8,
  sameWords: 0.5,
}
/** Two reports of one day about which nothing is known are rarely one event. */
const bias = -2.5

/** @returns score: the probability, 0…1, that both tell of one event; reasons: what speaks for it, strongest first */
export function likeness(a: ReadSubject, b: ReadSubject): Pick<LikelyDuplicate, 'score' | 'reasons'> {
  const { evidence, metres, minutes, shared, area } = evidenceOf(a, b)
  const of = (...kinds: (keyof Evidence)[]) => kinds.reduce((sum, kind) => sum + weights[kind] * evidence[kind], 0)
  const odds = bias + of(...(Object.keys(weights) as (keyof Evidence)[]))
  const reasons: LikelyDuplicate['reasons'] = [
    { kind: 'place', points: of('near', 'far', 'sameArea', 'otherArea'), detail: metres === null ? { area: area ?? '' } : { metres } },
    { kind: 'time', points: of('soon'), detail: { minutes } },
    { kind: 'type', points: of('sameType', 'sameClass', 'otherClass'), detail: { code: b.typeCode ?? '' } },
    { kind: 'words', points: of('sameSite', 'otherSite', 'sameName', 'sameWords'), detail: { words: shared.slice(0, 5).join('、') } },
  ]
  return {
    score: 1 / (1 + Math.exp(-odds)),
    reasons: reasons
      .filter(({ points, detail }) => points > 0.05 && Object.values(detail).some((value) => value !== ''))
      .toSorted((x, y) => y.points - x.points),
  }
}
