// Reads one part: is it a part of a package at all, which one, is it whole, does its hash fit.
import { createHash } from 'node:crypto'
import { ByteReader } from './byte-reader.ts'
import { type Frame, readFrame, type FrameRefusals } from './frames.ts'
import { endCountBytes, frameLimitBytes, hashBytes, magic, partHeadBytes, partVersion } from './parts.ts'
import { frameHead } from './frames.ts'
import { refused } from './refusal.ts'

/** One file of a package; it is read several times. */
export interface PartSource {
  /** What people know it by; said when it is refused. */
  name: string
  read(): AsyncIterable<Uint8Array>
}

export interface PartHead {
  /** Of the package, 32 hexadecimal digits. */
  id: string
  /** From 1. */
  index: number
}

/** How many parts there are; 0 = more follow this one. */
export interface PartEnd {
  count: number
}

/**
 * Frames of a part as they are read; only after the last is it known that the part is as it was made.
 * @param onHead called before the first frame
 * @throws WanglouError PACKAGE_REFUSED: no-package, version, truncated, tampered
 */
export async function* readPart(part: PartSource, onHead: (head: PartHead) => void): AsyncGenerator<Frame, PartEnd, undefined> {
  const about = { part: part.name }
  const refusals: FrameRefusals = { short: () => refused('truncated', about), long: () => refused('tampered', about) }
  const reader = new ByteReader(part.read())
  try {
    const head = await reader.take(partHeadBytes)
    onHead(parseHead(head, about))
    const hash = createHash('sha256').update(head)
    for (;;) {
      const frame = await readFrame(reader, frameLimitBytes, refusals)
      if (frame === null) throw refusals.short()
      hash.update(frameHead(frame.type, frame.bytes.length))
      if (frame.type !== 'E') {
        hash.update(frame.bytes)
        yield frame
        continue
      }
      const end = Buffer.from(frame.bytes)
      const isGood =
        end.length === endCountBytes + hashBytes && hash.update(end.subarray(0, endCountBytes)).digest().equals(end.subarray(endCountBytes))
      if (!isGood || (await reader.take(1)).length > 0) throw refused('tampered', about)
      return { count: end.readUInt32BE(0) }
    }
  } finally {
    await reader.close()
  }
}

function parseHead(head: Buffer, about: { part: string }): PartHead {
  const isBegun = head.subarray(0, magic.length).equals(magic.subarray(0, Math.min(head.length, magic.length)))
  if (!isBegun) throw refused('no-package', about)
  if (head.length < partHeadBytes) throw refused('truncated', about)
  if (head.readUInt16BE(magic.length) !== partVersion) throw refused('version', about)
  return { id: head.toString('hex', magic.length + 2, magic.length + 18), index: head.readUInt32BE(magic.length + 18) }
}
