// The inbox's rows and the decision.
import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import type { ConflictItem, DecideConflict } from '../../../native/contract/index.ts'
import { rpc } from '../../app/rpc.ts'

const queryKey = ['conflicts', 'list']

/** Asked again with every change of the journal: any dataset may come into conflict. */
export function useConflicts() {
  return useQuery({ queryKey, queryFn: (): Promise<ConflictItem[]> => rpc.conflicts.list.query({}) })
}

export function useDecideConflict() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: DecideConflict) => rpc.conflicts.decide.mutate(input),
    onSettled: () => client.invalidateQueries({ queryKey: ['conflicts'] }),
  })
}
