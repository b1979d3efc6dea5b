// Queries and acts on resources; reservations and stock are shown with them, so they refresh them.
import { useMutation, useQuery } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import type { NearestInput, NearestRow, ResourceDetail, ResourceFilter, ResourcePage, ResourceSave } from '../../../native/contract/index.ts'
import { onChange, queryClient } from '../../app/queries.ts'
import { rpc } from '../../app/rpc.ts'

const parts = ['reservations', 'reservationAnswers', 'stockMovements', 'areas']
onChange((change) => {
  if (parts.includes(change.dataset)) void queryClient.invalidateQueries({ queryKey: ['resources'] })
})

export const windowRows = 100

export function windowQuery(filter: ResourceFilter, window: number) {
  return { queryKey: ['resources', 'list', filter, window], queryFn: (): Promise<ResourcePage> => rpc.resources.list.query({ filter, offset: window * windowRows, limit: windowRows }) }
}

export function useResource(id: MaybeRefOrGetter<string | null>) {
  return useQuery({
    queryKey: computed(() => ['resources', 'detail', toValue(id)]),
    queryFn: (): Promise<ResourceDetail> => rpc.resources.detail.query({ id: toValue(id) ?? '' }),
    enabled: computed(() => toValue(id) !== null),
  })
}

export function useHistory(id: MaybeRefOrGetter<string>) {
  return useQuery({ queryKey: computed(() => ['resources', 'history', toValue(id)]), queryFn: () => rpc.resources.history.query({ id: toValue(id) }) })
}

export function useMovements(id: MaybeRefOrGetter<string>) {
  return useQuery({ queryKey: computed(() => ['resources', 'movements', toValue(id)]), queryFn: () => rpc.resources.movements.query({ id: toValue(id) }) })
}

export function useUnits() {
  return useQuery({ queryKey: ['resources', 'units'], queryFn: () => rpc.resources.units.query() })
}

export function useNearest(input: MaybeRefOrGetter<NearestInput | null>) {
  return useQuery({
    queryKey: computed(() => ['resources', 'nearest', toValue(input)]),
    queryFn: async (): Promise<NearestRow[]> => {
      const question = toValue(input)
      return question === null ? [] : rpc.resources.nearest.query(question)
    },
    enabled: computed(() => toValue(input) !== null),
  })
}

export function useReservations(incident: MaybeRefOrGetter<string>) {
  return useQuery({ queryKey: computed(() => ['resources', 'reservations', toValue(incident)]), queryFn: () => rpc.resources.reservations.query({ incident: toValue(incident) }) })
}

const refresh = () => queryClient.invalidateQueries({ queryKey: ['resources'] })

export function useReserve() {
  return useMutation({ mutationFn: (input: { resource: string; incident: string }) => rpc.resources.reserve.mutate({ ...input, words: null }), onSettled: refresh })
}

export type ReservationAct = 'use' | 'giveBack' | 'cancelReservation'
export function useReservationAct() {
  return useMutation({ mutationFn: ({ act, reservation }: { act: ReservationAct; reservation: string }) => rpc.resources[act].mutate({ reservation, words: null }), onSettled: refresh })
}

export function useMoveStock() {
  return useMutation({ mutationFn: (input: Parameters<typeof rpc.resources.moveStock.mutate>[0]) => rpc.resources.moveStock.mutate(input), onSettled: refresh })
}

export function useSaveResource() {
  return useMutation({ mutationFn: (input: ResourceSave) => rpc.resources.save.mutate(input), onSettled: refresh })
}
