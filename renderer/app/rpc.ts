// The one line to the station: a typed client over WebSocket with back-off, and over HTTP for what sets a cookie (sign-in).
import { createTRPCClient, createWSClient, httpLink, wsLink } from '@trpc/client'
import type { AppRouter } from '../../native/app-router.ts'
import { linkLost, linkOpen } from './link.ts'

const firstRetryMs = 250
const longestRetryMs = 5_000

/** Doubles from 250 ms to 5 s, with a fifth of chance so that several consoles do not come back in step. */
export function retryDelayMs(attempt: number, random = Math.random()): number {
  return Math.round(Math.min(longestRetryMs, firstRetryMs * 2 ** attempt) * (0.9 + random * 0.2))
}

function doorUrl(protocol: 'http' | 'ws'): string {
  const url = new URL('/rpc', window.location.origin)
  if (protocol === 'ws') url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return url.href
}

const socket = createWSClient({
  url: () => doorUrl('ws'),
  retryDelayMs,
  keepAlive: { enabled: true, intervalMs: 5_000, pongTimeoutMs: 4_000 },
  onOpen: linkOpen,
  onClose: linkLost,
})

/** Every procedure of the station. `rpc.incidents.list.query(…)`, `.mutate(…)`, `.subscribe(…)`. */
export const rpc = createTRPCClient<AppRouter>({ links: [wsLink({ client: socket })] })

/** The same over HTTP: for procedures whose answer sets a cookie (sign-in, sign-out, set-up). Call `reconnect()` afterwards. */
export const httpRpc = createTRPCClient<AppRouter>({ links: [httpLink({ url: doorUrl('http') })] })

/** Drops the socket so that the next call opens one as whoever is signed in now. */
export function reconnect(): void {
  socket.connection?.ws?.close(4_000, 'session changed')
}
