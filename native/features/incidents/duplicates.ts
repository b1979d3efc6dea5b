// Scores how much a new report looks like a known incident, and says why: place, time, type, words. Pure.
import type { LikelyDuplicate } from '../../contract/index.ts'
import { type Evidence, evidenceOf, type ReadSubject } from './likeness.ts'

/** Below this a pair is not shown. Where precision and recall of the tuned half meet when each night is scored by weights fitted on the other nights. */
export const duplicateThreshold = 0.38
/** Further back than this nothing is compared. */
export const duplicateWindowMs = 24 * 3_600_000

// Log odds that each kind of evidence adds, fitted by logistic regression on the tuned half of `labelled/` and rounded; the other half took no part.
// Too few of its pairs name another road, building or works for a fit: there a person's judgement stands, that one such name outweighs all likeness.
const weights: Record<keyof Evidence, number> = {
  near: 1.2,
  atSpot: 1.3,
  far: -2,
  sameCounty: 1.8,
  sameCity: 0.1,
  otherArea: -3.3,
  soon: 0.3,
  sameType: 0.4,
  sameClass: 0.3,
  relatedClass: -1.7,
  otherClass: -1.6,
  sameDeed: 1.6,
  otherDeed: -1.4,
  relatedDeed: -1.3,
  relatedSite: -2.3,
  unknownDeed: 1.1,
  sameKind: 1.2,
  otherKind: -3,
  sameNumber: 0.3,
  otherNumber: -3.5,
  sameSite: 1.2,
  otherSite: -2.5,
  sameThing: 1.8,
  otherThing: -2.4,
  sameSubstance: 0.3,
  otherSubstance: -0.8,
  sameHarm: 1,
  sameRoad: 0.5,
  otherRoad: -5,
  sameName: 1.5,
  sameWords: 1.3,
}
/** Two reports of one day about which nothing is known are rarely one event. */
const bias = -2.7

/** @returns score: the probability, 0…1, that both tell of one event; reasons: what speaks for it, strongest first */
export function likeness(a: ReadSubject, b: ReadSubject): Pick<LikelyDuplicate, 'score' | 'reasons'> {
  const { evidence, metres, minutes, shared, area } = evidenceOf(a, b)
  const of = (...kinds: (keyof Evidence)[]) => kinds.reduce((sum, kind) => sum + weights[kind] * evidence[kind], 0)
  const odds = bias + of(...(Object.keys(weights) as (keyof Evidence)[]))
  const reasons: LikelyDuplicate['reasons'] = [
    {
      kind: 'place',
      points: of('near', 'far', 'sameCounty', 'sameCity', 'otherArea', 'sameRoad', 'otherRoad'),
      detail: metres === null ? { area: area ?? '' } : { metres },
    },
    { kind: 'time', points: of('soon'), detail: { minutes } },
    { kind: 'type', points: of('sameType', 'sameClass', 'relatedClass', 'otherClass'), detail: { code: b.typeCode ?? '' } },
    {
      kind: 'words',
      points: of('sameSite', 'otherSite', 'sameThing', 'otherThing', 'sameSubstance', 'otherSubstance', 'sameHarm', 'sameName', 'sameWords'),
      detail: { words: shared.slice(0, 5).join('、') },
    },
  ]
  return {
    score: 1 / (1 + Math.exp(-odds)),
    reasons: reasons
      .filter(({ points, detail }) => points > 0.05 && Object.values(detail).some((value) => value !== ''))
      .toSorted((x, y) => y.points - x.points),
  }
}
