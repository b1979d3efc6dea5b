// Parameter sets of H.264 and H.265 bit by bit (ITU-T H.264 §7.2, §9.1; the same in H.265).

/** Reads bits, most significant first; past the end everything is 0. */
export class Bits {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  read(count: number): number {
    let value = 0
    for (let index = 0; index < count; index += 1, this.#at += 1) {
      const byte = this.#bytes[this.#at >> 3] ?? 0
      value = value * 2 + ((byte >> (7 - (this.#at & 7))) & 1)
    }
    return value
  }

  /** ue(v), §9.1 */
  unsigned(): number {
    let zeros = 0
    while (zeros < 32 && this.read(1) === 0) zeros += 1
    return zeros >= 32 ? 0 : 2 ** zeros - 1 + this.read(zeros)
  }

  /** se(v) */
  signed(): number {
    const value = this.unsigned()
    return value % 2 === 1 ? (value + 1) / 2 : -value / 2
  }
}

/** §7.4.1: takes out the 3 of every 0 0 3. */
export function unescaped(nal: Buffer): Buffer {
  const bytes: number[] = []
  for (const [index, byte] of nal.entries()) if (!(byte === 3 && index >= 2 && nal[index - 1] === 0 && nal[index - 2] === 0)) bytes.push(byte)
  return Buffer.from(bytes)
}
