// Hands out frames one after another and cuts one that does not fit into what is left of a part.
import { type Frame, frameHeadBytes } from './frames.ts'

/** Less than this is not begun with a piece of a frame, in bytes. */
const smallestPieceBytes = 256

export class FrameSupply {
  readonly #source: AsyncIterator<Frame>
  #next: Frame | null = null
  #isAtEnd = false

  constructor(source: AsyncIterable<Frame>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  async isEmpty(): Promise<boolean> {
    return (await this.#peek()) === null
  }

  /** @param room bytes left, head included @returns null when nothing more fits or there is nothing more */
  async take(room: number): Promise<Frame | null> {
    const next = await this.#peek()
    if (next === null) return null
    const fitting = room - frameHeadBytes
    if (next.bytes.length <= fitting) {
      this.#next = null
      return next
    }
    // The trailer stands in one piece.
    if (next.type === 'T' || fitting < smallestPieceBytes) return null
    this.#next = { type: next.type, bytes: next.bytes.subarray(fitting) }
    return { type: next.type, bytes: next.bytes.subarray(0, fitting) }
  }

  async close(): Promise<void> {
    await this.#source.return?.()
  }

  async #peek(): Promise<Frame | null> {
    if (this.#next !== null || this.#isAtEnd) return this.#next
    const next = await this.#source.next()
    if (next.done === true) this.#isAtEnd = true
    else this.#next = next.value
    return this.#next
  }
}
