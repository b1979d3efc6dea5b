// A web page on the wall (a frame within `/wall/…`): what it may fetch is the network, never this machine, its station or a file.
import { BlockList, isIP } from 'node:net'
import { networkInterfaces } from 'node:os'

/** What the shell knows of a request. */
export interface Asked {
  url: string
  resourceType: string
  frame?: { url: string; parent: unknown; top: { url: string } | null } | null
}

/** Addresses of a name, as the browser would find them. */
export type Resolve = (host: string) => Promise<string[]>

const ours = new BlockList()
ours.addSubnet('0.0.0.0', 8)
ours.addSubnet('127.0.0.0', 8)
ours.addSubnet('169.254.0.0', 16)
ours.addSubnet('224.0.0.0', 3)
ours.addAddress('::', 'ipv6')
ours.addAddress('::1', 'ipv6')
ours.addSubnet('fe80::', 10, 'ipv6')
ours.addSubnet('ff00::', 8, 'ipv6')

/** True for this machine by any of its addresses, and for what belongs to a link alone; a private address of another machine is the customer's own web. */
export function isThisMachine(address: string): boolean {
  const bare = address.replace(/%.*$/, '')
  const kind = isIP(bare)
  if (kind === 0) return true
  if (ours.check(bare, kind === 6 ? 'ipv6' : 'ipv4')) return true
  const mapped = /^::ffff:([\d.]+)$/i.exec(bare)?.[1]
  if (mapped !== undefined) return isThisMachine(mapped)
  return Object.values(networkInterfaces()).some((list) => list?.some((one) => one.address === bare) === true)
}

/** A screen of the wall, or a conference that is sent to a display of this console. */
export function isScreenPage(url: string, origin: string | null): boolean {
  if (isWallPage(url, origin)) return true
  if (origin === null || !URL.canParse(url)) return false
  const { origin: its, pathname } = new URL(url)
  return its === origin && /^\/conference-screen\/[0-9a-f-]{36}\/(gallery|spotlight)$/.test(pathname)
}

export function isWallPage(url: string, origin: string | null): boolean {
  return origin !== null && URL.canParse(url) && new URL(url).origin === origin && /^\/wall\/[0-9a-f-]{36}$/.test(new URL(url).pathname)
}

/** Whatever comes from a frame within a wall page, and the frame's own page. */
export function isOfWebTile({ resourceType, frame }: Asked, origin: string | null): boolean {
  if (frame === null || frame === undefined || !isWallPage(frame.top?.url ?? '', origin)) return false
  return resourceType === 'subFrame' || frame.parent !== null
}

/** @returns false also when the name is not known: what cannot be looked at is not fetched */
export async function mayWebTileFetch({ url, resourceType, frame }: Asked, options: { origin: string | null; resolve: Resolve }): Promise<boolean> {
  if (!URL.canParse(url)) return false
  const { protocol, hostname, origin, pathname } = new URL(url)
  if (protocol === 'blob:' || protocol === 'data:') return true
  // A file of the scene in a frame of its own, and what that frame asks for.
  if (origin === options.origin) {
    const isOurFrame = frame !== null && frame !== undefined && URL.canParse(frame.url) && new URL(frame.url).origin === origin
    return pathname.startsWith('/wall-files/') && (resourceType === 'subFrame' || isOurFrame)
  }
  if (!/^(https?|wss?):$/.test(protocol)) return false
  const host = hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0) return !isThisMachine(host)
  if (/(^|\.)localhost\.?$/.test(host)) return false
  const addresses = await options.resolve(host).catch(() => [])
  return addresses.length > 0 && !addresses.some(isThisMachine)
}
