// Puts packets that overtook one another by UDP back into order; what is missing is waited for while a few others come, then given up.
import { type RtpPacket, sequenceDistance } from './rtp.ts'

/** A packet that is not here after so many later ones will not come. */
const waitPackets = 24
/** A jump as far as this is a new beginning, not a loss. */
const restartPackets = 1000

export interface Ordered {
  packet: RtpPacket
  /** Packets missing before it. */
  lostBefore: number
}

export class Reorder {
  readonly #held = new Map<number, RtpPacket>()
  #next: number | null = null

  /** @returns what may go on now, in order */
  push(packet: RtpPacket): Ordered[] {
    this.#next ??= packet.sequence
    const distance = sequenceDistance(this.#next, packet.sequence)
    if (Math.abs(distance) > restartPackets) {
      this.#held.clear()
      return [this.#pass({ packet, lostBefore: 0 })]
    }
    // Too late, or a second time.
    if (distance < 0 || this.#held.has(packet.sequence)) return []
    // Held packets are views of a buffer that is read into again.
    this.#held.set(packet.sequence, distance === 0 ? packet : { ...packet, payload: Buffer.from(packet.payload) })
    return this.#take(this.#held.size > waitPackets ? this.#gap() : 0)
  }

  #pass(one: Ordered): Ordered {
    this.#next = (one.packet.sequence + 1) & 0xffff
    return one
  }

  /** How many are missing before the next one we hold. */
  #gap(): number {
    return Math.min(...[...this.#held.keys()].map((sequence) => sequenceDistance(this.#next ?? 0, sequence)))
  }

  #take(lost: number): Ordered[] {
    const passed: Ordered[] = []
    this.#next = ((this.#next ?? 0) + lost) & 0xffff
    for (let lostBefore = lost; ; lostBefore = 0) {
      const packet = this.#held.get(this.#next)
      if (packet === undefined) return passed
      this.#held.delete(this.#next)
      passed.push(this.#pass({ packet, lostBefore }))
    }
  }
}
