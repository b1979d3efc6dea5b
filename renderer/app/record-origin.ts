// Where a record came from and what about it is unsent: one question to the station for each record in view, asked again while the feed says that anything changed.
import { createSharedComposable, useThrottleFn } from '@vueuse/core'
import { useQuery } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, onScopeDispose, toValue } from 'vue'
import type { RecordOrigin } from '../../native/contract/index.ts'
import { onChange, queryClient } from './queries.ts'
import { rpc } from './rpc.ts'
import { useSession } from './session.ts'

/** While entries flow in the feed speaks up many times a second. */
const againMs = 1_000

/** An act may be about a record under another's name (a state of an order, a receipt of a report): any change may concern it. */
const useFreshOrigins = createSharedComposable(() => {
  const again = useThrottleFn(() => queryClient.invalidateQueries({ queryKey: ['origins'] }), againMs, true)
  onScopeDispose(onChange(() => void again()))
})

/** @param row null = there is none yet */
export function useRecordOrigin(dataset: MaybeRefOrGetter<string>, row: MaybeRefOrGetter<string | null>) {
  const session = useSession()
  useFreshOrigins()
  return useQuery({
    queryKey: computed(() => ['origins', toValue(dataset), toValue(row)]),
    queryFn: (): Promise<RecordOrigin> => rpc.link.origin.query({ dataset: toValue(dataset), row: toValue(row) ?? '' }),
    enabled: computed(() => toValue(row) !== null && session.can('link.read') && !session.isLocked),
  })
}
