// The audit list page by page, the state of the chains, the address of the export.
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import type { AuditFilter, AuditRow, ChainState, WaitingList } from '../../../native/contract/index.ts'
import { rpc } from '../../app/rpc.ts'

const pageRows = 200

export function useAudit(filter: Ref<AuditFilter>) {
  return useInfiniteQuery({
    queryKey: computed(() => ['audit', 'page', filter.value]),
    queryFn: ({ pageParam }): Promise<AuditRow[]> => rpc.audit.page.query({ ...filter.value, before: pageParam, limit: pageRows }),
    initialPageParam: null as number | null,
    getNextPageParam: (last: AuditRow[]) => (last.length < pageRows ? undefined : last.at(-1)?.arrival),
  })
}

export function useChains() {
  return useQuery({ queryKey: ['audit', 'chains'], queryFn: (): Promise<ChainState | null> => rpc.audit.chains.query() })
}

export function useVerify() {
  const client = useQueryClient()
  return useMutation({ mutationFn: () => rpc.audit.verify.mutate(), onSettled: () => client.invalidateQueries({ queryKey: ['audit', 'chains'] }) })
}

/** Entries that have come and are not shown yet; the page of the station's state has them in full. */
export function useWaitingCount(enabled: Ref<boolean>) {
  return useQuery({ queryKey: ['station', 'waiting'], queryFn: (): Promise<WaitingList> => rpc.station.waiting.query(), enabled })
}

export function exportAddress(filter: AuditFilter): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(filter)) if (value !== null && value !== '') query.set(name, String(value))
  return `/exports/audit.csv?${query}`
}
