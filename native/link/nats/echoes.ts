// Our own messages come back to us from the centre's stream: known byte for byte, so that they are not unpacked and hashed again.

/** So many are remembered; one forgotten is only read as any other. */
const mostKept = 256
/** Bytes at the end of a message that tell it from nearly all others; the whole is compared all the same. */
const keyBytes = 24

export class Echoes {
  readonly #sent = new Map<string, Uint8Array>()

  /** Said before it goes: it may come back before the answer that it is stored. */
  sending(bytes: Uint8Array): void {
    this.#sent.set(keyOf(bytes), bytes)
    const oldest = this.#sent.keys().next()
    if (this.#sent.size > mostKept && oldest.done !== true) this.#sent.delete(oldest.value)
  }

  /** Whether a message that came is one we sent, however often. */
  isOwn(bytes: Uint8Array): boolean {
    const sent = this.#sent.get(keyOf(bytes))
    return sent !== undefined && Buffer.compare(sent, bytes) === 0
  }
}

function keyOf(bytes: Uint8Array): string {
  return `${bytes.byteLength} ${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', Math.max(0, bytes.byteLength - keyBytes))}`
}
