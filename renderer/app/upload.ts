// Sends a file to the station by its bytes, never read into memory whole: progress, cancelling, the hash it comes back as, refusals in words.
import { type ErrorParams, errorCodes, Sha256, WanglouError } from '../../native/contract/index.ts'

/** What the station takes as an attachment at most, bytes. */
export const uploadLimitBytes = 500_000_000

export interface Uploaded {
  sha256: string
  /** Bytes. */
  size: number
}

export interface UploadOptions {
  /** Default: `/blobs`; map packs are larger than an attachment may be and have a door of their own. */
  to?: '/blobs' | '/map-packs/'
  /** 0…1 */
  onShare?: (share: number) => void
  signal?: AbortSignal
}

/** @throws WanglouError with the file's name: CANCELLED, TIMEOUT (the line broke), TOO_LARGE, DISK_FULL … */
export function upload(file: File, { to = '/blobs', onShare, signal }: UploadOptions = {}): Promise<Uploaded> {
  const { promise, resolve, reject } = Promise.withResolvers<Uploaded>()
  const refuse = (code: 'CANCELLED' | 'TIMEOUT') => reject(new WanglouError(code, { file: file.name }))
  if (signal?.aborted === true) {
    refuse('CANCELLED')
    return promise
  }
  const request = new XMLHttpRequest()
  request.upload.addEventListener('progress', (event) => onShare?.(event.lengthComputable && event.total > 0 ? event.loaded / event.total : 0))
  request.addEventListener('load', () => {
    const answer = answerOf(request.status, request.responseText, file.name)
    if (answer instanceof WanglouError) reject(answer)
    else resolve(answer)
  })
  request.addEventListener('error', () => refuse('TIMEOUT'))
  request.addEventListener('abort', () => refuse('CANCELLED'))
  signal?.addEventListener('abort', () => request.abort(), { once: true })
  request.open('POST', to)
  request.send(file)
  return promise
}

/** What the station said of a file; an answer that is none is `INTERNAL`. */
export function answerOf(status: number, text: string, file: string): Uploaded | WanglouError {
  const told = parsed(text)
  const sha256 = Sha256.safeParse(told.sha256)
  if (status === 201 && sha256.success && typeof told.size === 'number') return { sha256: sha256.data, size: told.size }
  return new WanglouError(errorCodes.find((code) => code === told.code) ?? 'INTERNAL', { file, ...told.params })
}

interface Told {
  sha256?: unknown
  size?: unknown
  code?: unknown
  params?: ErrorParams
}

function parsed(text: string): Told {
  try {
    const told: unknown = JSON.parse(text)
    return typeof told === 'object' && told !== null ? told : {}
  } catch (error) {
    if (error instanceof SyntaxError) return {}
    throw error
  }
}
