// One HTTP question to a camera or a media server: bounded in time, signed with Digest or Basic, redirected at most three times, its failures named as faults.
import { randomBytes } from 'node:crypto'
import { type IncomingHttpHeaders, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { StreamError } from '../../contract/index.ts'
import { connectFault } from '../connect-fault.ts'
import { type CertificateTrust, openTls } from '../tls-trust.ts'
import { authorization, type Credentials, readChallenges, strongest } from '../rtsp/digest.ts'

export interface HttpAsked {
  /** `http(s)://`, without user and password. */
  address: string
  /** Only ever given to the origin of `address`. */
  credentials?: Credentials | null
  /** Asked of every host on the way, redirected ones among them. */
  trust: CertificateTrust | null
  method?: string
  headers?: Readonly<Record<string, string>>
  /** Tokens: like `credentials` only ever given to the origin of `address`. */
  ownHeaders?: Readonly<Record<string, string>>
  body?: string
  /** Until the head of the answer is here. */
  timeoutMs: number
  signal?: AbortSignal | undefined
}

export interface HttpAnswer {
  status: number
  headers: IncomingHttpHeaders
  /** Not yet read: read it to its end, or destroy it. */
  body: IncomingMessage
  /** Where it was found after all redirects. */
  url: URL
}

const redirectLimit = 3

/** @returns any answer but a redirect, whatever its status @throws StreamError */
export async function askHttp(asked: HttpAsked): Promise<HttpAnswer> {
  let url = httpUrl(asked.address)
  const home = url.origin
  let signature: string | null = null
  let hasSigned = false
  for (let redirects = 0; ;) {
    const ours = url.origin === home ? asked.ownHeaders : {}
    const body = await once(url, { ...asked, headers: { ...asked.headers, ...ours } }, signature)
    const { statusCode: status = 0, headers } = body
    const isSignable = status === 401 && !hasSigned && url.origin === home && asked.credentials
    if (isSignable) {
      body.resume()
      hasSigned = true
      signature = signed(url, asked, headers)
      continue
    }
    if (![301, 302, 303, 307, 308].includes(status) || headers.location === undefined) return { status, headers, body, url }
    body.resume()
    if (!URL.canParse(headers.location, url.href) || (redirects += 1) > redirectLimit) throw new StreamError('redirect-loop')
    url = httpUrl(new URL(headers.location, url).href)
    if (url.origin !== home) signature = null
  }
}

/** @returns an answer of 2xx @throws StreamError that names any other */
export async function askHttpFor(asked: HttpAsked): Promise<HttpAnswer> {
  const answer = await askHttp(asked)
  if (answer.status >= 200 && answer.status < 300) return answer
  answer.body.resume()
  throw statusFault(answer.status, Boolean(asked.credentials))
}

export function statusFault(status: number, hasPassword: boolean): StreamError {
  if (status === 401) return new StreamError(hasPassword ? 'unauthorised' : 'password-missing')
  if (status === 403) return new StreamError('forbidden')
  if (status === 404 || status === 410) return new StreamError('no-such-stream')
  if (status === 429 || status === 503) return new StreamError('busy')
  return new StreamError('server-error', { status })
}

/** @throws StreamError answer-too-large · connection-lost · no-answer */
export async function readAll(body: IncomingMessage, options: { limitBytes: number; timeoutMs: number }): Promise<Buffer> {
  if (Number(body.headers['content-length'] ?? 0) > options.limitBytes) {
    body.destroy()
    throw new StreamError('answer-too-large', { limitBytes: options.limitBytes })
  }
  const chunks: Buffer[] = []
  let size = 0
  const timer = setTimeout(
    () => body.destroy(new StreamError('no-answer', { method: 'GET', seconds: Math.ceil(options.timeoutMs / 1000) })),
    options.timeoutMs,
  )
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > options.limitBytes) throw new StreamError('answer-too-large', { limitBytes: options.limitBytes })
      chunks.push(chunk)
    }
    return Buffer.concat(chunks)
  } catch (error) {
    if (error instanceof StreamError) throw error
    throw new StreamError('connection-lost', {}, { cause: error })
  } finally {
    clearTimeout(timer)
  }
}

function httpUrl(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) throw new StreamError('address-invalid')
  return url
}

function signed(url: URL, { credentials, method = 'GET' }: HttpAsked, headers: IncomingHttpHeaders): string {
  const challenge = strongest(readChallenges([headers['www-authenticate'] ?? []].flat()))
  if (challenge === null || !credentials) throw new StreamError('unauthorised')
  return authorization({ ...credentials, challenge, method, uri: url.pathname + url.search, count: 1, cnonce: randomBytes(8).toString('hex') })
}

async function once(url: URL, asked: HttpAsked, signature: string | null): Promise<IncomingMessage> {
  const { method = 'GET', headers, body, timeoutMs, trust, signal } = asked
  const until = Date.now() + timeoutMs
  // Opened first: nothing is written before its certificate has been judged.
  const secured = url.protocol === 'https:' ? await openTls({ url, trust, timeoutMs, signal }) : null
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const request = (secured === null ? requestHttp : requestHttps)(url, {
    method,
    ...(secured === null ? { agent: false } : { createConnection: () => secured, defaultPort: 443 }),
    headers: {
      'User-Agent': 'Wanglou',
      ...headers,
      ...(signature === null ? {} : { Authorization: signature }),
      ...(body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) }),
    },
    ...(signal === undefined ? {} : { signal }),
  })
  const fault = () =>
    new StreamError(request.socket?.connecting === false ? 'no-answer' : 'connect-timeout', { method, seconds: Math.ceil(timeoutMs / 1000) })
  const timer = setTimeout(() => request.destroy(fault()), Math.max(0, until - Date.now()))
  request.once('response', (response) => {
    clearTimeout(timer)
    // Whoever reads it hears of its end; an error after that is nobody's.
    response.on('error', () => undefined)
    resolve(response)
  })
  request.on('error', (error: Error & { code?: string }) => {
    clearTimeout(timer)
    if (error instanceof StreamError) return reject(error)
    reject(error.code?.startsWith('HPE_') === true ? new StreamError('not-the-protocol', {}, { cause: error }) : connectFault(error, url))
  })
  request.end(body)
  return promise
}
