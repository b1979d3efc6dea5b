// Scores how much a new report looks like a known incident, and says why: place, time, type, words. Pure.
import type { LikelyDuplicate } from '../../contract/index.ts'
import { type Evidence, evidenceOf, type ReadSubject } from './likeness.ts'

/** Below this a pair is not shown. The lowest at which nine of ten shown are right when each night is scored by weights fitted on the others: a wrong hint costs a glance, a missed one sends two teams. */
export const duplicateThreshold = 0.34
/** Further back than this nothing is compared. */
export const duplicateWindowMs = 24 * 3_600_000

// Log odds that each kind of evidence adds, fitted by logistic regression on the tuned half of `labelled/` and rounded; the other half took no part.
// Too few of its pairs name another road, building, town or works for a fit: there a person's judgement stands, that one such name outweighs all likeness.
const weights: Record<keyof Evidence, number> = {
  near: 1.7,
  atSpot: 1.6,
  far: -2.7,
  sameCounty: 2,
  sameCity: -0.1,
  otherArea: -3.7,
  soon: 0.2,
  sameType: 0.5,
  sameClass: 0.1,
  relatedClass: -2,
  otherClass: -1.9,
  sameDeed: 2,
  otherDeed: -1.8,
  relatedDeed: -1.4,
  relatedSite: -2.6,
  unknownDeed: 1.1,
  sameKind: 1.1,
  otherKind: -3.5,
  sameNumber: 0.3,
  otherNumber: -5,
  sameSite: 1.1,
  otherSite: -3.1,
  sameThing: 2.2,
  otherThing: -2.6,
  sameSubstance: 0.4,
  otherSubstance: -0.8,
  sameHarm: 1.1,
  sameRoad: 0.5,
  otherRoad: -6,
  sameTown: 0.9,
  otherTown: -1.6,
  otherKnownTown: -2,
  sameName: 1.6,
  sameWords: 1.5,
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
