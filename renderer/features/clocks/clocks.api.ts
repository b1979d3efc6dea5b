// Queries of the clocks: whatever may stop or start one makes the page ask again; the passing of time does not, the page counts itself.
import { useMutation, useQuery } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import { onChange, queryClient } from '../../app/queries.ts'
import { rpc } from '../../app/rpc.ts'
import { useSession } from '../../app/session.ts'

/** Datasets that a board depends on. */
export const clockDatasetWords: readonly string[] = [
  'clockRules',
  'clockEvidence',
  'clockWaivers',
  'clockSettings',
  'incidents',
  'incidentStatements',
  'incidentFigures',
  'calls',
  'reportReceipts',
  'units',
  'settings',
  'dutyRoster',
  'dutyChanges',
  'dutyShifts',
  'dutyWatches',
]
onChange((change) => {
  if (clockDatasetWords.includes(change.dataset)) void queryClient.invalidateQueries({ queryKey: ['clocks'] })
})

/** A roster changes over at its hour, without an act. */
const everyMs = 60_000

export const openBoardQuery = { queryKey: ['clocks', 'board', 'open'], queryFn: () => rpc.clocks.board.query({ incident: null }) }

/** Open clocks of every incident; also while the console is locked. */
export function useOpenBoard() {
  const session = useSession()
  return useQuery({ ...openBoardQuery, refetchInterval: everyMs, enabled: computed(() => session.can('clocks.read')) })
}
export function useBoard(incident: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => ['clocks', 'board', toValue(incident)]),
    queryFn: () => rpc.clocks.board.query({ incident: toValue(incident) }),
    refetchInterval: everyMs,
  })
}
export function useOffers(incident: MaybeRefOrGetter<string>) {
  const session = useSession()
  return useQuery({
    queryKey: computed(() => ['clocks', 'offers', toValue(incident)]),
    queryFn: () => rpc.clocks.offers.query({ incident: toValue(incident) }),
    enabled: computed(() => session.can('reports.write') && !session.isLocked),
  })
}
export function useMissed() {
  const session = useSession()
  return useQuery({
    queryKey: ['clocks', 'missed'],
    queryFn: () => rpc.clocks.missed.query(),
    enabled: computed(() => session.can('clocks.read')),
  })
}
export function useRules() {
  return useQuery({ queryKey: ['clocks', 'rules'], queryFn: () => rpc.clocks.rules.query() })
}

/** An act; the boards are asked again at once, without waiting for the feed. */
export function useClockAct<Input>(act: (input: Input) => Promise<unknown>) {
  return useMutation({ mutationFn: act, onSettled: () => queryClient.invalidateQueries({ queryKey: ['clocks'] }) })
}
