// Saves a file of the person's own: from an address of the station, an export that may be refused, or bytes that are here.
import { errorCodes, WanglouError } from '../../native/contract/index.ts'

/** Long enough for the browser to have begun. */
const heldMs = 60_000

/** @param source an address of the station, or the bytes @param name with its ending; default: what the station calls it */
export function saveFile(source: string | Blob, name = ''): void {
  const link = document.createElement('a')
  const isBytes = source instanceof Blob
  link.href = isBytes ? URL.createObjectURL(source) : source
  link.download = name
  link.click()
  if (isBytes) setTimeout(() => URL.revokeObjectURL(link.href), heldMs)
}

/** An export under the name the station gives it. @throws WanglouError when the station refuses, or is not heard (TIMEOUT) */
export async function saveExport(address: string): Promise<void> {
  const answer = await fetch(address).catch(() => {
    throw new WanglouError('TIMEOUT')
  })
  if (!answer.ok) {
    const told = (await answer.json().catch(() => ({}))) as { code?: string }
    throw new WanglouError(errorCodes.find((known) => known === told.code) ?? 'INTERNAL')
  }
  const name = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get('content-disposition') ?? '')?.[1]
  saveFile(await answer.blob(), name === undefined ? (address.split(/[?#]/)[0]?.split('/').at(-1) ?? '') : decodeURIComponent(name))
}
