// HTTP-FLV and WS-FLV, asked for by the station so that no password and no address reaches the page.
import { WebSocket } from 'ws'
import { StreamError } from '../../contract/index.ts'
import { connectFault } from '../../protocols/connect-fault.ts'
import { FlvReader } from '../../protocols/flv/codec.ts'
import { askHttpFor, statusFault } from '../../protocols/http/ask.ts'
import { type CertificateTrust, openTls } from '../../protocols/tls-trust.ts'
import type { FlvSource } from './flv-stream.ts'

/** How a source that is pulled is asked for. */
export interface PullSource {
  /** Without user and password. */
  address: string
  credentials: { username: string; password: string } | null
  trust: CertificateTrust | null
}

/** @param ask read before every attempt @throws StreamError address-invalid for what is neither http(s) nor ws(s) */
export function flvSource(ask: () => Promise<PullSource>, options: { timeoutMs: number }): FlvSource {
  return async (call) => {
    const source = await ask()
    return /^wss?:/i.test(source.address) ? bySocket(source, { ...call, ...options }) : byHttp(source, { ...call, ...options })
  }
}

type Call = Parameters<FlvSource>[0] & { timeoutMs: number }

async function byHttp({ address, credentials, trust }: PullSource, { signal, onTag, timeoutMs }: Call): Promise<never> {
  const { body } = await askHttpFor({ address, credentials, trust, timeoutMs, signal })
  const reader = new FlvReader()
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) for (const tag of reader.push(chunk)) onTag(tag)
  } catch (error) {
    if (error instanceof StreamError) throw error
    throw new StreamError('connection-lost', {}, { cause: error })
  }
  throw new StreamError('connection-lost')
}

async function bySocket({ address, credentials, trust }: PullSource, { signal, onTag, timeoutMs }: Call): Promise<never> {
  if (!URL.canParse(address)) throw new StreamError('address-invalid')
  const url = new URL(address)
  const secured = url.protocol === 'wss:' ? await openTls({ url, trust, timeoutMs, signal }) : null
  const { promise, reject } = Promise.withResolvers<never>()
  // A WebSocket has no second question: only Basic can be given with the first.
  const headers =
    credentials === null ? {} : { Authorization: `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}` }
  const common = { headers, handshakeTimeout: timeoutMs, maxPayload: 8_000_000, perMessageDeflate: false }
  const socket = new WebSocket(address, secured === null ? common : { ...common, createConnection: () => secured })
  const reader = new FlvReader()
  socket.on('unexpected-response', (_request, response) => reject(statusFault(response.statusCode ?? 0, credentials !== null)))
  socket.on('error', (error: Error & { code?: string }) => reject(socketFault(error, { url, timeoutMs })))
  socket.on('close', () => reject(new StreamError('connection-lost')))
  socket.on('message', (data, isBinary) => {
    try {
      if (isBinary) for (const tag of reader.push(Buffer.isBuffer(data) ? data : Buffer.concat([data].flat() as Buffer[]))) onTag(tag)
    } catch (error) {
      reject(error)
    }
  })
  const end = () => reject(new StreamError('connection-lost'))
  signal.addEventListener('abort', end)
  if (signal.aborted) end()
  return promise.finally(() => {
    signal.removeEventListener('abort', end)
    socket.terminate()
  })
}

function socketFault(error: Error & { code?: string }, { url, timeoutMs }: { url: URL; timeoutMs: number }): StreamError {
  if (/handshake has timed out/.test(error.message)) return new StreamError('no-answer', { method: 'GET', seconds: Math.ceil(timeoutMs / 1000) })
  return error.code === undefined ? new StreamError('not-the-protocol', {}, { cause: error }) : connectFault(error, url)
}
