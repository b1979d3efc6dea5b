// How much goes at once: a byte budget that somebody set, and a batch size that follows what the line takes.
import type { Timing } from './types.ts'

/** A bucket that fills at a rate and holds two seconds of it. */
export class Budget {
  readonly #timing: Timing
  #bytesPerS: number | null = null
  #bytes = 0
  #at = 0

  /** @param bytesPerS null = no limit */
  constructor(timing: Timing, bytesPerS: number | null) {
    this.#timing = timing
    this.set(bytesPerS)
  }

  /** Counts from now on: what was owed under the former one is forgotten. @param bytesPerS null = no limit */
  set(bytesPerS: number | null): void {
    this.#bytesPerS = bytesPerS
    this.#at = this.#timing.now()
    this.#bytes = bytesPerS ?? 0
  }

  get bytesPerS(): number | null {
    return this.#bytesPerS
  }

  /** Milliseconds until something may go; 0 = now. */
  waitMs(): number {
    if (this.#bytesPerS === null) return 0
    this.#fill(this.#bytesPerS)
    return this.#bytes > 0 ? 0 : Math.ceil((-this.#bytes * 1_000) / this.#bytesPerS) + 1
  }

  /** May run into debt: a message goes whole. */
  take(bytes: number): void {
    if (this.#bytesPerS === null) return
    this.#fill(this.#bytesPerS)
    this.#bytes -= bytes
  }

  #fill(bytesPerS: number): void {
    const now = this.#timing.now()
    this.#bytes = Math.min(this.#bytes + ((now - this.#at) * bytesPerS) / 1_000, bytesPerS * 2)
    this.#at = now
  }
}

const smallestBytes = 2 * 1024
/** Before anything is known of the line: four of these are a second of a narrow one. */
const firstBytes = 8 * 1024
const largestBytes = 512 * 1024
/** A message of NATS is at most 1 MiB. */
const largestPieceBytes = 512 * 1024
/** Stored faster than this, the next batch may be larger; slower than the other, it must be smaller: an urgent entry waits for what is on its way. */
const quickMs = 900
const slowMs = 2_400

/** The size of a batch, in bytes of bodies before compression. */
export class BatchSize {
  #bytes = firstBytes
  /** Bytes of bodies for one byte on the wire. */
  #ratio = 4

  /** @param bytesPerS the budget, or null */
  limitBytes(bytesPerS: number | null): number {
    const byBudget = bytesPerS === null ? largestBytes : Math.max(bytesPerS * this.#ratio, smallestBytes)
    return Math.round(Math.min(this.#bytes, byBudget, largestBytes))
  }

  /** As much as there is went quickly: then it costs more to squeeze it than to send it. */
  isQuick(bytesPerS: number | null): boolean {
    return bytesPerS === null && this.#bytes === largestBytes
  }

  /** The size of a piece of a file, in bytes. */
  pieceBytes(bytesPerS: number | null): number {
    return Math.max(smallestBytes, Math.min(this.limitBytes(bytesPerS), largestPieceBytes))
  }

  /** @param roundTripMs from the sending to the answer that it is stored */
  stored(batch: { bodyBytes: number; wireBytes: number; roundTripMs: number }): void {
    if (batch.bodyBytes > smallestBytes) this.#ratio = Math.max(1, this.#ratio * 0.8 + (batch.bodyBytes / batch.wireBytes) * 0.2)
    this.pieceStored(batch.bodyBytes, batch.roundTripMs)
  }

  /** A piece of a file, or a batch, says how quick the line is. */
  pieceStored(bytes: number, roundTripMs: number): void {
    if (roundTripMs > slowMs) this.#bytes = Math.max(smallestBytes, this.#bytes / 2)
    // Only a full one shows that a larger one would go.
    else if (roundTripMs < quickMs && bytes > this.#bytes / 2) this.#bytes = Math.min(largestBytes, this.#bytes * 2)
  }

  failed(): void {
    this.#bytes = Math.max(smallestBytes, this.#bytes / 2)
  }
}
