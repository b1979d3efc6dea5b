// How the station stands, asked every few seconds while somebody looks.
import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed } from 'vue'
import type { CentreSettings, LetInInput, SetSettings, StationDetails, StationHealth, WaitingList } from '../../../native/contract/index.ts'
import { rpc } from '../../app/rpc.ts'
import { useSession } from '../../app/session.ts'

const everyMs = 5_000

export function useHealth() {
  return useQuery({ queryKey: ['station', 'health'], queryFn: (): Promise<StationHealth> => rpc.station.health.query(), refetchInterval: everyMs })
}

/** What only whoever maintains the station may see: the directory, the backups. */
export function useDetails() {
  const session = useSession()
  return useQuery({
    queryKey: ['station', 'details'],
    queryFn: (): Promise<StationDetails> => rpc.station.details.query(),
    refetchInterval: everyMs,
    enabled: computed(() => session.can('station.maintain')),
  })
}

/** Entries that have come and are not shown yet, for whoever may see that. */
export function useWaiting() {
  const session = useSession()
  return useQuery({
    queryKey: ['station', 'waiting'],
    queryFn: (): Promise<WaitingList> => rpc.station.waiting.query(),
    refetchInterval: everyMs,
    enabled: computed(() => session.can('journal.read')),
  })
}

/** What was let in may be anything: every list is asked anew by the change feed, this page at once. */
export function useLetIn() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: LetInInput) => rpc.station.letIn.mutate(input),
    onSettled: () => client.invalidateQueries({ queryKey: ['station'] }),
  })
}

export function useSettings() {
  return useQuery({ queryKey: ['settings'], queryFn: (): Promise<CentreSettings> => rpc.station.settings.query() })
}

export function useSetSettings() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (set: SetSettings) => rpc.station.setSettings.mutate(set),
    onSettled: () => client.invalidateQueries({ queryKey: ['settings'] }),
  })
}

export function useAcknowledgeRestored() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => rpc.station.acknowledgeRestored.mutate(),
    onSettled: () => client.invalidateQueries({ queryKey: ['station'] }),
  })
}
