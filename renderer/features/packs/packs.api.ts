// The packs of this station, the one being loaded, and taking the samples out.
import { useMutation, useQuery } from '@tanstack/vue-query'
import type { Pack, PackProgress } from '../../../native/contract/index.ts'
import { rpc } from '../../app/rpc.ts'
import { useSession } from '../../app/session.ts'

export function usePacks() {
  const session = useSession()
  return useQuery({ queryKey: ['packs', 'list'], queryFn: (): Promise<Pack[]> => rpc.packs.list.query(), enabled: () => session.person !== null })
}

/** Asked every second while a pack is being loaded; null = none is. */
export function usePackProgress() {
  const session = useSession()
  return useQuery({
    queryKey: ['packs', 'progress'],
    queryFn: (): Promise<PackProgress | null> => rpc.packs.progress.query(),
    enabled: () => session.person !== null,
    refetchInterval: (query) => (query.state.data ? 1_000 : false),
  })
}

export function useRemoveSample() {
  return useMutation({ mutationFn: (pack: string) => rpc.packs.removeSample.mutate({ pack }) })
}
