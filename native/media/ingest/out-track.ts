// The one stream that the SFU sees, however often the camera behind it begins anew: its numbers and times go on without a jump.
import { randomInt } from 'node:crypto'
import { writeSenderReport } from './rtcp.ts'
import { timestampDistance, writeRtp } from './rtp.ts'

export const outPayloadType = 96
const clockRateHz = 90_000
/** A camera whose clock leaps farther than this from ours has set it anew. */
const leapMs = 10_000
/** More missing than this is told as this: the SFU only has to know that something is. */
const mostLost = 50

export class OutTrack {
  readonly ssrc = randomInt(1, 2 ** 31)
  readonly #send: (packet: Buffer) => void
  #sequence = randomInt(2 ** 15)
  /** Ours minus the camera's. */
  #offset = 0
  #isNew = true
  #last: { timestamp: number; source: number; atMs: number } | null = null
  #packets = 0
  #octets = 0

  constructor(send: (packet: Buffer) => void) {
    this.#send = send
  }

  /** The next packet comes from a camera that has begun anew. */
  restart(): void {
    this.#isNew = true
  }

  /** @param timestamp of the camera @param lostBefore packets missing before these */
  write(part: { payloads: readonly Buffer[]; marker: boolean; timestamp: number; lostBefore: number; nowMs: number }): void {
    const { payloads, marker, timestamp, nowMs } = part
    this.#sequence += Math.min(mostLost, part.lostBefore)
    this.#follow(timestamp, nowMs)
    const ours = (timestamp + this.#offset) >>> 0
    for (const [index, payload] of payloads.entries()) {
      this.#send(
        writeRtp({
          marker: marker && index === payloads.length - 1,
          payloadType: outPayloadType,
          sequence: this.#sequence++ & 0xffff,
          timestamp: ours,
          ssrc: this.ssrc,
          payload,
        }),
      )
      this.#packets += 1
      this.#octets += payload.length
    }
    if (payloads.length > 0) this.#last = { timestamp: ours, source: timestamp, atMs: nowMs }
  }

  /** @returns null before the first picture */
  senderReport(nowMs: number): Buffer | null {
    if (this.#last === null) return null
    const { timestamp, atMs } = this.#last
    const now = timestamp + Math.round(((nowMs - atMs) * clockRateHz) / 1000)
    return writeSenderReport({ ssrc: this.ssrc, atMs: nowMs, timestamp: now, packets: this.#packets, octets: this.#octets })
  }

  #follow(timestamp: number, nowMs: number): void {
    const last = this.#last
    if (last === null) {
      this.#isNew = false
      return
    }
    const passed = Math.round(((nowMs - last.atMs) * clockRateHz) / 1000)
    const stepped = timestampDistance(last.source, timestamp)
    if (!this.#isNew && Math.abs(stepped - passed) < (leapMs * clockRateHz) / 1000) return
    this.#isNew = false
    // One frame later at least, as much later as it really is.
    this.#offset = (last.timestamp + Math.max(clockRateHz / 30, passed) - timestamp) | 0
  }
}
