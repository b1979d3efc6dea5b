// Packets that gather several NAL units: STAP-A of H.264 (RFC 6184 §5.7.1) and the aggregation packet of H.265 (RFC 7798 §4.4.2).

/** What is cut short is left out. @param headerBytes before the first length @returns views of the payload */
export function aggregated(payload: Buffer, headerBytes: number): Buffer[] {
  const nals: Buffer[] = []
  for (let at = headerBytes; at + 2 < payload.length;) {
    const length = payload.readUInt16BE(at)
    if (length === 0 || at + 2 + length > payload.length) break
    nals.push(payload.subarray(at + 2, at + 2 + length))
    at += 2 + length
  }
  return nals
}
