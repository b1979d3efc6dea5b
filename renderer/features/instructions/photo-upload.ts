// Sends a photo to the station; it comes back as a hash.
import { type ErrorParams, errorCodes, type InstructionPhotoInput, WanglouError } from '../../../native/contract/index.ts'

export const photoLimitBytes = 30_000_000
export const photoEndings = ['.jpg', '.jpeg', '.png', '.webp', '.gif', '.pdf'] as const

/** @throws WanglouError what the station refused it with */
export async function uploadPhoto(file: File): Promise<InstructionPhotoInput> {
  const answer = await fetch('/blobs', { method: 'POST', body: file })
  const told = (await answer.json()) as { sha256?: string; size?: number; code?: string; params?: ErrorParams }
  if (told.sha256 === undefined) throw new WanglouError(errorCodes.find((code) => code === told.code) ?? 'INTERNAL', told.params ?? {})
  return { sha256: told.sha256, name: file.name.slice(0, 255), sizeBytes: told.size ?? file.size, mime: file.type.slice(0, 100) }
}

export function photoAddress({ sha256, name, mime }: Pick<InstructionPhotoInput, 'sha256' | 'name' | 'mime'>): string {
  return `/blobs/${sha256}?${new URLSearchParams({ name, type: mime }).toString()}`
}
