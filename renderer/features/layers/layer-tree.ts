// The layer tree as rows: what there is, and how this person sees it. Pure, so that order and opacity can be tested without a globe.
import { groundMap, groundOrder, type Health, type Layer, type LayerView } from '../../../native/contract/index.ts'
import { layerGround } from '../../globe/layer-ground.ts'
import type { Ground, OverlayInfo } from '../../globe/types.ts'

/** Signs lie over grounds, so each group has an order of its own. */
export type TreeGroup = 'overlay' | 'ground'

export interface TreeRow {
  id: string
  group: TreeGroup
  /** The layer's own name; null = the page's words for `id`. */
  name: string | null
  isVisible: boolean
  opacity: number
  position: number
  /** Things in it; null for rasters. */
  size: number | null
  /** The station's layer; null for what the program brings. */
  layer: Layer | null
  health: Health | null
}

/** Lie lowest unless a person moves them, whichever feature starts first. */
const lowest = ['boundaries', 'places', 'drawings']

/** Top first, overlays before grounds, as they lie on the globe. */
export function treeRows(layers: readonly Layer[], overlays: readonly OverlayInfo[], views: readonly LayerView[]): TreeRow[] {
  const seen = new Map(views.map((view) => [view.layer, view]))
  const rank = (id: string, index: number) => (lowest.includes(id) ? lowest.indexOf(id) : lowest.length + index)
  const over = overlays.map(({ id, size }, index): TreeRow => {
    const { isVisible = true, opacity = 1, position = 1000 + rank(id, index) } = seen.get(id) ?? {}
    return { id, group: 'overlay', isVisible, opacity, position, name: null, size, layer: null, health: null }
  })
  const grounds = groundOrder(layers, views).map(({ layer, ...look }): TreeRow => {
    return { ...look, group: 'ground', name: layer?.name ?? null, size: null, layer, health: layer?.health ?? null }
  })
  return [...over.sort(topFirst), ...grounds.reverse()]
}

function topFirst(a: TreeRow, b: TreeRow): number {
  return b.position - a.position || (a.id < b.id ? 1 : -1)
}

/** The row moved by so many places within its group; the views to keep, or null when it stands at the end already. */
export function moveRow(rows: readonly TreeRow[], id: string, by: number): LayerView[] | null {
  const group = rows.find((row) => row.id === id)?.group
  const mates = rows.filter((row) => row.group === group)
  const from = mates.findIndex((row) => row.id === id)
  const to = Math.max(0, Math.min(mates.length - 1, from + by))
  if (from < 0 || to === from) return null
  const [moved] = mates.splice(from, 1)
  mates.splice(to, 0, moved!)
  // Positions are dealt out anew, highest on top, so that two rows never share one.
  const lowest = group === 'overlay' ? 1000 : 0
  return mates.map((row, index) => viewOf({ ...row, position: lowest + mates.length - 1 - index }))
}

export function viewOf({ id, position, opacity, isVisible }: TreeRow): LayerView {
  return { layer: id, position, opacity, isVisible }
}

/** The views with some of them replaced. */
export function withViews(views: readonly LayerView[], changed: readonly LayerView[]): LayerView[] {
  const ids = new Set(changed.map((view) => view.layer))
  return [...views.filter((view) => !ids.has(view.layer)), ...changed]
}

/** What the globe is to show under the signs, lowest first. */
export function groundsOf(rows: readonly TreeRow[]): Ground[] {
  return rows
    .filter((row) => row.group === 'ground')
    .reverse()
    .map(({ id, layer, opacity, isVisible }) => layerGround(layer && groundMap(layer), { id, opacity, isVisible }))
}
