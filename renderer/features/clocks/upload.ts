// Sends the file of a table to the station; it comes back as a hash.
import { type ErrorParams, errorCodes, WanglouError } from '../../../native/contract/index.ts'

const limitBytes = 5_000_000

/** @throws WanglouError FILE_EMPTY, FILE_TOO_LARGE, or what the station refused it with */
export async function uploadTable(file: File): Promise<string> {
  if (file.size === 0) throw new WanglouError('FILE_EMPTY', { file: file.name })
  if (file.size > limitBytes) throw new WanglouError('FILE_TOO_LARGE', { file: file.name, limitBytes })
  const answer = await fetch('/blobs', { method: 'POST', body: file })
  const told = (await answer.json()) as { sha256?: string; code?: string; params?: ErrorParams }
  if (told.sha256 !== undefined) return told.sha256
  throw new WanglouError(errorCodes.find((code) => code === told.code) ?? 'INTERNAL', told.params ?? {})
}
