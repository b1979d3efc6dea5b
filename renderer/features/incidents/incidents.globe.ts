// Draws the open incidents; a click opens one.
import type { IncidentSummary } from '../../../native/contract/index.ts'
import { observeRows } from '../../globe/observeRows.ts'
import { symbolOfType } from '../../globe/incident-symbols.ts'
import type { GlobeFeature, Marker } from '../../globe/types.ts'
import { openIncidentsQuery } from './incidents.api.ts'

export function incidentMarkers(rows: readonly IncidentSummary[]): Marker[] {
  return rows.flatMap((row) =>
    row.position === null || row.mergedInto !== null
      ? []
      : [
          {
            id: row.id,
            position: row.position,
            tone: 'incident' as const,
            symbol: symbolOfType(row.typeCode),
            caption: null,
            label: row.title.slice(0, 24),
            isStale: row.informationState === 'false',
          },
        ],
  )
}

const feature: GlobeFeature = {
  id: 'incidents',
  permission: 'incidents.read',
  start(globe, { queryClient, router }) {
    const layer = globe.icons('incidents')
    const ends = [
      observeRows({ queryClient, ...openIncidentsQuery }, (rows) => layer.set(incidentMarkers(rows))),
      globe.onPick((picked) => {
        if (picked?.layer === 'incidents') void router.push({ name: 'incident', params: { id: picked.id } })
      }),
    ]
    return () => {
      for (const end of ends) end()
      layer.dispose()
    }
  },
}
export default feature
