// RTP packets (RFC 3550 §5.1) as bytes: the header read within its bounds, and written anew for the SFU.

export interface RtpPacket {
  marker: boolean
  payloadType: number
  sequence: number
  timestamp: number
  ssrc: number
  /** Without padding; a view of the bytes it was read from. */
  payload: Buffer
}

const headerBytes = 12

/** @returns null for what is no RTP packet */
export function readRtp(bytes: Buffer): RtpPacket | null {
  if (bytes.length < headerBytes || bytes[0]! >> 6 !== 2) return null
  const hasExtension = (bytes[0]! & 0x10) !== 0
  let start = headerBytes + (bytes[0]! & 0x0f) * 4
  if (hasExtension) {
    if (bytes.length < start + 4) return null
    start += 4 + bytes.readUInt16BE(start + 2) * 4
  }
  const padding = (bytes[0]! & 0x20) === 0 ? 0 : bytes.at(-1)!
  const end = bytes.length - padding
  if (end < start || (padding === 0) !== ((bytes[0]! & 0x20) === 0)) return null
  return {
    marker: (bytes[1]! & 0x80) !== 0,
    payloadType: bytes[1]! & 0x7f,
    sequence: bytes.readUInt16BE(2),
    timestamp: bytes.readUInt32BE(4),
    ssrc: bytes.readUInt32BE(8),
    payload: bytes.subarray(start, end),
  }
}

export function writeRtp({ marker, payloadType, sequence, timestamp, ssrc, payload }: RtpPacket): Buffer {
  const bytes = Buffer.allocUnsafe(headerBytes + payload.length)
  bytes[0] = 0x80
  bytes[1] = (marker ? 0x80 : 0) | payloadType
  bytes.writeUInt16BE(sequence & 0xffff, 2)
  bytes.writeUInt32BE(timestamp >>> 0, 4)
  bytes.writeUInt32BE(ssrc >>> 0, 8)
  payload.copy(bytes, headerBytes)
  return bytes
}

/** @returns how far `b` lies after `a` on the circle of 65 536, −32 768 … 32 767 */
export function sequenceDistance(a: number, b: number): number {
  return (((b - a) & 0xffff) ^ 0x8000) - 0x8000
}

/** @returns how far `b` lies after `a` on the circle of 2³² */
export function timestampDistance(a: number, b: number): number {
  return (b - a) | 0
}
