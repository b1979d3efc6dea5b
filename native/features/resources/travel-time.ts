// Travel time by class of area, until there is a road network: an estimate, always a range, always called one (估算).
import type { Area, TravelEstimate } from '../../contract/index.ts'

type RoadClass = TravelEstimate['roadClass']

/**
 * Road length over great-circle length, and speed in km/h of a vehicle on call, each from best to worst.
 * Planning figures of this program, not measured on local roads: a centre should check them against its own runs.
 */
const classes: Record<RoadClass, { factor: [number, number]; speedKmh: [number, number] }> = {
  urban: { factor: [1.2, 1.45], speedKmh: [50, 22] },
  plain: { factor: [1.2, 1.4], speedKmh: [65, 40] },
  hill: { factor: [1.35, 1.8], speedKmh: [55, 32] },
  mountain: { factor: [1.5, 2.4], speedKmh: [48, 24] },
  unknown: { factor: [1.2, 2], speedKmh: [60, 24] },
}
const slowest: RoadClass[] = ['plain', 'urban', 'unknown', 'hill', 'mountain']

/** As the pack says; else a district (区) is urban and everything else unknown. */
export function roadClassOf(area: Pick<Area, 'terrain' | 'name' | 'kind'> | null): RoadClass {
  if (area === null) return 'unknown'
  return area.terrain ?? (area.kind === 'county' && area.name.endsWith('区') ? 'urban' : 'unknown')
}

/** The harder of the two ends counts. @param distanceM great-circle metres */
export function travelEstimate(distanceM: number, ends: readonly RoadClass[]): TravelEstimate {
  const roadClass = ends.reduce((worst, one) => (slowest.indexOf(one) > slowest.indexOf(worst) ? one : worst), ends[0] ?? 'unknown')
  const { factor, speedKmh } = classes[roadClass]
  const minutes = (end: 0 | 1) => ((distanceM / 1000) * factor[end] * 60) / speedKmh[end]
  return { minutesLow: Math.max(1, Math.floor(minutes(0))), minutesHigh: Math.max(2, Math.ceil(minutes(1))), roadClass, isEstimate: true }
}
