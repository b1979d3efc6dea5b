// What works now and what is unsent, while somebody looks.
import { useQuery } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import type { Capability, UnsentList } from '../../../native/contract/index.ts'
import { rpc } from '../../app/rpc.ts'
import { useSession } from '../../app/session.ts'

const everyMs = 15_000
/** Rows listed; the rest is counted. */
export const unsentLimit = 500

/** Registers and map sources change without the feed's `link`: asked again by time. */
export function useCapabilities() {
  return useQuery({
    queryKey: ['link', 'capabilities'],
    queryFn: (): Promise<Capability[]> => rpc.link.capabilities.query(),
    refetchInterval: everyMs,
  })
}

/** Without a configured link there is nobody to send to, and nothing is asked. */
export function useUnsent(isConfigured: MaybeRefOrGetter<boolean>) {
  return useQuery({
    queryKey: ['link', 'unsent'],
    queryFn: (): Promise<UnsentList> => rpc.link.unsent.query({ limit: unsentLimit }),
    refetchInterval: everyMs,
    enabled: computed(() => toValue(isConfigured)),
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
