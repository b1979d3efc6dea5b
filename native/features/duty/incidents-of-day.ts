// The incidents a daily digest tells of: received within its span, and older ones that are still open.
import type { IncidentDetail, IncidentSummary, ListInput } from '../../contract/index.ts'

export const everyIncident: ListInput = { query: '', informationState: null, grade: null, area: null, isOpen: null, limit: 1000 }

/** Part of the incidents' service. */
export interface ReadIncidents {
  list(filter: ListInput): Promise<IncidentSummary[]>
  detail(id: string): Promise<IncidentDetail>
}

export async function incidentsOfDay(incidents: ReadIncidents, { from, to }: { from: number; to: number }): Promise<IncidentDetail[]> {
  const listed = await incidents.list(everyIncident)
  const wanted = listed.filter(({ received, closedAt, mergedInto }) => {
    const at = received?.at ?? 0
    return mergedInto === null && at < to && (at >= from || closedAt === null || closedAt >= to)
  })
  return Promise.all(wanted.map(({ id }) => incidents.detail(id)))
}
