// Takes so many bytes at a time from a stream that gives them in chunks of its own size.

export class ByteReader {
  readonly #source: AsyncIterator<Uint8Array>
  #chunks: Uint8Array[] = []
  #heldBytes = 0
  #isAtEnd = false

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  /** @returns so many bytes; fewer only where the stream ends */
  async take(bytes: number): Promise<Buffer> {
    while (this.#heldBytes < bytes && !this.#isAtEnd) {
      const next = await this.#source.next()
      if (next.done === true) this.#isAtEnd = true
      else {
        this.#chunks.push(next.value)
        this.#heldBytes += next.value.byteLength
      }
    }
    const [first] = this.#chunks
    const held = this.#chunks.length === 1 && first !== undefined ? bufferOf(first) : Buffer.concat(this.#chunks)
    const taken = held.subarray(0, bytes)
    const left = held.subarray(bytes)
    this.#chunks = left.length === 0 ? [] : [left]
    this.#heldBytes = left.length
    return taken
  }

  /** Lets the stream go before its end. */
  async close(): Promise<void> {
    this.#isAtEnd = true
    await this.#source.return?.()
  }
}

/** The same bytes, not copied. */
function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
