// What the other sides have not confirmed yet: one query that the page 链路 and the marks on open records share.
import { useQuery } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import type { UnsentList } from '../../native/contract/index.ts'
import { useLinkStatus } from './link-status.ts'
import { rpc } from './rpc.ts'
import { useSession } from './session.ts'

const everyMs = 15_000
/** Rows listed; the rest is counted. */
export const unsentLimit = 500

/** Without a configured link there is nobody to send to, and nothing is asked. */
export function useUnsent(isAsked: MaybeRefOrGetter<boolean>) {
  return useQuery({
    queryKey: ['link', 'unsent'],
    queryFn: (): Promise<UnsentList> => rpc.link.unsent.query({ limit: unsentLimit }),
    refetchInterval: everyMs,
    enabled: computed(() => toValue(isAsked)),
  })
}

/** How many acts about a record another side lacks, and who lacks them; of the oldest 500 that wait. */
export function useUnsentOf(dataset: MaybeRefOrGetter<string>, row: MaybeRefOrGetter<string>) {
  const status = useLinkStatus()
  const session = useSession()
  const isWaiting = computed(() => session.can('link.read') && (status.data.value?.links.some(({ waiting }) => waiting > 0) ?? false))
  const unsent = useUnsent(isWaiting)
  return computed(() => {
    if (!isWaiting.value) return { count: 0, names: [] }
    const found = (unsent.data.value?.entries ?? []).filter((one) => one.dataset === toValue(dataset) && one.row === toValue(row))
    const nameOf = (unit: string) => status.data.value?.links.find((link) => link.unit === unit)?.name ?? unit
    return { count: new Set(found.map(({ entry }) => entry)).size, names: [...new Set(found.map(({ unit }) => nameOf(unit)))] }
  })
}
