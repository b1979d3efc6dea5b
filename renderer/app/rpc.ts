// The one line to the station: a typed client over WebSocket that comes back by itself.
import { createTRPCClient, createWSClient, wsLink } from '@trpc/client'
import type { AppRouter } from '../../native/app-router.ts'
import { linkLost, linkOpen } from './link.ts'

const firstRetryMs = 250
const longestRetryMs = 5_000

/** Doubles from 250 ms to 5 s, with a fifth of chance so that several consoles do not come back in step. */
export function retryDelayMs(attempt: number, random = Math.random()): number {
  return Math.round(Math.min(longestRetryMs, firstRetryMs * 2 ** attempt) * (0.9 + random * 0.2))
}

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
