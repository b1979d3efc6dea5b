// Cameras on the globe with what they see; a click puts one into the grid.
import type { CameraRow } from '../../../native/contract/index.ts'
import { observeRows } from '../../globe/observeRows.ts'
import type { GlobeFeature, Marker, Shape } from '../../globe/types.ts'
import { camerasQuery } from './cameras.api.ts'
import { openCamera } from './chosen.ts'
import { viewRing } from './field-of-view.ts'

/** Of many cameras only those near enough are named. */
const namedWithinM = 6_000

export function cameraMarkers(rows: readonly CameraRow[]): Marker[] {
  return rows.flatMap(({ id, position, name }) =>
    position === null ? [] : [{ id, position, tone: 'target' as const, symbol: null, caption: null, label: name.slice(0, 16), isStale: false }],
  )
}

export function cameraViews(rows: readonly CameraRow[]): Shape[] {
  return rows.flatMap((row) => {
    const ring = viewRing(row)
    if (ring === null) return []
    const look = {
      symbol: null,
      label: null,
      labelAt: null,
      isDashed: false,
      isFilled: true,
      widthPx: 1,
      labelWithinM: namedWithinM,
      isPickable: false,
    }
    return [{ id: row.id, geometry: { type: 'Polygon' as const, coordinates: [ring] }, tone: 'target' as const, ...look }]
  })
}

const feature: GlobeFeature = {
  id: 'cameras',
  permission: 'cameras.read',
  start(globe, { queryClient, router }) {
    const [markers, views] = [globe.icons('cameras'), globe.shapes('cameraViews')]
    const ends = [
      observeRows({ queryClient, ...camerasQuery('') }, (rows) => {
        markers.set(cameraMarkers(rows))
        views.set(cameraViews(rows))
      }),
      globe.onPick((picked) => {
        if (picked?.layer !== 'cameras') return
        openCamera(picked.id)
        void router.push({ name: 'cameras' })
      }),
    ]
    return () => {
      for (const end of ends) end()
      markers.clear()
      views.clear()
    }
  },
}
export default feature
