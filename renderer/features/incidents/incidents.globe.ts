// Draws the open incidents; a click opens one.
import type { IncidentSummary } from '../../../native/contract/index.ts'
import { observeRows } from '../../globe/observeRows.ts'
import type { GlobeFeature, Marker } from '../../globe/types.ts'
import { openIncidentsQuery } from './incidents.api.ts'

/** Symbols of GB/T 35649 by sub-class of the shipped code table; a type without one is a dot. */
const symbols: Record<string, string> = {
  '11A': 'A10100',
  '11B': 'A10200',
  '11C': 'A10300',
  '11D': 'A10400',
  '11E': 'A10500',
  '11G': 'A10600',
  '12A': 'A20100',
  '12B': 'A20200',
  '12C': 'A20300',
  '12D': 'A20400',
  '12E': 'A20500',
  '12G': 'A20600',
  '12H': 'A20700',
  '12J': 'A20800',
  '12K': 'A20900',
  '12L': 'A21000',
  '12M': 'A21100',
  '12N': 'A21200',
  '13A': 'A30100',
  '13B': 'A30200',
  '13C': 'A30300',
  '13E': 'A30400',
}

export function incidentMarkers(rows: readonly IncidentSummary[]): Marker[] {
  return rows.flatMap((row) =>
    row.position === null || row.mergedInto !== null
      ? []
      : [
          {
            id: row.id,
            position: row.position,
            tone: 'incident' as const,
            symbol: symbols[row.typeCode?.slice(0, 3) ?? ''] ?? null,
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
