// Sends a file to the station by its bytes, with progress; it comes back as a hash. Up to 500 MB, never read into memory whole.
import { type ErrorParams, errorCodes, WanglouError } from '../../../native/contract/index.ts'

/** What the station takes at most, bytes. */
export const uploadLimitBytes = 500_000_000

export interface Upload {
  done: Promise<{ sha256: string; size: number }>
  cancel: () => void
}

/** @param onShare 0…1. @returns the upload under way; `done` rejects with a WanglouError (CANCELLED, TOO_LARGE, DISK_FULL …) */
export function uploadFile(file: File, onShare: (share: number) => void): Upload {
  const request = new XMLHttpRequest()
  const { promise, resolve, reject } = Promise.withResolvers<{ sha256: string; size: number }>()
  request.upload.addEventListener('progress', (event) => onShare(event.lengthComputable ? event.loaded / event.total : 0))
  request.addEventListener('load', () => {
    if (request.status === 201) resolve(JSON.parse(request.responseText) as { sha256: string; size: number })
    else reject(refusalOf(request.responseText))
  })
  request.addEventListener('error', () => reject(new WanglouError('TIMEOUT')))
  request.addEventListener('abort', () => reject(new WanglouError('CANCELLED')))
  request.open('POST', '/blobs')
  request.send(file)
  return { done: promise, cancel: () => request.abort() }
}

function refusalOf(words: string): WanglouError {
  try {
    const told = JSON.parse(words) as { code?: string; params?: ErrorParams }
    const code = errorCodes.find((candidate) => candidate === told.code)
    return new WanglouError(code ?? 'INTERNAL', told.params ?? {})
  } catch {
    return new WanglouError('INTERNAL')
  }
}
