// From what somebody typed to a place on the globe: coordinates first, then names and area codes from the station.
import { type Area, type CoordinateFault, formatDegrees, type LonLat, parseCoordinate } from '../../../native/contract/index.ts'
import { rpc } from '../../app/rpc.ts'
import type { FlyTarget } from '../../globe/types.ts'

export interface Place {
  title: string
  detail: string
  position: LonLat
  target: FlyTarget
}

export type Found = { places: Place[] } | { fault: CoordinateFault }

/** How much ground to show around an area's centre, in metres. */
const ranges: Record<Area['kind'], number> = { province: 900_000, city: 220_000, county: 80_000, town: 20_000, village: 6_000 }

/** @returns places, best first; a coordinate with a fault says which */
export async function findPlaces(query: string, words: { coordinate: string; swapped: string }): Promise<Found> {
  const parsed = parseCoordinate(query)
  if (parsed !== null && 'fault' in parsed) return parsed
  if (parsed !== null) {
    const detail = parsed.isSwapped ? words.swapped : words.coordinate
    return {
      places: [{ title: formatDegrees(parsed.position), detail, position: parsed.position, target: { position: parsed.position, rangeM: 12_000 } }],
    }
  }
  const areas: Area[] = await rpc.areas.search.query({ query, limit: 8 })
  return { places: areas.flatMap((area) => (area.position === null ? [] : [placeOf(area, area.position)])) }
}

function placeOf(area: Area, position: LonLat): Place {
  return { title: area.name, detail: `${area.path.join(' ')} · ${area.code}`, position, target: { position, rangeM: ranges[area.kind] } }
}
