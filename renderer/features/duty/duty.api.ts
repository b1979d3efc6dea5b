// Queries and acts of the watch; whatever changes in a room may change what is open to hand over.
import { useMutation, useQuery } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import type { LogQuery } from '../../../native/contract/index.ts'
import { onChange, queryClient } from '../../app/queries.ts'
import { rpc } from '../../app/rpc.ts'

onChange((change) => {
  if (change.dataset.startsWith('duty')) void queryClient.invalidateQueries({ queryKey: ['duty'] })
  else void queryClient.invalidateQueries({ queryKey: ['duty', 'board'] })
})

/** Who is on, and what is late, changes with the clock as well. */
const clockMs = 30_000

export const nowQuery = { queryKey: ['duty', 'now'], queryFn: () => rpc.duty.now.query() }
export const boardQuery = { queryKey: ['duty', 'board'], queryFn: () => rpc.duty.board.query() }

export function useDutyNow() {
  return useQuery({ ...nowQuery, refetchInterval: clockMs })
}
export function useBoard() {
  return useQuery({ ...boardQuery, refetchInterval: clockMs })
}
export function useMonth(month: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => ['duty', 'month', toValue(month)]),
    queryFn: () => rpc.duty.month.query({ month: toValue(month) }),
    placeholderData: (rows) => rows,
  })
}
export function useLog(query: MaybeRefOrGetter<LogQuery>) {
  return useQuery({
    queryKey: computed(() => ['duty', 'log', toValue(query)]),
    queryFn: () => rpc.duty.log.query(toValue(query)),
    placeholderData: (rows) => rows,
  })
}
export function useHandovers(limit: number) {
  return useQuery({ queryKey: ['duty', 'handovers', limit], queryFn: () => rpc.duty.handovers.query({ limit }) })
}
export function useHandover(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => ['duty', 'handover', toValue(id)]),
    queryFn: () => rpc.duty.handover.query({ handover: toValue(id) }),
  })
}
export function useDigest(day: MaybeRefOrGetter<string>) {
  return useQuery({ queryKey: computed(() => ['duty', 'digest', toValue(day)]), queryFn: () => rpc.duty.digest.query({ day: toValue(day) }) })
}
/** Open incidents by title, for a line that belongs to one. */
export function useOpenIncidents() {
  return useQuery({
    queryKey: ['incidents', 'list', 'open for the log'],
    queryFn: () => rpc.incidents.list.query({ query: '', informationState: null, grade: null, area: null, isOpen: true, limit: 100 }),
  })
}

const running = new Set<Promise<unknown>>()

/** An act; what it touched is asked for again at once, without waiting for the feed. */
export function useAct<Input, Output = unknown>(act: (input: Input) => Promise<Output>) {
  return useMutation({
    mutationFn(input: Input) {
      const done = act(input)
      const forget = () => running.delete(done)
      running.add(done)
      done.then(forget, forget)
      return done
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['duty'] }),
  })
}

/** Resolves when every act under way has been answered: a signature must not overtake the words typed last. */
export async function actsSettled(): Promise<void> {
  await Promise.allSettled(running)
}
