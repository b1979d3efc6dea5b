// Opens a package: whole, unchanged, made by a station we believe, meant for us. Nothing is unpacked before all of that is known.
import { verify } from 'node:crypto'
import type { z } from 'zod'
import { gatherParts } from './gather.ts'
import { Manifest } from './manifest.ts'
import { type PartSource, readPart } from './part-reader.ts'
import { refused } from './refusal.ts'
import { packageHash, signedBytes, Trailer } from './signed-frames.ts'
import { type KnownStation, publicKeyOf } from './stations.ts'

export interface OpenedPackage {
  manifest: Manifest
  maker: KnownStation
  parts: readonly PartSource[]
}

/** Largest manifest in bytes: some ten thousand chains. */
const manifestLimitBytes = 4 * 1024 * 1024

/** @throws WanglouError PACKAGE_REFUSED */
export async function openPackage(
  sources: readonly PartSource[],
  { known, ourUnit }: { known: ReadonlyMap<string, KnownStation>; ourUnit: string },
): Promise<OpenedPackage> {
  const { id, parts } = await gatherParts(sources)
  const { about, sha256, trailer } = await readOver(parts)
  const sealed = parsed(Trailer, trailer)
  const manifest = parsed(Manifest, about)
  if (sealed.sha256 !== sha256 || manifest.id !== id || manifest.station !== sealed.station) throw refused('tampered')
  const maker = known.get(manifest.station)
  const key = maker === undefined ? null : publicKeyOf(maker.publicKey)
  if (maker === undefined || key === null || maker.publicKey !== manifest.publicKey) throw refused('unknown-key', { station: manifest.station })
  const signature = Buffer.from(sealed.signature, 'base64')
  // Base64 has bits that say nothing; one package has one form.
  const isCanonical = signature.toString('base64') === sealed.signature
  if (!isCanonical || !verify(null, signedBytes({ id, station: manifest.station, sha256 }), key, signature)) throw refused('tampered')
  if (maker.unit !== null && maker.unit !== manifest.unit) throw refused('unknown-key', { station: manifest.station })
  if (manifest.forUnit !== ourUnit) throw refused('not-for-us', { unit: manifest.forUnit })
  return { manifest, maker, parts }
}

/** Reads every part in order: the manifest, the hash over manifest and contents, the trailer. */
async function readOver(parts: readonly PartSource[]): Promise<{ about: Buffer; sha256: string; trailer: Buffer }> {
  const pieces: Uint8Array[] = []
  let pieceBytes = 0
  let hash: ReturnType<typeof packageHash> | null = null
  let trailer: Buffer | null = null
  for (const part of parts) {
    for await (const { type, bytes } of readPart(part, () => undefined)) {
      if (trailer !== null) throw refused('tampered', { part: part.name })
      if (type === 'M' && hash === null && pieceBytes + bytes.length <= manifestLimitBytes) {
        pieces.push(bytes)
        pieceBytes += bytes.length
        continue
      }
      hash ??= packageHash(Buffer.concat(pieces))
      if (type === 'D') hash.update(bytes)
      else if (type === 'T') trailer = Buffer.from(bytes)
      else throw refused('tampered', { part: part.name })
    }
  }
  if (hash === null || trailer === null) throw refused('truncated')
  return { about: Buffer.concat(pieces), sha256: hash.digest('hex'), trailer }
}

/** JSON from outside in the form it should have. @throws WanglouError PACKAGE_REFUSED: tampered; version, where it says another `v` */
export function parsed<T>(form: z.ZodType<T>, bytes: Uint8Array): T {
  const value = jsonOf(bytes)
  const read = form.safeParse(value)
  if (read.success) return read.data
  const { v } = (value ?? {}) as { v?: unknown }
  throw refused(typeof v === 'number' && v !== 1 ? 'version' : 'tampered')
}

export function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')) as unknown
  } catch (error) {
    if (error instanceof SyntaxError) throw refused('tampered')
    throw error
  }
}
