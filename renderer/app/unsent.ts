// What the other sides have not confirmed yet, for the page 链路; a record's own count comes with its 来源 (`record-origin.ts`).
import { useQuery } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import type { UnsentList } from '../../native/contract/index.ts'
import { rpc } from './rpc.ts'

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
