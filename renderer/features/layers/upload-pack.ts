// Streams a map pack to the station with progress; packs are larger than an attachment may be.
import { type ErrorCode, errorCodes, Sha256, WanglouError } from '../../../native/contract/index.ts'

/** @returns the file's hash in the station. Throws WanglouError with the station's code. */
export function uploadPack(file: File, onProgress: (part: number) => void, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/map-packs/')
    request.responseType = 'json'
    request.upload.addEventListener('progress', (event) => onProgress(event.total === 0 ? 0 : event.loaded / event.total))
    request.addEventListener('load', () => {
      const answer = request.response as { sha256?: unknown; code?: unknown } | null
      const sha256 = Sha256.safeParse(answer?.sha256)
      if (request.status === 201 && sha256.success) resolve(sha256.data)
      else reject(new WanglouError(errorCodes.includes(answer?.code as ErrorCode) ? (answer?.code as ErrorCode) : 'INTERNAL', { file: file.name }))
    })
    request.addEventListener('error', () => reject(new WanglouError('TIMEOUT', { file: file.name })))
    request.addEventListener('abort', () => reject(new WanglouError('CANCELLED', { file: file.name })))
    signal.addEventListener('abort', () => request.abort())
    request.send(file)
  })
}
