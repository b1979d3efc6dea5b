// A map of the station as the globe lays it down.
import type { GroundMap } from '../../native/contract/index.ts'
import { baseGround } from './base-ground.ts'
import type { Ground } from './types.ts'

/** @param map null = the built-in imagery */
export function layerGround(map: GroundMap | null, look: Pick<Ground, 'id' | 'opacity' | 'isVisible'>): Ground {
  if (map === null) return { ...baseGround, ...look }
  const { tilesPath, ...rest } = map
  return { ...rest, ...look, url: `/${tilesPath}` }
}
