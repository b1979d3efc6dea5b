// Draws the nearest of an open incident as symbols while its tab is in sight.
import { onScopeDispose, type Ref, watch } from 'vue'
import type { NearestRow } from '../../../native/contract/index.ts'
import type { Marker } from '../../globe/types.ts'
import { useGlobe } from '../../globe/useGlobe.ts'
import { kindSymbols } from './resource-filter.ts'

export function nearestMarkers(rows: readonly NearestRow[]): Marker[] {
  return rows.flatMap((row) =>
    row.position === null ? [] : [{ id: row.id, position: row.position, tone: 'resource' as const, symbol: kindSymbols[row.kind], caption: null, label: row.name.slice(0, 16), isStale: row.heldBy !== null }],
  )
}

export function drawNearest(rows: Ref<readonly NearestRow[]>): void {
  const globe = useGlobe()
  watch([globe, rows], ([now, found]) => now?.icons('nearest').set(nearestMarkers(found)), { immediate: true })
  onScopeDispose(() => globe.value?.icons('nearest').clear())
}
