// Whom an address leads to: a login that was entered for one host is not another's to hear. Read by the same parser that connects.

/** Ports that go without saying, by scheme. */
export const usualPorts: Readonly<Record<string, number>> = { rtsp: 554, rtsps: 322, http: 80, https: 443, ws: 80, wss: 443 }

/** Where a connection goes: the name in small letters and without brackets, and the port also where it goes without saying. */
export function hostPortOf({ protocol, hostname, port }: URL): { host: string; port: number } {
  return { host: hostname.replace(/^\[|\]$/g, '').toLowerCase(), port: Number(port) || (usualPorts[protocol.slice(0, -1).toLowerCase()] ?? 0) }
}

/** Scheme, host and port. @returns null = it leads to no host: a film, a capture card, a channel of a platform */
export function originOf(address: string): string | null {
  if (!/^\w+:\/\//.test(address) || !URL.canParse(address)) return null
  const { protocol, hostname, port } = new URL(address)
  if (hostname === '') return null
  const scheme = protocol.slice(0, -1)
  return `${scheme}://${hostname.toLowerCase()}:${port === '' ? (usualPorts[scheme] ?? '') : port}`
}
