// Text answers cut at their end sign, bounded; NUL bytes that some devices strew in are passed over.
import { DisplayError } from '../../contract/index.ts'
import type { FrameReader } from './byte-line.ts'

export interface LineReaderOptions {
  /** Any of these bytes ends a line. */
  ends: readonly number[]
  limitBytes: number
  /** Whether what is held counts as a whole line though its end sign did not come. */
  isWhole?: (line: string) => boolean
  encoding?: 'utf8' | 'latin1'
}

export class LineReader implements FrameReader<string> {
  readonly #options: LineReaderOptions
  #held: number[] = []

  constructor(options: LineReaderOptions) {
    this.#options = options
  }

  /** @throws DisplayError garbage: more than a line's bound without an end */
  push(chunk: Buffer): string[] {
    const { ends, limitBytes } = this.#options
    const lines: string[] = []
    for (const byte of chunk) {
      if (ends.includes(byte)) {
        const line = this.#line()
        if (line !== '') lines.push(line)
        this.#held = []
      } else if (byte !== 0) {
        this.#held.push(byte)
        if (this.#held.length > limitBytes) {
          this.#held = []
          throw new DisplayError('garbage', chunk.subarray(0, 40).toString('latin1'))
        }
      }
    }
    return lines
  }

  flush(): string[] {
    const line = this.#line()
    if (line === '' || this.#options.isWhole?.(line) !== true) return []
    this.#held = []
    return [line]
  }

  reset(): void {
    this.#held = []
  }

  get heldBytes(): number {
    return this.#held.length
  }

  #line(): string {
    return Buffer.from(this.#held)
      .toString(this.#options.encoding ?? 'latin1')
      .trim()
  }
}
