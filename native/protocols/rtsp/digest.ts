// Answers to `WWW-Authenticate`: Digest with SHA-256 or MD5 (RFC 7616, RFC 2617) and Basic (RFC 7617), the strongest that is offered.
import { createHash } from 'node:crypto'

export interface Challenge {
  scheme: 'digest' | 'basic'
  realm: string
  nonce: string
  opaque: string | null
  algorithm: 'MD5' | 'MD5-sess' | 'SHA-256' | 'SHA-256-sess'
  /** With `auth`; without, the older sum of RFC 2069 is meant. */
  hasQop: boolean
}

export interface Credentials {
  username: string
  password: string
}

const algorithms = ['MD5', 'MD5-sess', 'SHA-256', 'SHA-256-sess'] as const

/** Every challenge of the headers that we can answer; unknown schemes and algorithms are left out. */
export function readChallenges(headers: readonly string[]): Challenge[] {
  return headers.flatMap((header) => splitSchemes(header).flatMap(({ scheme, parameters }) => toChallenge(scheme, parameters) ?? []))
}

/** The strongest: SHA-256, then MD5, then the clear password. */
export function strongest(challenges: readonly Challenge[]): Challenge | null {
  const rank = ({ scheme, algorithm }: Challenge) => (scheme === 'basic' ? 2 : algorithm.startsWith('SHA-256') ? 0 : 1)
  return challenges.toSorted((a, b) => rank(a) - rank(b))[0] ?? null
}

function toChallenge(scheme: string, parameters: ReadonlyMap<string, string>): Challenge | null {
  const realm = parameters.get('realm') ?? ''
  if (scheme === 'basic') return { scheme, realm, nonce: '', opaque: null, algorithm: 'MD5', hasQop: false }
  const nonce = parameters.get('nonce')
  const named = parameters.get('algorithm') ?? 'MD5'
  const algorithm = algorithms.find((one) => one.toLowerCase() === named.toLowerCase())
  if (scheme !== 'digest' || nonce === undefined || algorithm === undefined) return null
  const qop = parameters
    .get('qop')
    ?.split(',')
    .map((one) => one.trim().toLowerCase())
  // Only auth-int is offered: we have no body to sign.
  if (qop !== undefined && !qop.includes('auth') && qop.some((one) => one !== '')) return null
  return { scheme, realm, nonce, opaque: parameters.get('opaque') ?? null, algorithm, hasQop: qop?.includes('auth') ?? false }
}

/** One header may carry several challenges; quoted text may hold commas. */
function splitSchemes(header: string): { scheme: string; parameters: Map<string, string> }[] {
  const found: { scheme: string; parameters: Map<string, string> }[] = []
  const token = /([A-Za-z][\w-]*)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))|([A-Za-z][\w-]*)(?=\s|$)/g
  for (const [, name, quoted, plain, scheme] of header.slice(0, 8_192).matchAll(token)) {
    if (scheme !== undefined) found.push({ scheme: scheme.toLowerCase(), parameters: new Map() })
    else if (name !== undefined) found.at(-1)?.parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '')
  }
  return found
}

interface Asked extends Credentials {
  challenge: Challenge
  method: string
  uri: string
  /** How many requests this nonce has answered, from 1. */
  count: number
  cnonce: string
}

/** @returns the value of `Authorization` */
export function authorization({ challenge, username, password, method, uri, count, cnonce }: Asked): string {
  if (challenge.scheme === 'basic') return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`
  const { realm, nonce, opaque, algorithm, hasQop } = challenge
  const sum = (text: string) =>
    createHash(algorithm.startsWith('SHA-256') ? 'sha256' : 'md5')
      .update(text, 'utf8')
      .digest('hex')
  const own = sum(`${username}:${realm}:${password}`)
  const a1 = algorithm.endsWith('-sess') ? sum(`${own}:${nonce}:${cnonce}`) : own
  const a2 = sum(`${method}:${uri}`)
  const nc = count.toString(16).padStart(8, '0')
  const response = hasQop ? sum(`${a1}:${nonce}:${nc}:${cnonce}:auth:${a2}`) : sum(`${a1}:${nonce}:${a2}`)
  const isSession = algorithm.endsWith('-sess')
  return [
    `Digest username=${quote(username)}, realm=${quote(realm)}, nonce=${quote(nonce)}, uri=${quote(uri)}, response="${response}"`,
    // Old cameras refuse what they did not ask for.
    ...(algorithm === 'MD5' ? [] : [`algorithm=${algorithm}`]),
    ...(opaque === null ? [] : [`opaque=${quote(opaque)}`]),
    ...(hasQop ? [`qop=auth, nc=${nc}, cnonce=${quote(cnonce)}`] : isSession ? [`cnonce=${quote(cnonce)}`] : []),
  ].join(', ')
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}
