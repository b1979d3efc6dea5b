// Our own messages come back to us from the centre's stream: known byte for byte, so that they are not unpacked and hashed again.

/** So many are remembered; one forgotten is only read as any other. */
const mostKept = 256

export class Echoes {
  /** By their place in the stream. Bytes are kept, not only places: a stream made anew counts from one again. */
  readonly #sent = new Map<number, Uint8Array>()

  sent(seq: number, bytes: Uint8Array): void {
    this.#sent.set(seq, bytes)
    const oldest = this.#sent.keys().next()
    if (this.#sent.size > mostKept && oldest.done !== true) this.#sent.delete(oldest.value)
  }

  /** Whether a message that came is one we sent; asked once for each. */
  isOwn(seq: number, bytes: Uint8Array): boolean {
    const sent = this.#sent.get(seq)
    if (sent === undefined) return false
    this.#sent.delete(seq)
    return Buffer.compare(sent, bytes) === 0
  }
}
