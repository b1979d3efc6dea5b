// What a failed connection says of its cause, as a fault of a stream.
import { StreamError } from '../contract/index.ts'

export function connectFault(error: Error & { code?: string }): StreamError {
  const { code = '' } = error
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EAI_NODATA') return new StreamError('name-unresolved', {}, { cause: error })
  if (code === 'ECONNREFUSED') return new StreamError('port-closed', {}, { cause: error })
  if (code === 'ETIMEDOUT') return new StreamError('connect-timeout', {}, { cause: error })
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(code)) return new StreamError('certificate', { reason: code }, { cause: error })
  if (/^(ERR_SSL|EPROTO)/.test(code)) return new StreamError('not-the-protocol', {}, { cause: error })
  return new StreamError(code === 'ECONNRESET' ? 'connection-lost' : 'host-unreachable', {}, { cause: error })
}
