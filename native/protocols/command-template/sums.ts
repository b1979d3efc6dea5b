// The sums that devices put at the end of a frame. Pure.

export const sums: Readonly<Record<string, { of: (bytes: Buffer) => number; format: string }>> = {
  /** Of all bytes, modulo 256. */
  sum8: { of: (bytes) => bytes.reduce((total, byte) => (total + byte) & 0xff, 0), format: 'u8' },
  /** What makes the sum 0. */
  neg8: { of: (bytes) => -bytes.reduce((total, byte) => (total + byte) & 0xff, 0) & 0xff, format: 'u8' },
  xor8: { of: (bytes) => bytes.reduce((total, byte) => total ^ byte, 0), format: 'u8' },
  sum16: { of: (bytes) => bytes.reduce((total, byte) => (total + byte) & 0xffff, 0), format: 'u16be' },
  /** Polynomial 0xA001 reflected, start 0xFFFF, low byte first. */
  crc16modbus: { of: (bytes) => bytes.reduce(modbus, 0xffff), format: 'u16le' },
  /** Polynomial 0x1021, start 0xFFFF, high byte first. */
  crc16ccitt: { of: (bytes) => bytes.reduce(ccitt, 0xffff), format: 'u16be' },
}

function modbus(before: number, byte: number): number {
  let crc = before ^ byte
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1
  return crc
}

function ccitt(before: number, byte: number): number {
  let crc = before ^ (byte << 8)
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff
  return crc
}
