// Sends a ledger to the station by its bytes, with progress; it comes back as a hash.
import { errorCodes, type ErrorParams, WanglouError } from '../../../native/contract/index.ts'

/** @param onShare 0…1 @returns the hash @throws WanglouError TOO_LARGE, DISK_FULL, CANCELLED … */
export function uploadLedger(file: File, onShare: (share: number) => void, signal: AbortSignal): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const request = new XMLHttpRequest()
  request.responseType = 'json'
  request.upload.addEventListener('progress', (event) => onShare(event.lengthComputable && event.total > 0 ? event.loaded / event.total : 0))
  request.addEventListener('load', () => {
    const answer = (request.response ?? {}) as { sha256?: string; code?: string; params?: ErrorParams }
    if (request.status === 201 && answer.sha256 !== undefined) resolve(answer.sha256)
    else reject(new WanglouError(errorCodes.find((code) => code === answer.code) ?? 'INTERNAL', answer.params ?? {}))
  })
  request.addEventListener('error', () => reject(new WanglouError('TIMEOUT')))
  request.addEventListener('abort', () => reject(new WanglouError('CANCELLED')))
  signal.addEventListener('abort', () => request.abort(), { once: true })
  request.open('POST', '/blobs')
  request.send(file)
  return promise
}
