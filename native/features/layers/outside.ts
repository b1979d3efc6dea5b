// The only way out for map layers: http and https, an address checked after its name is resolved and again on every redirect, bounded in time and size.
import { lookup } from 'node:dns'
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'

export interface OutsideOptions {
  /** An administrator entered the address: it may lie inside the house, on this machine even. */
  isTrusted: boolean
  limitBytes: number
  timeoutMs: number
  headers?: Record<string, string>
}

export interface OutsideAnswer {
  status: number
  contentType: string | null
  body: Buffer
}

/** Why nothing came: the world's fault, so a state and no bug. `refused-address` is ours. */
export type OutsideFault = 'refused-address' | 'no-name' | 'unreachable' | 'timeout' | 'too-large' | 'too-many-redirects' | 'bad-address'

export class OutsideError extends Error {
  readonly fault: OutsideFault
  constructor(fault: OutsideFault, options?: { cause?: unknown }) {
    super(fault, options)
    this.name = 'OutsideError'
    this.fault = fault
  }
}

const MAX_REDIRECTS = 3

/** Addresses no outside source may have: this machine, the local net and link, private nets, what is not unicast. RFC 6890. */
const inside = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  inside.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b::', 96],
  ['100::', 64],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const) {
  inside.addSubnet(net, bits, 'ipv6')
}

/** @returns whether an address is one of the public internet */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !inside.check(address, 'ipv4')
  if (family !== 6) return false
  // An IPv4 address written as IPv6 is judged as what it is.
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return isPublicAddress(mapped)
  return !address.toLowerCase().startsWith('::ffff:') && !inside.check(address, 'ipv6')
}

/** Fetches with GET. Throws OutsideError; any HTTP status is an answer. */
export async function fetchOutside(address: string, options: OutsideOptions): Promise<OutsideAnswer> {
  let url = parse(address)
  for (let redirect = 0; redirect <= MAX_REDIRECTS; redirect++) {
    const answer = await once(url, options)
    const location = answer.headers.location
    if (answer.statusCode === undefined || answer.statusCode < 300 || answer.statusCode >= 400 || location === undefined)
      return collect(answer, options.limitBytes)
    answer.destroy()
    const next = parse(new URL(location, url).href)
    // A key in a header must not follow to another host.
    if (next.host !== url.host) options = { ...options, headers: {} }
    url = next
  }
  throw new OutsideError('too-many-redirects')
}

function parse(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) throw new OutsideError('bad-address')
  return url
}

function once(url: URL, { isTrusted, timeoutMs, headers }: OutsideOptions): Promise<IncomingMessage> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  // A literal address is never looked up, so it is judged here.
  if (!isTrusted && isIP(host) !== 0 && !isPublicAddress(host)) throw new OutsideError('refused-address')
  return new Promise((resolve, reject) => {
    const options: RequestOptions = {
      lookup: isTrusted ? undefined : guardedLookup,
      headers: { 'User-Agent': 'wanglou', Accept: '*/*', ...headers },
      signal: AbortSignal.timeout(timeoutMs),
    }
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, options, resolve)
    request.on('error', (error) => reject(faultOf(error)))
    request.end()
  })
}

/** Judges what the name resolved to in the very look-up that the connection uses: a second, different answer cannot slip in. */
const guardedLookup: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return done(error, '', 0)
    const refused = addresses.length === 0 || addresses.some(({ address }) => !isPublicAddress(address))
    if (refused) return done(Object.assign(new Error('refused address'), { code: 'REFUSED_ADDRESS' }), '', 0)
    if (options.all === true) return done(null, addresses)
    done(null, addresses[0]!.address, addresses[0]!.family)
  })
}

async function collect(answer: IncomingMessage, limitBytes: number): Promise<OutsideAnswer> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > limitBytes) throw new OutsideError('too-large')
      chunks.push(chunk)
    }
  } catch (error) {
    answer.destroy()
    throw faultOf(error)
  }
  return { status: answer.statusCode ?? 0, contentType: answer.headers['content-type'] ?? null, body: Buffer.concat(chunks) }
}

function faultOf(error: unknown): OutsideError {
  if (error instanceof OutsideError) return error
  const { code, name } = error as { code?: string; name?: string }
  if (code === 'REFUSED_ADDRESS') return new OutsideError('refused-address', { cause: error })
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return new OutsideError('no-name', { cause: error })
  if (name === 'TimeoutError' || name === 'AbortError' || code === 'ETIMEDOUT' || code === 'ABORT_ERR')
    return new OutsideError('timeout', { cause: error })
  return new OutsideError('unreachable', { cause: error })
}
