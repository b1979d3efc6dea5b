// RTCP (RFC 3550 §6): our report to the camera, so that it goes on sending, and our report to the SFU, so that it knows the time of the pictures.

/** Seconds between 1900 and 1970. */
const ntpOffsetS = 2_208_988_800

/** What an RTCP packet of the camera says of its clock; null = it is no sender report. */
export function readSenderReport(bytes: Buffer): { ssrc: number; ntpMiddle: number } | null {
  if (bytes.length < 28 || bytes[0]! >> 6 !== 2 || bytes[1] !== 200) return null
  return { ssrc: bytes.readUInt32BE(4), ntpMiddle: bytes.readUInt32BE(10) }
}

export interface Reception {
  /** Of the camera's stream. */
  ssrc: number
  /** Of the packets since the last report, 0–1. */
  lostFraction: number
  lostTotal: number
  /** With the number of turns of the circle in the upper half. */
  highestSequence: number
  jitter: number
  /** The middle 32 bits of the camera's last report; 0 = none. */
  lastReport: number
  /** Since that report, milliseconds. */
  sinceReportMs: number
}

export function writeReceiverReport(ownSsrc: number, reception: Reception): Buffer {
  const bytes = Buffer.alloc(32)
  bytes[0] = 0x81
  bytes[1] = 201
  bytes.writeUInt16BE(7, 2)
  bytes.writeUInt32BE(ownSsrc >>> 0, 4)
  bytes.writeUInt32BE(reception.ssrc >>> 0, 8)
  bytes[12] = Math.min(255, Math.max(0, Math.floor(reception.lostFraction * 256)))
  bytes.writeIntBE(Math.max(-0x80_0000, Math.min(0x7f_ffff, reception.lostTotal)), 13, 3)
  bytes.writeUInt32BE(reception.highestSequence >>> 0, 16)
  bytes.writeUInt32BE(reception.jitter >>> 0, 20)
  bytes.writeUInt32BE(reception.lastReport >>> 0, 24)
  bytes.writeUInt32BE(reception.lastReport === 0 ? 0 : Math.round((reception.sinceReportMs / 1000) * 65_536) >>> 0, 28)
  return bytes
}

/** @param report.timestamp the RTP time that belongs to `atMs` (epoch ms) */
export function writeSenderReport(report: { ssrc: number; atMs: number; timestamp: number; packets: number; octets: number }): Buffer {
  const bytes = Buffer.alloc(28)
  bytes[0] = 0x80
  bytes[1] = 200
  bytes.writeUInt16BE(6, 2)
  bytes.writeUInt32BE(report.ssrc >>> 0, 4)
  bytes.writeUInt32BE((Math.floor(report.atMs / 1000) + ntpOffsetS) >>> 0, 8)
  bytes.writeUInt32BE(Math.floor(((report.atMs % 1000) / 1000) * 2 ** 32) >>> 0, 12)
  bytes.writeUInt32BE(report.timestamp >>> 0, 16)
  bytes.writeUInt32BE(report.packets >>> 0, 20)
  bytes.writeUInt32BE(report.octets >>> 0, 24)
  return bytes
}
