// Cuts the frames of a package into numbered parts, each of which says what it is and carries its own hash.
import { createHash } from 'node:crypto'
import { type Frame, frameHead, frameHeadBytes } from './frames.ts'
import { FrameSupply } from './frame-supply.ts'

/** CR LF shows a copy that was made as text. */
export const magic = Buffer.from('WLPACK\r\n', 'latin1')
export const partVersion = 1
/** Magic, version (2 bytes), id (16), number (4). */
export const partHeadBytes = magic.length + 2 + 16 + 4
/** Bytes of the frame `E` before its hash: how many parts there are, 0 = more follow. */
export const endCountBytes = 4
export const hashBytes = 32
const endBytes = frameHeadBytes + endCountBytes + hashBytes
/** Longest frame that is read, in bytes; the longest that is written has half. */
export const frameLimitBytes = 64 * 1024
const smallestPartBytes = 1_024

/** One file of a package. */
export interface PackagePart {
  /** From 1. */
  index: number
  /** To be read to its end before the next part is asked for; at most 64 KiB at once. */
  bytes: AsyncIterable<Uint8Array>
}

/** @param options.partBytes largest part; null = one part */
export async function* inParts(
  frames: AsyncIterable<Frame>,
  options: { id: string; partBytes: number | null },
): AsyncGenerator<PackagePart, void, undefined> {
  const partBytes = options.partBytes ?? Infinity
  if (partBytes < smallestPartBytes) throw new Error(`a part has at least ${smallestPartBytes} bytes`)
  const supply = new FrameSupply(frames)
  try {
    for (let index = 1; index === 1 || !(await supply.isEmpty()); index += 1) {
      const state = { isRead: false }
      yield { index, bytes: onePart(supply, { id: options.id, index, partBytes }, state) }
      if (!state.isRead) throw new Error(`part ${index} was not read to its end`)
    }
  } finally {
    await supply.close()
  }
}

async function* onePart(
  supply: FrameSupply,
  { id, index, partBytes }: { id: string; index: number; partBytes: number },
  state: { isRead: boolean },
): AsyncGenerator<Uint8Array, void, undefined> {
  const hash = createHash('sha256')
  const hashed = (bytes: Buffer): Buffer => {
    hash.update(bytes)
    return bytes
  }
  yield hashed(partHead(id, index))
  let room = partBytes - partHeadBytes - endBytes
  for (let frame = await supply.take(room); frame !== null; frame = await supply.take(room)) {
    const bytes = Buffer.concat([frameHead(frame.type, frame.bytes.length), frame.bytes])
    room -= bytes.length
    yield hashed(bytes)
  }
  const count = Buffer.alloc(endCountBytes)
  count.writeUInt32BE((await supply.isEmpty()) ? index : 0)
  yield hashed(Buffer.concat([frameHead('E', endCountBytes + hashBytes), count]))
  yield hash.digest()
  state.isRead = true
}

function partHead(id: string, index: number): Buffer {
  const head = Buffer.alloc(partHeadBytes)
  magic.copy(head)
  head.writeUInt16BE(partVersion, magic.length)
  head.write(id, magic.length + 2, 'hex')
  head.writeUInt32BE(index, magic.length + 18)
  return head
}
