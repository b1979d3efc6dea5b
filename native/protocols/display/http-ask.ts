// One HTTP question to a device and its bounded answer; no redirect is followed, no other host is ever asked.
import { type ClientRequest, request } from 'node:http'
import { type DisplayAddress, DisplayError } from '../../contract/index.ts'
import { connectError } from './byte-line.ts'

export interface HttpAsked {
  address: DisplayAddress
  defaultPort: number
  method: 'GET' | 'PUT' | 'POST'
  path: string
  headers?: Readonly<Record<string, string>>
  body?: string
  timeoutMs: number
}

export interface HttpAnswer {
  status: number
  /** Challenges of a 401. */
  challenges: string[]
  body: string
}

export const httpLimitBytes = 1_000_000

/** @throws DisplayError port-closed · connect-timeout · no-answer · connection-lost · garbage */
export function httpAsk({ address, defaultPort, method, path, headers, body, timeoutMs }: HttpAsked): Promise<HttpAnswer> {
  if (address.kind !== 'network') return Promise.reject(new DisplayError('address-invalid', address.path))
  const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer>()
  const where = `${address.host}:${address.port ?? defaultPort}`
  const bytes = body === undefined ? null : Buffer.from(body, 'utf8')
  let asked: ClientRequest
  try {
    asked = request({
      host: address.host,
      port: address.port ?? defaultPort,
      method,
      path,
      agent: false,
      headers: { ...inBytes(headers), ...(bytes === null ? {} : { 'Content-Length': String(bytes.length) }) },
    })
  } catch (error) {
    // What HTTP cannot carry, in a path or a header that somebody wrote.
    return Promise.reject(new DisplayError('value-invalid', (error as Error).message, { cause: error }))
  }
  const timer = setTimeout(() => fail(new DisplayError('no-answer', `${timeoutMs} ms`)), timeoutMs)
  function fail(error: DisplayError): void {
    clearTimeout(timer)
    reject(error)
    asked.destroy()
  }
  asked.on('error', (error: Error & { code?: string }) =>
    fail(error.code?.startsWith('HPE_') === true ? new DisplayError('garbage', error.code, { cause: error }) : connectError(error, where)),
  )
  asked.on('response', (response) => {
    const chunks: Buffer[] = []
    let size = 0
    response.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > httpLimitBytes) fail(new DisplayError('garbage', `> ${httpLimitBytes} bytes`))
      else chunks.push(chunk)
    })
    response.on('error', (error) => fail(new DisplayError('connection-lost', where, { cause: error })))
    response.on('aborted', () => fail(new DisplayError('connection-lost', where)))
    response.on('end', () => {
      clearTimeout(timer)
      const challenge = response.headers['www-authenticate']
      resolve({
        status: response.statusCode ?? 0,
        challenges: challenge === undefined ? [] : [challenge],
        body: Buffer.concat(chunks).toString('utf8'),
      })
    })
  })
  asked.end(bytes ?? undefined)
  return promise
}

/** A header carries bytes: a Chinese user name goes as UTF-8 (RFC 7616 §4). */
function inBytes(headers: HttpAsked['headers'] = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Buffer.from(value, 'utf8').toString('latin1')]))
}

/** @throws DisplayError garbage for what is no JSON object or list */
export function readJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text.replaceAll('\0', ''))
    if (typeof value === 'object' && value !== null) return value
  } catch (error) {
    throw new DisplayError('garbage', text, { cause: error })
  }
  throw new DisplayError('garbage', text)
}

/** A member of a foreign JSON value; undefined where there is none. */
export function member(value: unknown, ...path: (string | number)[]): unknown {
  let at = value
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined
    at = (at as Record<string | number, unknown>)[key]
  }
  return at
}

export function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
