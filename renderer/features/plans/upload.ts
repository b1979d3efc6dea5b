// Sends a plan document to the station by its bytes, with progress; it comes back as a hash.
import { type ErrorParams, errorCodes, WanglouError } from '../../../native/contract/index.ts'

/** @param onShare 0…1. Rejects with a WanglouError. */
export function uploadPlan(file: File, onShare: (share: number) => void): Promise<{ sha256: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ sha256: string }>()
  const request = new XMLHttpRequest()
  request.upload.addEventListener('progress', (event) => event.lengthComputable && onShare(event.loaded / event.total))
  request.addEventListener('load', () =>
    request.status === 201 ? resolve(JSON.parse(request.responseText) as { sha256: string }) : reject(refusalOf(request.responseText)),
  )
  request.addEventListener('error', () => reject(new WanglouError('TIMEOUT')))
  request.open('POST', '/blobs')
  request.send(file)
  return promise
}

function refusalOf(words: string): WanglouError {
  try {
    const told = JSON.parse(words) as { code?: string; params?: ErrorParams }
    return new WanglouError(errorCodes.find((code) => code === told.code) ?? 'INTERNAL', told.params ?? {})
  } catch {
    return new WanglouError('INTERNAL')
  }
}
