// Who may knock: the Host and Origin checks that keep other web pages of this machine's browser out.
import type { IncomingHttpHeaders } from 'node:http'

/** The names this station answers to; anything else in `Host` is a rebound DNS name. */
export function allowedHosts(port: number, names: readonly string[] = ['127.0.0.1', 'localhost']): string[] {
  return names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]))
}

/**
 * A page elsewhere in the same browser (another port of this machine counts as *same site*, so a SameSite cookie does not help) must reach nothing:
 * `Host` is ours, `Origin`, where sent, is ours, and a browser's fetch says `same-origin`. Only opening the address itself may come from outside.
 * @param options.proxied names under which a proxy of this house speaks TLS for us, on its usual port
 * @returns whether the request may go on; false is a 403
 */
export function isOurs(options: {
  headers: IncomingHttpHeaders
  hosts: readonly string[]
  proxied?: readonly string[] | undefined
  isUpgrade: boolean
  hasBearer: boolean
}): boolean {
  const { headers, hosts, proxied = [] } = options
  const host = headers.host ?? ''
  const origins = [...(hosts.includes(host) ? [`http://${host}`] : []), ...(proxied.includes(host) ? [`https://${host}`] : [])]
  const origin = headers.origin
  if (origins.length === 0 || (origin !== undefined && !origins.includes(origin))) return false
  // Browsers always send Origin with a WebSocket; what sends none is a script and must bring its bearer token.
  if (options.isUpgrade) return origin !== undefined || options.hasBearer
  const site = headers['sec-fetch-site']
  if (site === undefined || site === 'same-origin' || site === 'none') return true
  return headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
}

/** Somebody opens an address. Over plain HTTP to another machine a browser does not say so, but it asks for a page as no file of one is asked for. */
export function isNavigation({ 'sec-fetch-mode': mode, accept = '' }: IncomingHttpHeaders): boolean {
  return mode === undefined ? accept.includes('text/html') : mode === 'navigate'
}

/** @returns the value of a cookie or null */
export function cookieOf(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return null
}

/** @returns the token of `Authorization: Bearer …` or null */
export function bearerOf(header: string | undefined): string | null {
  return /^Bearer ([\w-]{20,200})$/.exec(header ?? '')?.[1] ?? null
}
