// What a forger can do to a part: change it and put its hash right again, which only the signature can tell.
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { deflateSync } from 'node:zlib'
import type { Manifest } from '../manifest.ts'
import { inParts } from '../parts.ts'
import { type PackageMaker, signedFrames } from '../signed-frames.ts'
import { bytesOf } from './centres.ts'

export function flipped(bytes: Uint8Array, at: number, mask: number): Buffer {
  const changed = Buffer.from(bytes)
  changed[at] = (changed[at] ?? 0) ^ mask
  return changed
}

/** The hash at the end of a part made again. */
export function rehashed(part: Uint8Array): Buffer {
  const changed = Buffer.from(part)
  createHash('sha256')
    .update(changed.subarray(0, -32))
    .digest()
    .copy(changed, changed.length - 32)
  return changed
}

/** A package of any contents, signed by its maker. */
export async function signedPackage(maker: PackageMaker, contents: Uint8Array | null, changed: Partial<Manifest>): Promise<Buffer> {
  const { station, unit, publicKey } = maker
  const manifest: Manifest = {
    ...{
      v: 1,
      id: '0123456789abcdef0123456789abcdef',
      kind: 'entries',
      station,
      unit,
      publicKey,
      forUnit: 'weinan',
      madeAt: 0,
      held: {},
      holds: {},
      answers: null,
    },
    ...changed,
  }
  const frames = signedFrames(manifest, contents === null ? null : Readable.from([contents]), maker)
  const { value } = await inParts(frames, { id: manifest.id, partBytes: null }).next()
  if (value === undefined) throw new Error('no part')
  return bytesOf(value)
}

/** A record of the contents. */
export function recordOf(type: string, value: unknown): Buffer {
  const bytes = Buffer.from(JSON.stringify(value))
  const head = Buffer.alloc(5)
  head.write(type, 'latin1')
  head.writeUInt32BE(bytes.length, 1)
  return Buffer.concat([head, bytes])
}

/** Bytes that do not come from our writer. */
export function foreignFile(): Buffer {
  return deflateSync(Buffer.from('no package at all'))
}
