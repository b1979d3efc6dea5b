// How near two reports are: by their positions, else by the areas they name, else by how far a position is from the seat of an area. Pure.
import type { LonLat } from '../../contract/index.ts'
import { distanceM } from '../../kernel/great-circle.ts'
import { isCounty, isWithin } from './area-words.ts'

/** Each from 0 (no such evidence) to 1. */
export interface PlaceEvidence {
  near: number
  /** Within some hundred metres. */
  atSpot: number
  far: number
  /** Of one county, or a position beside its seat. */
  sameCounty: number
  /** One names the city only, the other something in it. */
  sameCity: number
  otherArea: number
}

interface Placed {
  position: LonLat | null
  areas: string[]
  centres: LonLat[]
}

// Callers place a thing to a kilometre or so; a fire on a mountain, a flood, a storm and an earthquake are seen from further away.
const reachesM: [RegExp, number][] = [
  [/^11C/, 60_000],
  [/^11B/, 20_000],
  [/^11[AG]/, 5000],
]
const defaultReachM = 2000
const spotM = 500

/** @param common classes of event both speak of */
export function placeEvidence(a: Placed, b: Placed, common: readonly string[]): { place: PlaceEvidence; metres: number | null; area: string | null } {
  const place: PlaceEvidence = { near: 0, atSpot: 0, far: 0, sameCounty: 0, sameCity: 0, otherArea: 0 }
  const reachM = Math.max(defaultReachM, ...reachesM.filter(([kinds]) => common.some((one) => kinds.test(one))).map(([, metres]) => metres))
  const area = a.areas.find((code) => b.areas.some((other) => isWithin(code, other) || isWithin(other, code))) ?? null
  if (a.position !== null && b.position !== null) {
    const metres = Math.round(distanceM(a.position, b.position))
    place.near = 1 / (1 + (metres / reachM) ** 2)
    place.atSpot = 1 / (1 + (metres / spotM) ** 2)
    place.far = clamp((metres - 1.5 * reachM) / (2.5 * reachM))
    return { place, metres, area }
  }
  if (a.areas.some((code) => isCounty(code) && b.areas.includes(code))) place.sameCounty = 1
  else if (area !== null) place.sameCity = 1
  else if (a.areas.length > 0 && b.areas.length > 0) {
    // An earthquake is felt in the next county, too.
    if (reachM > 10_000) place.sameCounty = 0.5
    else place.otherArea = 1
  } else {
    const gapM = Math.min(gapOf(a.position, b.centres), gapOf(b.position, a.centres))
    if (gapM < 20_000) place.sameCounty = 0.5
    else if (Number.isFinite(gapM)) place.otherArea = clamp((gapM - 30_000) / 30_000)
  }
  return { place, metres: null, area }
}

function gapOf(position: LonLat | null, centres: readonly LonLat[]): number {
  return position === null ? Infinity : Math.min(...centres.map((centre) => distanceM(position, centre)))
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value))
}
