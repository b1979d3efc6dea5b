// Coordinates as people say and type them, to WGS-84 degrees and back.
import type { LonLat } from './scalars.ts'

/** Why words that look like a coordinate are none. */
export type CoordinateFault = 'out-of-range' | 'minutes' | 'same-axis'
export type ParsedCoordinate =
  /** `isSwapped`: no letter told the axes apart and the numbers only made sense as latitude first. */
  { position: LonLat; isSwapped: boolean } | { fault: CoordinateFault }

interface Angle {
  degrees: number
  axis: 'lon' | 'lat' | null
  isMinutesWrong: boolean
}

const number = String.raw`\d+(?:\.\d+)?`
const before = String.raw`(?<before>[NSEW]|北纬|南纬|东经|西经|纬度|经度)?\s*[:：]?\s*`
const degrees = String.raw`(?<sign>[-+])?(?<degrees>${number})`
const rest = String.raw`(?:\s*[°度]\s*(?:(?<minutes>${number})\s*(?:['′’‘分]\s*(?:(?<seconds>${number})\s*(?:"|″|”|“|''|′′|’’|秒))?)?)?|(?:[ \-:](?<minutes2>\d{1,2}(?:\.\d+)?)(?:[ \-:](?<seconds2>\d{1,2}(?:\.\d+)?))?(?=\s*[NSEW])))?`
const angle = new RegExp(String.raw`${before}${degrees}${rest}\s*(?<after>[NSEW](?![A-Z]))?`, 'giu')
const words: Record<string, { axis: 'lon' | 'lat'; sign: 1 | -1 }> = {
  N: { axis: 'lat', sign: 1 },
  S: { axis: 'lat', sign: -1 },
  E: { axis: 'lon', sign: 1 },
  W: { axis: 'lon', sign: -1 },
  北纬: { axis: 'lat', sign: 1 },
  南纬: { axis: 'lat', sign: -1 },
  东经: { axis: 'lon', sign: 1 },
  西经: { axis: 'lon', sign: -1 },
  纬度: { axis: 'lat', sign: 1 },
  经度: { axis: 'lon', sign: 1 },
}

/**
 * Reads `109.5,34.5`, `34.5N 109.5E`, `109°30′E 34°30′N`, `东经109度30分 北纬34度30分15秒`, `N34 30 15 E109 30 0`, full width too.
 * @returns null when the words are no coordinate at all
 */
export function parseCoordinate(words: string): ParsedCoordinate | null {
  const folded = words.replaceAll('º', '°').normalize('NFKC').trim().toUpperCase()
  const found = [...folded.matchAll(angle)]
  const left = folded.replaceAll(angle, '').replaceAll(/[\s,;/()，；、]/gu, '')
  if (found.length !== 2 || left !== '') return null
  const [first, second] = found.map((match) => toAngle(match.groups ?? {})) as [Angle, Angle]
  if (first.isMinutesWrong || second.isMinutesWrong) return { fault: 'minutes' }
  return orient(first, second)
}

function toAngle(groups: Record<string, string | undefined>): Angle {
  const minutes = Number(groups.minutes ?? groups.minutes2 ?? 0)
  const seconds = Number(groups.seconds ?? groups.seconds2 ?? 0)
  const word = words[groups.before ?? groups.after ?? '']
  const sign = (groups.sign === '-' ? -1 : 1) * (word?.sign ?? 1)
  const value = sign * (Number(groups.degrees) + minutes / 60 + seconds / 3600)
  return { degrees: value, axis: word?.axis ?? null, isMinutesWrong: minutes >= 60 || seconds >= 60 }
}

function orient(first: Angle, second: Angle): ParsedCoordinate {
  if (first.axis !== null && first.axis === second.axis) return { fault: 'same-axis' }
  const isNamed = first.axis !== null || second.axis !== null
  const isLatitudeFirst = isNamed ? first.axis === 'lat' || second.axis === 'lon' : looksLatitudeFirst(first.degrees, second.degrees)
  const position: LonLat = isLatitudeFirst ? [second.degrees, first.degrees] : [first.degrees, second.degrees]
  if (Math.abs(position[0]) > 180 || Math.abs(position[1]) > 90) return { fault: 'out-of-range' }
  return { position, isSwapped: isLatitudeFirst && !isNamed }
}

/** China lies at 73–136° E, 3–54° N: without letters, that tells which number is which. */
function looksLatitudeFirst(first: number, second: number): boolean {
  if (Math.abs(first) > 90) return false
  if (Math.abs(second) > 90) return true
  return first >= 3 && first <= 54 && second >= 73 && second <= 136
}

/** `109.50000°E 34.50000°N`; five digits are about a metre. */
export function formatDegrees([lon, lat]: LonLat): string {
  return `${Math.abs(lon).toFixed(5)}°${lon < 0 ? 'W' : 'E'} ${Math.abs(lat).toFixed(5)}°${lat < 0 ? 'S' : 'N'}`
}

/** `109°30′00.0″E 34°30′00.0″N`; a tenth of a second is about three metres. */
export function formatDms([lon, lat]: LonLat): string {
  return `${dms(lon)}${lon < 0 ? 'W' : 'E'} ${dms(lat)}${lat < 0 ? 'S' : 'N'}`
}

function dms(value: number): string {
  const tenths = Math.round(Math.abs(value) * 36_000)
  const seconds = (tenths % 600) / 10
  return `${Math.floor(tenths / 36_000)}°${String(Math.floor(tenths / 600) % 60).padStart(2, '0')}′${seconds.toFixed(1).padStart(4, '0')}″`
}
