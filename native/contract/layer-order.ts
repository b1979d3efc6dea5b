// The maps under the signs in their order, as one person sees them; the globe of a console and that of a wall agree.
import type { Layer, LayerView } from './layers.ts'

/** The imagery that comes with the program; also its word among the views. */
export const builtInGround = 'base'

export interface OrderedGround<L> {
  id: string
  /** null = the built-in one. */
  layer: L | null
  position: number
  opacity: number
  isVisible: boolean
}

/** Lowest first: the built-in one, then as they were added, unless the person has moved them. */
export function groundOrder<L extends Pick<Layer, 'id'>>(layers: readonly L[], views: readonly LayerView[]): OrderedGround<L>[] {
  const seen = new Map(views.map((view) => [view.layer, view]))
  const all = [{ id: builtInGround, layer: null }, ...layers.map((layer) => ({ id: layer.id, layer }))]
  return all
    .map(({ id, layer }, index) => {
      const view = seen.get(id)
      return { id, layer, position: view?.position ?? index, opacity: view?.opacity ?? 1, isVisible: view?.isVisible ?? true }
    })
    .sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1))
}

/** What a globe must know of a map to lay it down; not where its tiles come from. */
export interface GroundMap {
  kind: 'tiles' | 'tiles3d'
  /** `…/{z}/{x}/{y}`, or `…/3d/<file>`. */
  tilesPath: string
  tiling: 'mercator' | 'geographic'
  minLevel: number
  maxLevel: number
  /** West, south, east, north, degrees; null = everywhere. */
  box: readonly [number, number, number, number] | null
  datum: 'wgs84' | 'gcj02'
}

export function groundMap({ source, tilesPath }: Pick<Layer, 'source' | 'tilesPath'>): GroundMap {
  if (source.kind === 'tiles3d') return { kind: 'tiles3d', tilesPath, tiling: 'mercator', minLevel: 0, maxLevel: 0, box: null, datum: 'wgs84' }
  const { tiling, minLevel, maxLevel, box, datum } = source
  return { kind: 'tiles', tilesPath, tiling, minLevel, maxLevel, box, datum }
}
