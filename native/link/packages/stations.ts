// Whose seals are believed, of which centre each station is, and for whom the maker of a package may vouch.
import { createPublicKey, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { LinkUnit } from '../../contract/index.ts'
import type { Reads } from '../../store/types.ts'
import type { Superiors } from '../permits.ts'

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

/** Stations whose key is known here by pairing or by somebody who vouched for it. */
export async function knownStations(reads: Reads, ownUnit: string): Promise<Map<string, KnownStation>> {
  const rows = await reads.all<{ station: string; publicKey: string; unit: string | null; isHost: number }>(
    `SELECT k.station, k.publicKey, iif(i.station IS NOT NULL, ?1, coalesce(p.unit, s.unit)) AS unit, coalesce(p.isHost, s.isHost, 0) AS isHost
       FROM (SELECT station, publicKey FROM journal_stations
             UNION ALL SELECT station, publicKey FROM link_paired WHERE station NOT IN (SELECT station FROM journal_stations)) AS k
       LEFT JOIN journal_incarnations AS i ON i.station = k.station
       LEFT JOIN link_paired AS p ON p.station = k.station AND p.publicKey = k.publicKey
       LEFT JOIN stations AS s ON s.id = k.station AND s.publicKey = k.publicKey AND s._deleted = 0`,
    [ownUnit],
  )
  return new Map(rows.map((row) => [row.station, { ...row, isHost: row.isHost === 1 }]))
}

/**
 * Whether the host of a centre is believed when it names a key of another: only where that centre's way to us in the reporting tree
 * leads through the host's own. So no county can bring forth a station of the province.
 */
export function mayVouch(maker: KnownStation, unit: string, way: { ourUnit: string; superiors: Superiors }): boolean {
  if (!maker.isHost || maker.unit === null) return false
  return wayBetween(unit, way.ourUnit, way.superiors).includes(maker.unit)
}

/** Every unit from one to the other, both included; without a common superior only the first. */
function wayBetween(from: string, to: string, superiors: Superiors): string[] {
  const [up, down] = [upwards(from, superiors), upwards(to, superiors)]
  const meeting = up.find((unit) => down.includes(unit))
  if (meeting === undefined) return [from]
  return [...up.slice(0, up.indexOf(meeting) + 1), ...down.slice(0, down.indexOf(meeting))]
}

function upwards(unit: string, superiors: Superiors): string[] {
  const way: string[] = []
  for (let each: string | null = unit; each !== null && !way.includes(each); each = superiors.get(each) ?? null) way.push(each)
  return way
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
