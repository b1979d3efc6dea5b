// What works now, while somebody looks.
import { useQuery } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import type { Capability } from '../../../native/contract/index.ts'
import { rpc } from '../../app/rpc.ts'
import { useSession } from '../../app/session.ts'

const everyMs = 15_000

/** Registers and map sources change without the feed's `link`: asked again by time. */
export function useCapabilities() {
  return useQuery({
    queryKey: ['link', 'capabilities'],
    queryFn: (): Promise<Capability[]> => rpc.link.capabilities.query(),
    refetchInterval: everyMs,
  })
}

/** The title of an incident somebody has open, for whoever may read incidents; undefined = not known here. */
export function useIncidentTitle(incident: MaybeRefOrGetter<string | null>) {
  const session = useSession()
  return useQuery({
    queryKey: computed(() => ['incidents', 'title', toValue(incident)]),
    queryFn: async (): Promise<string> => (await rpc.incidents.detail.query({ incident: toValue(incident) ?? '' })).title,
    enabled: computed(() => toValue(incident) !== null && session.can('incidents.read')),
  })
}
