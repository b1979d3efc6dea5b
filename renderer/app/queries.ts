// The page's rows: one query cache, refreshed by the station's change feed; after a reconnect everything is asked anew.
import { QueryClient } from '@tanstack/vue-query'
import { type Change, EVERYTHING } from '../../native/contract/index.ts'
import { linkHeard } from './link.ts'
import { isPassing } from './page-error.ts'
import { rpc } from './rpc.ts'

export const queryClient = new QueryClient({
  defaultOptions: {
    // Rows are fresh until the feed says otherwise; the station is on this machine, so a refusal is final and a lost line passes.
    queries: {
      staleTime: Infinity,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 3 && isPassing(error),
      networkMode: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
})

const listeners = new Set<(change: Change) => void>()

/** For what is not a query (待办, the globe's own rows); returns the unsubscribe function. */
export function onChange(listener: (change: Change) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Every query key begins with the dataset (or feature) word it shows: `['incidents', …]`. `*` opens each subscription: anything may have changed. */
export function applyChange(client: QueryClient, change: Change): void {
  void client.invalidateQueries(change.dataset === EVERYTHING ? {} : { queryKey: [change.dataset] })
  for (const listener of listeners) listener(change)
}

/** Follows the feed while somebody is signed in; returns what ends it. */
export function followChanges(): () => void {
  const subscription = rpc.changes.subscribe(undefined, {
    onData(change) {
      linkHeard()
      applyChange(queryClient, change)
    },
    onError: (error) => console.warn('change feed ended', error.message),
  })
  return () => subscription.unsubscribe()
}
