// Reads a place as people type it: coordinates, an area code, or names with the area in front. Pure.
import { type CoordinateFault, parseCoordinate, type LonLat } from '../../../native/contract/index.ts'

export type PlaceWords =
  | { kind: 'coordinates'; position: LonLat }
  | { kind: 'fault'; fault: CoordinateFault }
  | { kind: 'code'; code: string }
  | { kind: 'name'; queries: string[] }

/** For names: the whole words, then ever shorter beginnings (临渭区 朝阳大街 → 临渭区), so that the area is found when the street is not known. */
export function readPlace(words: string): PlaceWords {
  const typed = words.normalize('NFKC').trim()
  const coordinate = parseCoordinate(typed)
  if (coordinate !== null)
    return 'position' in coordinate ? { kind: 'coordinates', position: coordinate.position } : { kind: 'fault', fault: coordinate.fault }
  if (/^\d{2,12}$/.test(typed)) return { kind: 'code', code: typed }
  const queries = [typed]
  const spaced = typed.split(/\s+/)[0]
  if (spaced !== undefined && spaced !== typed) queries.push(spaced)
  const areas = [...typed.matchAll(/街道|[省市区县旗镇乡]/gu)].map((match) => typed.slice(0, match.index + match[0].length)).reverse()
  // 渭南市临渭区… : the county alone is what the index knows best.
  for (const area of areas) {
    queries.push(area)
    const last = /([^省市区县旗]+(?:[区县旗市镇乡]|街道))$/u.exec(area)?.[1]
    if (last !== undefined) queries.push(last)
  }
  return { kind: 'name', queries: [...new Set(queries)].filter((query) => query.length >= 2).slice(0, 6) }
}
