// Manifest, compressed contents and trailer as frames; the trailer signs the SHA-256 of everything before it.
import { createHash, type Hash } from 'node:crypto'
import { pipeline, Readable } from 'node:stream'
import { createDeflate } from 'node:zlib'
import { z } from 'zod'
import type { Frame } from './frames.ts'
import type { Manifest } from './manifest.ts'

/** Who makes a package. */
export interface PackageMaker {
  station: string
  unit: string
  /** Ed25519, SPKI, base64. */
  publicKey: string
  /** With the station's key, Ed25519. */
  sign: (bytes: Uint8Array) => Buffer
}

export const Trailer = z.object({
  station: z.string().max(80),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Base64. */
  signature: z.string().max(200),
})

/** Longest frame that is written, in bytes. */
const pieceBytes = 32 * 1024

/** What is signed. */
export function signedBytes(about: { id: string; station: string; sha256: string }): Buffer {
  return Buffer.from(JSON.stringify(['wanglou-package-1', about.id, about.station, about.sha256]), 'utf8')
}

/** The hash of a package begins with its manifest; the compressed bytes follow. */
export function packageHash(manifest: Uint8Array): Hash {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(manifest.byteLength)
  return createHash('sha256').update(length).update(manifest)
}

/** @param contents null = none: a receipt */
export async function* signedFrames(
  manifest: Manifest,
  contents: AsyncIterable<Uint8Array> | null,
  maker: PackageMaker,
): AsyncGenerator<Frame, void, undefined> {
  const about = Buffer.from(JSON.stringify(manifest), 'utf8')
  const hash = packageHash(about)
  yield* inPieces('M', about)
  for await (const bytes of contents === null ? [] : deflated(contents)) {
    hash.update(bytes)
    yield* inPieces('D', bytes)
  }
  const sha256 = hash.digest('hex')
  const signature = maker.sign(signedBytes({ id: manifest.id, station: maker.station, sha256 })).toString('base64')
  yield { type: 'T', bytes: Buffer.from(JSON.stringify({ station: maker.station, sha256, signature }), 'utf8') }
}

function* inPieces(type: string, bytes: Uint8Array): Generator<Frame, void, undefined> {
  for (let at = 0; at < bytes.byteLength; at += pieceBytes) yield { type, bytes: bytes.subarray(at, at + pieceBytes) }
}

function deflated(contents: AsyncIterable<Uint8Array>): AsyncIterable<Buffer> {
  // What goes wrong in the source comes out of the iteration; the callback has nothing to add.
  return pipeline(Readable.from(contents), createDeflate({ chunkSize: pieceBytes }), () => undefined)
}
