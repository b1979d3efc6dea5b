// Whose seals are believed, and of which centre each station is.
import { createPublicKey, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { LinkUnit } from '../../contract/index.ts'
import type { Reads } from '../../store/types.ts'
import type { Superiors } from '../permits.ts'
import { believedStations } from '../stations.ts'

export interface KnownStation {
  station: string
  /** Ed25519, SPKI, base64. */
  publicKey: string
  /** The centre it belongs to; null = nobody has said. */
  unit: string | null
  /** It carries its centre's entries and vouches for others. */
  isHost: boolean
}

export const StationClaims = z.array(z.object({ station: z.string().min(1).max(80), unit: LinkUnit, publicKey: z.string().max(200) })).max(100_000)
/** What a package says of a station: believed only as `mayVouch` allows. */
export type StationClaim = z.infer<typeof StationClaims>[number]

/** Every station whose key is known here, with its centre where somebody we believe has said it. */
export async function knownStations(reads: Reads, way: { ourUnit: string; superiors: Superiors }): Promise<Map<string, KnownStation>> {
  const keys = await reads.all<{ station: string; publicKey: string; isOurs: number }>(
    'SELECT k.station, k.publicKey, EXISTS (SELECT 1 FROM journal_incarnations AS i WHERE i.station = k.station) AS isOurs FROM journal_stations AS k',
  )
  const believed = await believedStations(reads, way)
  const known = new Map<string, KnownStation>(believed)
  for (const { station, publicKey, isOurs } of keys) {
    const card = believed.get(station)
    // A key that is known is never another one.
    if (card?.publicKey !== publicKey) known.set(station, { station, publicKey, unit: isOurs === 1 ? way.ourUnit : null, isHost: false })
  }
  return known
}

/** @returns null when the text is no Ed25519 key */
export function publicKeyOf(text: string): KeyObject | null {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ed25519' ? key : null
  } catch (error) {
    // OpenSSL has no closed list of what it throws over bytes from outside.
    if (error instanceof Error && 'code' in error) return null
    throw error
  }
}
