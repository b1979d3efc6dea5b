// The one line to the station: a typed client over WebSocket that comes back by itself.
import { createTRPCClient, createWSClient, wsLink } from '@trpc/client'
import type { AppRouter } from '../../native/app-router.ts'
import { retryDelayMs } from './back-off.ts'
import { linkLost, linkOpen } from './link.ts'

function doorUrl(): string {
  const url = new URL('/rpc', window.location.origin)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return url.href
}

const socket = createWSClient({
  url: doorUrl,
  retryDelayMs,
  keepAlive: { enabled: true, intervalMs: 5_000, pongTimeoutMs: 4_000 },
  onOpen: linkOpen,
  onClose: linkLost,
})

/** Every procedure of the station. `rpc.incidents.list.query(…)`, `.mutate(…)`, `.subscribe(…)`. */
export const rpc = createTRPCClient<AppRouter>({ links: [wsLink({ client: socket })] })
