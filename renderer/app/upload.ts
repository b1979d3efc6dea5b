// Sends a small file or a picture to the station by its bytes; it comes back as a hash.
import { type ErrorParams, errorCodes, WanglouError } from '../../native/contract/index.ts'

/** @throws WanglouError as the station refuses it, TIMEOUT when it cannot be reached */
export async function upload(file: Blob): Promise<string> {
  const answer = await fetch('/blobs', { method: 'POST', body: file }).catch((cause: unknown) => {
    throw new WanglouError('TIMEOUT', {}, { cause })
  })
  const told = (await answer.json().catch(() => ({}))) as { sha256?: string; code?: string; params?: ErrorParams }
  if (answer.status === 201 && told.sha256 !== undefined) return told.sha256
  throw new WanglouError(errorCodes.find((code) => code === told.code) ?? 'INTERNAL', told.params ?? {})
}
