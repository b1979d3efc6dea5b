// What a failed connection says of its cause, as a fault of a stream.
import { StreamError } from '../contract/index.ts'
import { usualPorts } from './origin.ts'

/** @param url what was connected to: ports and ways out differ from protocol to protocol */
export function connectFault(error: Error & { code?: string }, url: URL): StreamError {
  const { code = '' } = error
  const scheme = url.protocol.slice(0, -1).toLowerCase()
  const usual = usualPorts[scheme] ?? 0
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EAI_NODATA') return new StreamError('name-unresolved', {}, { cause: error })
  if (code === 'ECONNREFUSED')
    return new StreamError('port-closed', { protocol: scheme.toUpperCase(), port: Number(url.port) || usual, usual }, { cause: error })
  if (code === 'ETIMEDOUT') return new StreamError('connect-timeout', {}, { cause: error })
  if (/^(ERR_SSL|EPROTO)/.test(code)) return new StreamError('not-the-protocol', {}, { cause: error })
  return new StreamError(code === 'ECONNRESET' ? 'connection-lost' : 'host-unreachable', {}, { cause: error })
}
