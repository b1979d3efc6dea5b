// Unpacks an opened package record by record, never more than one in memory.
import { pipeline, Readable } from 'node:stream'
import { createInflate } from 'node:zlib'
import { ByteReader } from './byte-reader.ts'
import { FileHead, Left, recordLimitBytes } from './contents.ts'
import { type Frame, type FrameRefusals, readFrame } from './frames.ts'
import { jsonOf, parsed } from './open.ts'
import { type PartSource, readPart } from './part-reader.ts'
import { refused } from './refusal.ts'
import { type StationClaim, StationClaims } from './stations.ts'

export type Content =
  | { kind: 'keys'; claims: StationClaim[] }
  /** Not judged yet. */
  | { kind: 'batch'; batch: unknown }
  /** `is`: what its bytes hash to, where an erasure has changed it. */
  | { kind: 'file'; sha256: string; size: number; is: string | null; bytes: AsyncIterable<Uint8Array> }
  | { kind: 'left'; left: Left }

const refusals: FrameRefusals = { short: () => refused('tampered'), long: () => refused('tampered') }

/** Files must be read, or left, before the next content is asked for. */
export async function* readContents(parts: readonly PartSource[]): AsyncGenerator<Content, void, undefined> {
  const reader = new ByteReader(inflated(parts))
  const next = () => readFrame(reader, recordLimitBytes, refusals)
  let isComplete = false
  try {
    for (let record = await next(); record !== null; record = await next()) {
      if (isComplete) throw refused('tampered')
      if (record.type === 'F') yield* fileOf(record, next)
      else yield contentOf(record)
      isComplete = record.type === 'S'
    }
  } catch (error) {
    throw isZlibError(error) ? refused('tampered') : error
  } finally {
    await reader.close()
  }
  if (!isComplete) throw refused('tampered')
}

function contentOf({ type, bytes }: Frame): Content {
  if (type === 'K') return { kind: 'keys', claims: parsed(StationClaims, bytes) }
  if (type === 'B') return { kind: 'batch', batch: jsonOf(bytes) }
  if (type === 'S') return { kind: 'left', left: parsed(Left, bytes) }
  throw refused('tampered')
}

async function* fileOf(record: Frame, next: () => Promise<Frame | null>): AsyncGenerator<Content, void, undefined> {
  const { sha256, size, is = null } = parsed(FileHead, record.bytes)
  let bytesLeft = size
  async function* bytes(): AsyncGenerator<Uint8Array, void, undefined> {
    while (bytesLeft > 0) {
      const piece = await next()
      if (piece === null || piece.type !== 'C' || piece.bytes.length === 0 || piece.bytes.length > bytesLeft) throw refused('tampered')
      bytesLeft -= piece.bytes.length
      yield piece.bytes
    }
  }
  yield { kind: 'file', sha256, size, is, bytes: bytes() }
  for await (const _left of bytes()) continue
}

function inflated(parts: readonly PartSource[]): AsyncIterable<Uint8Array> {
  // What goes wrong in the source comes out of the iteration; the callback has nothing to add.
  return pipeline(Readable.from(packed(parts)), createInflate(), () => undefined)
}

async function* packed(parts: readonly PartSource[]): AsyncGenerator<Uint8Array, void, undefined> {
  for (const part of parts) {
    for await (const { type, bytes } of readPart(part, () => undefined)) if (type === 'D') yield bytes
  }
}

function isZlibError(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && code.startsWith('Z_')
}
