// Draws what the layer tree says: rasters, boundaries with their names, drawings; follows order, opacity and visibility.
import type { Area, LayerView, Layer } from '../../../native/contract/index.ts'
import { rpc } from '../../app/rpc.ts'
import { drawingShape } from '../../globe/drawing-shapes.ts'
import { observeRows } from '../../globe/observeRows.ts'
import type { Globe, GlobeFeature } from '../../globe/types.ts'
import { areaShapes, type BoundaryLine, homeOf, placeLabels } from './area-shapes.ts'
import { groundsOf, treeRows } from './layer-tree.ts'
import { drawingsQuery, layersQuery, viewsQuery } from './layers.api.ts'
import { pickedDrawing } from './tool-runner.ts'

const boundariesQuery = {
  queryKey: ['areaBoundaries', 'globe'],
  queryFn: (): Promise<BoundaryLine[]> => rpc.areas.boundaries.query({ kinds: ['province', 'city', 'county'] }),
}
const placesQuery = { queryKey: ['areas', 'globe'], queryFn: citiesAndCounties }

const feature: GlobeFeature = {
  id: 'layers',
  permission: 'layers.read',
  start(globe, { queryClient }) {
    let layers: Layer[] = []
    let views: LayerView[] = []
    const show = () => showTree(globe, layers, views)
    // Made first, so that they lie lowest.
    const boundaries = globe.shapes('boundaries')
    const places = globe.shapes('places')
    const drawings = globe.shapes('drawings')
    show()
    const ends = [
      observeRows({ queryClient, ...layersQuery }, (rows) => {
        layers = rows
        show()
      }),
      observeRows({ queryClient, ...viewsQuery }, (rows) => {
        views = rows
        show()
      }),
      observeRows({ queryClient, ...boundariesQuery }, (lines) => {
        boundaries.set(areaShapes(lines))
        const home = homeOf(lines)
        if (home !== null) globe.setHome(home)
      }),
      observeRows({ queryClient, ...placesQuery }, (areas) => places.set(placeLabels(areas))),
      observeRows({ queryClient, ...drawingsQuery }, (rows) => drawings.set(rows.map(drawingShape))),
      globe.onOverlays(show),
      globe.onPick((picked) => {
        pickedDrawing.value = picked?.layer === 'drawings' ? picked : null
        globe.select(picked)
      }),
    ]
    return () => {
      for (const end of ends) end()
      for (const layer of [boundaries, places, drawings]) layer.dispose()
    }
  },
}
export default feature

function showTree(globe: Globe, layers: readonly Layer[], views: readonly LayerView[]): void {
  const rows = treeRows(layers, globe.overlays(), views)
  globe.setGrounds(groundsOf(rows))
  globe.setOverlays(rows.filter((row) => row.group === 'overlay').reverse())
}

/** Three questions deep: provinces, their cities, their counties. */
async function citiesAndCounties(): Promise<Area[]> {
  const below = (parents: readonly Area[]) =>
    Promise.all(parents.map((area) => rpc.areas.children.query({ parent: area.code }))).then((found) => found.flat())
  const cities = await below(await rpc.areas.children.query({ parent: null }))
  return [...cities, ...(await below(cities))]
}
