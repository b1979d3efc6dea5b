// Queries and acts on plans and responses; everything of a plan is asked anew when any part of it changed.
import { useMutation, useQuery } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import type { ResponseTier } from '../../../native/contract/index.ts'
import { onChange, queryClient } from '../../app/queries.ts'
import { rpc } from '../../app/rpc.ts'

const planParts = ['planVersions', 'planParagraphs', 'planTiers', 'planActions', 'planContacts', 'planUnits']
const responseParts = ['responseDecisions', 'responseTasks']
onChange((change) => {
  if (planParts.includes(change.dataset)) void queryClient.invalidateQueries({ queryKey: ['plans'] })
  if (responseParts.includes(change.dataset)) void queryClient.invalidateQueries({ queryKey: ['responses'] })
  if (change.dataset.startsWith('incident') || change.dataset === 'plans') void queryClient.invalidateQueries({ queryKey: ['plans', 'match'] })
})

export interface SearchFilter {
  query: string
  plan: string | null
  tier: ResponseTier | null
}

export const plansQuery = { queryKey: ['plans', 'list'], queryFn: () => rpc.plans.list.query() }
export function usePlans() {
  return useQuery(plansQuery)
}
export function usePlanDocument(plan: MaybeRefOrGetter<string>, version: MaybeRefOrGetter<string | null>) {
  return useQuery({
    queryKey: computed(() => ['plans', 'document', toValue(plan), toValue(version)]),
    queryFn: () => rpc.plans.document.query({ plan: toValue(plan), version: toValue(version) }),
    placeholderData: (before) => (before?.plan.id === toValue(plan) ? before : undefined),
  })
}
export function usePlanSearch(filter: MaybeRefOrGetter<SearchFilter>) {
  return useQuery({
    queryKey: computed(() => ['plans', 'search', toValue(filter)]),
    queryFn: () => rpc.plans.search.query({ ...toValue(filter), limit: 50 }),
    enabled: computed(() => toValue(filter).query.trim() !== ''),
    placeholderData: (before) => before,
  })
}
export function usePlanMatch(incident: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => ['plans', 'match', toValue(incident)]),
    queryFn: () => rpc.plans.match.query({ incident: toValue(incident) }),
  })
}
export function useResponseView(incident: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => ['responses', 'view', toValue(incident)]),
    queryFn: () => rpc.responses.view.query({ incident: toValue(incident) }),
  })
}
/** The checklist as it stood at a moment; asked only while the page is rewound. */
export function useResponseThen(incident: MaybeRefOrGetter<string>, moment: MaybeRefOrGetter<{ happened: number } | { known: number } | null>) {
  return useQuery({
    queryKey: computed(() => ['responses', 'then', toValue(incident), toValue(moment)]),
    queryFn: () => rpc.responses.deviation.query({ incident: toValue(incident), at: toValue(moment) }),
    enabled: computed(() => toValue(moment) !== null),
    placeholderData: (before) => before,
  })
}

/** An act; what it touched is asked for again at once, without waiting for the feed. */
export function useAct<Input>(act: (input: Input) => Promise<unknown>) {
  return useMutation({
    mutationFn: act,
    onSettled: () =>
      Promise.all([queryClient.invalidateQueries({ queryKey: ['plans'] }), queryClient.invalidateQueries({ queryKey: ['responses'] })]),
  })
}
