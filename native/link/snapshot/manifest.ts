// What a host says of a snapshot it has made, and signs: whoever takes it over checks the file against it.
import { createPublicKey, verify } from 'node:crypto'
import { z } from 'zod'
import { LinkUnit, Sha256 } from '../../contract/index.ts'

export const Manifest = z.object({
  v: z.literal(1),
  /** The host that made it. */
  station: z.string().min(1).max(80),
  unit: LinkUnit,
  madeAt: z.int().min(0),
  /** Entries in it. */
  entries: z.int().min(0),
  /** Of the file as it travels, a gzipped database. */
  sha256: Sha256,
  /** Bytes of that file. */
  size: z.int().min(1),
})
export type Manifest = z.infer<typeof Manifest>

export interface SignedManifest {
  manifest: Manifest
  /** Ed25519 of the maker, base64. */
  signature: string
}

export function manifestBytes(manifest: Manifest): Buffer {
  const { v, station, unit, madeAt, entries, sha256, size } = manifest
  return Buffer.from(JSON.stringify(['wanglou-snapshot-1', v, station, unit, madeAt, entries, sha256, size]), 'utf8')
}

/** @param publicKey SPKI, base64, of the host that the manifest names */
export function isManifestGood({ manifest, signature }: SignedManifest, publicKey: string): boolean {
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
  return verify(null, manifestBytes(manifest), key, Buffer.from(signature, 'base64'))
}
