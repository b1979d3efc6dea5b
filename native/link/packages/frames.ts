// The smallest piece of a package: a letter, a length, bytes. Parts are made of frames, and so is what lies compressed in them.
import type { ByteReader } from './byte-reader.ts'

export interface Frame {
  /** One ASCII letter. */
  type: string
  bytes: Uint8Array
}

/** Letter and length before the bytes of a frame. */
export const frameHeadBytes = 5

export function frameHead(type: string, length: number): Buffer {
  const head = Buffer.alloc(frameHeadBytes)
  head.write(type, 0, 1, 'latin1')
  head.writeUInt32BE(length, 1)
  return head
}

/** What a file that is no good is refused with. */
export interface FrameRefusals {
  /** It ends inside a frame. */
  short: () => Error
  /** A length that no writer gives. */
  long: () => Error
}

/** @returns letter and length of the next frame; null at the end */
export async function readFrameHead(
  reader: ByteReader,
  limitBytes: number,
  refusals: FrameRefusals,
): Promise<{ type: string; length: number; head: Buffer } | null> {
  const head = await reader.take(frameHeadBytes)
  if (head.length === 0) return null
  if (head.length < frameHeadBytes) throw refusals.short()
  const length = head.readUInt32BE(1)
  if (length > limitBytes) throw refusals.long()
  return { type: head.toString('latin1', 0, 1), length, head }
}

/** @returns the next frame; null at the end */
export async function readFrame(reader: ByteReader, limitBytes: number, refusals: FrameRefusals): Promise<Frame | null> {
  const next = await readFrameHead(reader, limitBytes, refusals)
  if (next === null) return null
  const bytes = await reader.take(next.length)
  if (bytes.length < next.length) throw refusals.short()
  return { type: next.type, bytes }
}
