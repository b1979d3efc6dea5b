// How the lines to the other sides stand and who else is here: one query that strip, page and open records share.
import { useQuery } from '@tanstack/vue-query'
import type { LinkAnswer } from '../../native/contract/index.ts'
import { rpc } from './rpc.ts'

const everyMs = 10_000

/** Refreshed by the feed's `link`; with a configured link also every 10 s, for what only ages. */
export function useLinkStatus() {
  return useQuery({
    queryKey: ['link', 'status'],
    queryFn: (): Promise<LinkAnswer> => rpc.link.status.query(),
    refetchInterval: (query) => (query.state.data?.isConfigured === true ? everyMs : false),
  })
}
