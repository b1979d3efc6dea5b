// What works now, while somebody looks.
import { useQuery } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import type { Capability } from '../../../native/contract/index.ts'
import { rpc } from '../../app/rpc.ts'
import { useSession } from '../../app/session.ts'

const everyMs = 15_000
/** On the strip of every page nobody waits for it. */
const onStripEveryMs = 60_000

/** Registers and map sources change without the feed's `link`: asked again by time. @param isOnStrip seldom, and never while locked */
export function useCapabilities({ isOnStrip = false } = {}) {
  const session = useSession()
  return useQuery({
    queryKey: ['link', 'capabilities'],
    queryFn: (): Promise<Capability[]> => rpc.link.capabilities.query(),
    refetchInterval: isOnStrip ? onStripEveryMs : everyMs,
    enabled: computed(() => !isOnStrip || (session.can('link.read') && !session.isLocked)),
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
