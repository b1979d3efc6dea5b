// Queries and acts on incidents; everything that belongs to one is refreshed when any part of it changed.
import { useMutation, useQuery } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import type { ListInput } from '../../../native/contract/index.ts'
import { onChange, queryClient } from '../../app/queries.ts'
import { rpc } from '../../app/rpc.ts'

const parts = [
  'incidentReports',
  'incidentStatements',
  'incidentFigures',
  'incidentAttachments',
  'sceneWeather',
  'reports',
  'reportSteps',
  'reportSends',
  'eventTypes',
  'codeTables',
]
onChange((change) => {
  if (parts.includes(change.dataset)) void queryClient.invalidateQueries({ queryKey: ['incidents'] })
  // Any act may stand on the time line of an incident.
  else void queryClient.invalidateQueries({ queryKey: ['incidents', 'timeline'] })
})

export const everything: ListInput = { query: '', informationState: null, grade: null, area: null, isOpen: null, limit: 500 }
export const openIncidentsQuery = {
  queryKey: ['incidents', 'list', 'open'],
  queryFn: () => rpc.incidents.list.query({ ...everything, isOpen: true }),
}

export function useIncidents(filter: MaybeRefOrGetter<ListInput>) {
  return useQuery({
    queryKey: computed(() => ['incidents', 'list', toValue(filter)]),
    queryFn: () => rpc.incidents.list.query(toValue(filter)),
    placeholderData: (rows) => rows,
  })
}
export function useIncident(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => ['incidents', 'detail', toValue(id)]),
    queryFn: () => rpc.incidents.detail.query({ incident: toValue(id) }),
  })
}
export function useIncidentFacts(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => ['incidents', 'facts', toValue(id)]),
    queryFn: () => rpc.incidents.facts.query({ incident: toValue(id) }),
  })
}
export function useTimeline(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => ['incidents', 'timeline', toValue(id)]),
    queryFn: () => rpc.incidents.timeline.query({ incident: toValue(id) }),
  })
}
export function useDrafts() {
  return useQuery({ queryKey: ['incidents', 'drafts'], queryFn: () => rpc.incidents.drafts.query() })
}
/** An act; what it touched is asked for again at once, without waiting for the feed. */
export function useAct<Input>(act: (input: Input) => Promise<unknown>) {
  return useMutation({ mutationFn: act, onSettled: () => queryClient.invalidateQueries({ queryKey: ['incidents'] }) })
}
